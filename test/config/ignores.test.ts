import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { rulesNamed } from '../../src/config/rule-globs.ts'
import { lineStarts, positionAt } from '../../src/files/lines.ts'
import { memoryTree } from '../../src/files/memory.ts'

const ids = ['deps/unpinned', 'settings/debug', 'settings/redis-tls', 'settings/redis-url']

async function load(text: string) {
  const { config, problems } = await loadConfig(memoryTree({ 'dynolint.toml': text }), ids)
  const told = problems.map(({ at, message }) => {
    const { line, column } = positionAt(lineStarts(text), at?.span.start ?? 0)
    return `${line}:${column} ${message.en}`
  })
  return { config, problems: told.sort() }
}

describe('a name of rules', () => {
  it.each([
    ['settings/*', ['settings/debug', 'settings/redis-tls', 'settings/redis-url']],
    ['*', ids],
    ['*/redis-*', ['settings/redis-tls', 'settings/redis-url']],
    ['settings/debug', ['settings/debug']],
    ['settings/d*debug', []],
    ['set*red*s', ['settings/redis-tls']],
    ['settings', []],
    ['s?ttings/*', []],
  ])('%s', (name, expected) => {
    expect(rulesNamed(name, ids)).toEqual(expected)
  })
})

describe('rules of a configuration', () => {
  it('takes globs; an id wins over them, and the glob that says more over the one that says less', async () => {
    const { config, problems } = await load(
      '[rules]\n"settings/debug" = "error"\n"settings/redis-*" = "off"\n"settings/*" = "info"\n',
    )
    expect(problems).toEqual([])
    expect(config.rules).toEqual({
      'settings/debug': 'error',
      'settings/redis-tls': 'off',
      'settings/redis-url': 'off',
    })
    expect([...config.named]).toEqual(['settings/debug'])
  })

  it('names the nearest for a glob that no rule matches, and what is wrong with the value of one', async () => {
    const { config, problems } = await load('[rules]\n"setings/*" = "off"\n"deps/*" = "of"\n"deps/unpinned" = "info"\n')
    expect(problems).toEqual([
      '2:1 unknown rule “setings/*”; did you mean “settings/*”?',
      '3:12 rules.deps/*: it takes "off", "info", "warning" or "error", not "of"; did you mean “off”?',
    ])
    expect(config.rules).toEqual({ 'deps/unpinned': 'info' })
  })

  it('has profiles', async () => {
    expect((await load('profile = "strict"\n')).config.profile).toBe('strict')
    expect((await load('')).config.profile).toBe('guide')
    expect((await load('profile = "strickt"\n')).problems).toEqual([
      expect.stringMatching(/^1:11 profile: .*; did you mean “strict”\?$/),
    ])
  })
})

describe('what a configuration accepts', () => {
  it('is an entry for each glob of files and name of rules', async () => {
    const { config, problems } = await load(`[per-file-ignores]
"legacy/**" = ["settings/*", "deps/unpinned"]
[[ignore]]
path = "package.json"
rule = "deps/unpinned"
reason = "vendored"
`)
    expect(problems).toEqual([])
    expect(config.ignores.map(({ path, rule, rules, reason }) => [path, rule, rules.size, reason])).toEqual([
      ['legacy/**', 'settings/*', 3, ''],
      ['legacy/**', 'deps/unpinned', 1, ''],
      ['package.json', 'deps/unpinned', 1, 'vendored'],
    ])
  })

  it('leaves out what is wrong, once and where it stands, and keeps the rest', async () => {
    const { config, problems } = await load(`[per-file-ignores]
"../x" = ["settings/*"]
"a" = ["setings/*", "settings/debgu", "deps/*"]
[[ignore]]
path = "b.json"
rule = "deps/unpined"
reason = "x"
[[ignore]]
path = "c.json"
rule = "deps/unpinned"
[[ignore]]
path = "d.json"
rule = "deps/unpinned"
reason = ""
[[ignore]]
path = "e.json"
rule = "deps/unpinned"
reason = "kept"
raeson = "x"
`)
    expect(problems).toEqual([
      expect.stringMatching(/^14:10 ignore\.2\.reason: /),
      '19:1 unknown key “ignore.3.raeson”; did you mean “reason”?',
      expect.stringMatching(/^2:1 per-file-ignores: globs are relative/),
      expect.stringMatching(/^3:21 unknown rule “settings\/debgu”; did you mean “settings\/debug”\?/),
      expect.stringMatching(/^3:8 unknown rule “setings\/\*”; did you mean “settings\/\*”\?/),
      '6:8 unknown rule “deps/unpined”; did you mean “deps/unpinned”?',
      '8:3 ignore.1: “reason” is missing',
    ])
    expect(config.ignores.map(({ path, rule }) => `${path} ${rule}`)).toEqual(['a deps/*', 'e.json deps/unpinned'])
  })
})
