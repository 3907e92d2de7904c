import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { rule } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { readText } from '../../src/files/tree.ts'
import { formats } from '../../src/report/formats.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'
import { plant } from './planted.ts'

const { files, planted } = plant(4)

/** A rule that says everything it sees: of each secret the line, in every text a finding has. */
const gossip = rule({
  id: 'app/gossip',
  hop: 'safety',
  severity: 'error',
  summary: { en: 'x', fr: 'x' },
  messages: {
    seen: {
      text: { en: 'seen `{value}` in {line}', fr: 'vu `{value}` dans {line}' },
      help: { en: 'remove {value}', fr: 'retirez {value}' },
      fix: { safety: 'safe', en: 'here stands {value}', fr: 'ici : {value}' },
    },
  },
  check(app, report) {
    for (const { secret, file } of planted) {
      const source = readText(app.tree, file)?.text ?? ''
      const start = source.indexOf(secret)
      const at = { file, span: { start, end: start + secret.length } }
      const line = source.slice(source.lastIndexOf('\n', start) + 1).split('\n')[0] as string
      const said = { en: `here stands ${secret}`, fr: `ici : ${secret}` }
      report('seen', {
        at,
        data: { value: secret, line },
        related: [{ at, message: said }],
        edits: [{ ...at, text: line }],
        when: said,
        symbol: file,
      })
      app.inquiry.cannotTell({ what: said, why: said, at })
    }
  },
})

/** The secrets of which a part of eight characters is in a text. */
function leaks(output: string): string[] {
  return planted
    .filter(({ secret }) => {
      for (let at = 0; at + 8 <= secret.length; at += 4) if (output.includes(secret.slice(at, at + 8))) return true
      return false
    })
    .map(({ kind, secret }) => `${kind}: ${secret}`)
}

describe('a secret of the repository', () => {
  it('is planted in many kinds of place', () => {
    expect(new Set(planted.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(40)
    expect(planted.length).toBeGreaterThanOrEqual(200)
  })

  const tree = memoryTree({ ...filesBelow('fixtures/guide'), ...files })
  const { report } = check({ today, tree, config: defaultConfig, rules: [gossip, ...rules] })

  it.each(Object.keys(formats) as (keyof typeof formats)[])('is in no output: %s', (name) => {
    for (const language of ['en', 'fr'] as const)
      for (const colour of name === 'text' ? [false, true] : [false]) {
        const output = formats[name].render(
          { version: '0', apps: [{ root: '.', ...report }], rules },
          { language, colour, verbose: true, width: 80, links: false, docs: () => 'https://example.com', prefix: '' },
        )
        expect(output.length).toBeGreaterThan(1000)
        expect(leaks(output)).toEqual([])
      }
  })
})
