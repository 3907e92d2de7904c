import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { chainOf } from '../../src/engine/chain.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { firstBreak, sectionsOf } from '../../src/report/sections.ts'
import { today } from '../support/app.ts'

function finding(over: Partial<Finding>): Finding {
  const { file, span } = over.at ?? { file: 'mysite/settings.py', span: { start: 0, end: 1 } }
  return {
    rule: 'settings/debug',
    kind: 'on',
    hop: 'http',
    severity: 'error',
    certainty: 'certain',
    condition: undefined,
    message: { en: `${over.rule} in ${file}`, fr: '' },
    help: { en: '', fr: '' },
    related: [],
    fixes: [],
    beside: false,
    security: false,
    symbol: '',
    ...over,
    at: { file, span },
  }
}

const told = (findings: readonly Finding[]) => {
  const chain = chainOf(findings, { notApplicable: new Set(), unknowns: new Map() })
  return sectionsOf({ findings, chain })
}

const outline = (findings: readonly Finding[]): string[] =>
  told(findings).map(
    ({ hop, state, told }) => `${hop} ${state ?? '-'}: ${told.map(({ finding }) => finding.at.file).join(' ')}`,
  )

const at = (file: string, start = 0) => ({ file, span: { start, end: start + 1 } })

describe('the order of a report', () => {
  it('is that of a deploy, whatever the files are called', () => {
    const findings = [
      finding({ hop: 'safety', at: at('a.py') }),
      finding({ hop: 'http', at: at('b.py') }),
      finding({ hop: 'build', at: at('z.txt') }),
    ]
    expect(outline(findings)).toEqual(['build breaks: z.txt', 'http breaks: b.py', 'safety breaks: a.py'])
    expect(firstBreak(told(findings))?.at.file).toBe('z.txt')
  })

  it('has errors first, and what the platform reads before what Python and the browser read', () => {
    const findings = [
      finding({ severity: 'warning', at: at('Aptfile') }),
      finding({ at: at('a.html') }),
      finding({ at: at('b.py') }),
      finding({ at: at('requirements.txt') }),
    ]
    expect(outline(findings)).toEqual(['http breaks: requirements.txt b.py a.html Aptfile'])
  })

  it('has what ends a build in the order in which the buildpack looks at it', () => {
    const files = {
      Procfile: 'web: daphne mysite.asgi:application',
      'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\nnonsense===\n',
      'uv.lock': 'version = 1\n',
      '.python-version': '3.6\n',
      'venv/pyvenv.cfg': '',
      '.heroku/python/bin/python': '',
    }
    const { report } = check({ today, tree: memoryTree(files), config: defaultConfig })
    const order = sectionsOf(report).find(({ hop }) => hop === 'build')
    const said = order?.told.map(({ finding }) => finding.message.en).filter((text) => text.includes('the build stops'))
    expect(said?.map((text) => /Existing '[^']+'|Multiple|end-of-life/.exec(text)?.[0])).toEqual([
      "Existing '.heroku/python/'",
      'Multiple',
      "Existing 'venv/'",
      'end-of-life',
    ])
  })

  it('has what no WebSocket passes at the end: it breaks nothing first', () => {
    const findings = [finding({ hop: 'boot', beside: true, at: at('Procfile') }), finding({ at: at('b.py') })]
    expect(outline(findings)).toEqual(['http breaks: b.py', 'beside -: Procfile'])
    expect(firstBreak(told(findings))?.at.file).toBe('b.py')
  })

  it('breaks at no warning, and not at safety', () => {
    const findings = [finding({ severity: 'warning' }), finding({ hop: 'safety' })]
    expect(firstBreak(told(findings))).toBeUndefined()
  })

  it('tells once what one rule says of several places in the same words', () => {
    const message = { en: 'the same', fr: '' }
    const [section] = told([
      finding({ message, at: at('a.py', 1) }),
      finding({ message, at: at('a.py', 9) }),
      finding({ message, severity: 'warning', at: at('a.py', 20) }),
    ])
    expect(section?.told.map(({ also }) => also.length)).toEqual([1, 0])
  })

  it('keeps together what one rule says', () => {
    const findings = ['settings/debug', 'settings/redis-tls', 'settings/debug'].map((rule, index) =>
      finding({
        rule: rule as Finding['rule'],
        symbol: `${index}`,
        message: { en: `${index}`, fr: '' },
        at: at('a.py', index),
      }),
    )
    const [section] = told(findings)
    expect(section?.told.map(({ finding }) => finding.symbol)).toEqual(['0', '2', '1'])
  })
})
