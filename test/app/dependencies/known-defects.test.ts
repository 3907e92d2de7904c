import { describe, expect, test } from 'vitest'
import { defectiveInstalls } from '../../../src/app/dependencies/known-defects.ts'
import { replacementVersion } from '../../../src/app/dependencies/proposal.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'
import { appOf } from './support.ts'

const project = (requirements: string, Procfile: string) => ({
  'manage.py': 'import django\n',
  '.python-version': '3.12\n',
  'requirements.txt': requirements,
  Procfile,
})
const daphne = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'

describe('the vulnerabilities of Daphne', () => {
  const found = (Procfile: string) =>
    defectiveInstalls(appOf(project('Django==4.2.16\ndaphne==4.1.2\n', Procfile))).map(({ name }) => name)

  test('matter where Daphne serves, or may', () => {
    expect(found(daphne)).toEqual(['daphne'])
    expect(found('web: sh start.sh\n')).toEqual(['daphne'])
    expect(found('')).toEqual(['daphne'])
  })

  test('do not where another server answers', () => {
    expect(found('web: gunicorn mysite.wsgi\n')).toEqual([])
    expect(found('web: gunicorn mysite.wsgi\nsockets: daphne mysite.asgi:application\n')).toEqual(['daphne'])
  })

  test('a broken wheel matters in development whoever serves', () => {
    const [install] = defectiveInstalls(
      appOf(project('Django==4.2.16\ndaphne==4.1.1\n', 'web: gunicorn mysite.wsgi\n')),
    )
    expect(install?.defects.map(({ good }) => good)).toEqual(['4.1.2'])
  })
})

describe('a release to change to', () => {
  test('fits the other lines, or there is none', () => {
    expect(replacementVersion(appOf(project('Django==4.2.16\ndaphne==4.1.2\n', daphne)), 'daphne')).toMatch(
      /^4\.2\.[23]$/,
    )
    const held = appOf(project('Django==3.2.25\nchannels==3.0.5\ndaphne==3.0.2\n', daphne))
    expect(replacementVersion(held, 'daphne')).toBeUndefined()
  })

  test('is never a defective one that the policy asks for', () => {
    const pins = (version: string) => new Map([['daphne', { version, at: undefined }]])
    const app = (version: string) =>
      appIn(memoryTree(project('Django==4.2.16\ndaphne==4.1.1\n', daphne)), {
        config: { ...defaultConfig, pins: pins(version) },
      })
    expect(replacementVersion(app('4.1.1'), 'daphne')).toMatch(/^4\.2\.[23]$/)
    expect(replacementVersion(app('4.2.2'), 'daphne')).toBe('4.2.2')
  })
})
