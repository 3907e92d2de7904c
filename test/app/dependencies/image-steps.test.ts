import { describe, expect, test } from 'vitest'
import { duplicates } from '../../../src/app/dependencies/duplicates.ts'
import { appOf } from './support.ts'

const image = (...runs: string[]) =>
  appOf({
    'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n',
    Dockerfile: ['FROM python:3.12', ...runs.map((run) => `RUN ${run}`), ''].join('\n'),
  })

describe('pip install on several lines of a Dockerfile', () => {
  test('the later line replaces what it does not accept', () => {
    const app = image('pip install channels==4.1.0 daphne==4.2.2', 'pip install channels==4.3.2')
    expect(duplicates(app)).toEqual([])
    expect(app.dependencies.installed('channels')).toMatchObject({ state: 'installed', version: '4.3.2' })
    expect(app.dependencies.installed('daphne')).toMatchObject({ state: 'installed', version: '4.2.2' })
  })

  test('and leaves what it accepts', () => {
    const app = image('pip install channels==4.1.0', 'pip install "channels>=4"', 'pip install channels')
    expect(duplicates(app)).toEqual([])
    expect(app.dependencies.installed('channels')).toMatchObject({ state: 'installed', version: '4.1.0' })
    const extra = image('pip install channels==4.1.0', 'pip install "channels[daphne]"')
    expect(extra.dependencies.installed('daphne').state).toBe('installed')
    expect(extra.dependencies.installed('channels')).toMatchObject({ version: '4.1.0' })
  })

  test('one line with both is refused', () => {
    expect(duplicates(image('pip install channels==4.1.0 channels==4.3.2'))).toMatchObject([{ kind: 'clash' }])
  })
})
