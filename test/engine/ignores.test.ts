import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { rule } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'

const at = (file: string) => ({ file, span: { start: 0, end: 1 } })
const said = { text: { en: 'said', fr: 'dit' }, help: { en: '', fr: '' } } as const
const speaking = (id: 'settings/debug' | 'deps/unpinned', profile?: 'strict' | 'pedantic') =>
  rule({
    id,
    hop: 'build',
    severity: 'error',
    ...(profile !== undefined && { profile }),
    summary: { en: '', fr: '' },
    messages: { said },
    check(_, report) {
      report('said', { at: at('package.json') })
      report('said', { at: at('legacy/old/package.json') })
    },
  })

async function checked(toml: string, ...rules: ReturnType<typeof speaking>[]) {
  const tree = memoryTree({ 'package.json': '{}', 'legacy/old/package.json': '{}', 'dynolint.toml': toml })
  const { config, problems } = await loadConfig(tree, ['settings/debug', 'deps/unpinned', 'deps/duplicate'])
  expect(problems).toEqual([])
  return check({ tree, config, today, rules })
}

describe('entries of the configuration', () => {
  it('accept findings of their rules in their files, with the reason, and break no hop', async () => {
    const { report, app } = await checked(
      '[per-file-ignores]\n"legacy/" = ["deps/*"]\n[[ignore]]\npath = "package.json"\nrule = "deps/unpinned"\nreason = "vendored"\n',
      speaking('deps/unpinned'),
    )
    expect(report.findings).toEqual([])
    expect(report.suppressed.map((finding) => [finding.at.file, finding.accepted])).toEqual([
      ['legacy/old/package.json', { by: 'configuration', reason: '' }],
      ['package.json', { by: 'configuration', reason: 'vendored' }],
    ])
    expect(app.audit.unusedIgnores).toEqual([])
    expect(report.chain.find(({ hop }) => hop === 'build')?.state).not.toBe('breaks')
  })

  it('keep to their files and rules', async () => {
    const { report } = await checked('[per-file-ignores]\n"legacy" = ["deps/*"]\n', speaking('settings/debug'))
    expect(report.findings).toHaveLength(2)
  })

  it('are told when they accept nothing, but not when their rule did not run', async () => {
    const { app } = await checked(
      '[per-file-ignores]\n"lib" = ["deps/unpinned", "settings/debug"]\n[rules]\n"settings/debug" = "off"\n',
      speaking('deps/unpinned'),
      speaking('settings/debug'),
    )
    expect(app.audit.unusedIgnores.map(({ path, rule: name }) => `${path} ${name}`)).toEqual(['lib deps/unpinned'])
  })
})

describe('profiles', () => {
  const found = (toml: string) =>
    checked(toml, speaking('deps/unpinned', 'strict'), speaking('settings/debug', 'pedantic')).then(({ report }) => [
      ...new Set(report.findings.map((finding) => finding.rule)),
    ])

  it('a rule speaks from its profile on, and when the configuration names it', async () => {
    expect(await found('')).toEqual([])
    expect(await found('profile = "strict"\n')).toEqual(['deps/unpinned'])
    expect(await found('profile = "pedantic"\n')).toEqual(['deps/unpinned', 'settings/debug'])
    expect(await found('[rules]\n"settings/debug" = "info"\n')).toEqual(['settings/debug'])
    // A glob says how severe they are, not that they speak.
    expect(await found('[rules]\n"settings/*" = "info"\n')).toEqual([])
    expect(await found('profile = "pedantic"\n[rules]\n"deps/unpinned" = "off"\n')).toEqual(['settings/debug'])
  })

  it('no rule of the default profile is left out of it', () => {
    expect(defaultConfig.profile).toBe('guide')
  })
})
