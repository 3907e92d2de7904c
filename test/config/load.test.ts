import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { faultyPins } from '../../src/config/pin-faults.ts'
import { lineStarts, positionAt } from '../../src/files/lines.ts'
import { memoryTree } from '../../src/files/memory.ts'

const ids = ['settings/debug', 'settings/redis-tls', 'procfile/bind-port']

async function load(files: Record<string, string>) {
  const result = await loadConfig(memoryTree(files), ids)
  const text = files[result.file ?? ''] ?? ''
  const problems = result.problems.map(({ at, message }) => {
    const position = positionAt(lineStarts(text), at?.span.start ?? 0)
    return `${position.line}:${position.column} ${message.en}`
  })
  return { ...result, problems }
}

describe('loadConfig', () => {
  it('reads dynolint.toml', async () => {
    const { config, problems, roots } = await load({
      'dynolint.toml': `root = "backend"
exclude = ["legacy/**"]
addons = ["heroku-redis:mini"]
platform = "heroku-fir"
worker-only = true
[rules]
"settings/debug" = "off"
[env]
DEBUG = "False"
SENTRY_DSN = false
[pins]
Channels_Redis = "4.2.0"
`,
    })
    expect(problems).toEqual([])
    expect(roots).toEqual(['backend'])
    expect(config).toMatchObject({
      rules: { 'settings/debug': 'off' },
      exclude: ['legacy/**'],
      env: { DEBUG: 'False', SENTRY_DSN: false },
      addons: ['heroku-redis:mini'],
      platform: 'heroku-fir',
      platformStated: true,
      workerOnly: true,
    })
    expect([...config.pins.keys()]).toEqual(['channels-redis'])
  })

  it('reads [tool.dynolint] of pyproject.toml, and only that', async () => {
    const text =
      '[project]\nname = "x"\n[tool.dynolint]\npins = "guide"\n[tool.dynolint.rules]\n"settings/debug" = "info"\n'
    const { config, problems } = await load({ 'pyproject.toml': text })
    expect(problems).toEqual([])
    expect(config.rules).toEqual({ 'settings/debug': 'info' })
    expect(config.pins.get('redis')).toEqual({ version: '7.1.0', at: undefined })
    expect((await load({ 'pyproject.toml': '[project]\nname = "x"\n' })).file).toBeUndefined()
  })

  it('reads dynolint.yaml', async () => {
    const { config, problems } = await load({ 'dynolint.yaml': 'rules:\n  settings/debug: "off"\nenv:\n  A: b\n' })
    expect(problems).toEqual([])
    expect(config).toMatchObject({ rules: { 'settings/debug': 'off' }, env: { A: 'b' } })
  })

  it('names the nearest key, rule and value, with positions, and keeps the rest', async () => {
    const { config, problems } = await load({
      'dynolint.toml': `exlude = ["x"]
platform = "heroku"
[rules]
"settings/debgu" = "off"
"settings/redis-tls" = "of"
"settings/debug" = "info"
[env]
A = 1
`,
    })
    expect(problems.sort()).toEqual([
      '1:1 unknown key “exlude”; did you mean “exclude”?',
      '2:12 platform: it takes "heroku-classic", "heroku-fir", "heroku-container", "dokku", "render" or "railway", not "heroku"',
      '4:1 unknown rule “settings/debgu”; did you mean “settings/debug”?',
      '5:24 rules.settings/redis-tls: it takes "off", "info", "warning" or "error", not "of"; did you mean “off”?',
      '8:5 env.A: it takes a text or false, not 1',
    ])
    expect(config.rules).toEqual({ 'settings/debug': 'info' })
  })

  it('looks into what may be of several kinds, and takes no list for a table', async () => {
    const text = 'rules = []\nenv = ["A"]\n[pins]\nredis = "7.1.0"\nchannels = 4\ndaphne = ["4.2.1"]\n'
    const { config, problems } = await load({ 'dynolint.toml': text })
    expect(problems.sort()).toEqual([
      '1:9 rules: it takes a table, not a list',
      '2:7 env: it takes a table, not a list',
      '5:12 pins.channels: it takes a text, not 4',
      '6:10 pins.daphne: it takes a text, not a list',
    ])
    expect([...config.pins.keys()]).toEqual(['redis'])
    expect((await load({ 'dynolint.toml': 'pins = 3\n' })).problems).toEqual([
      '1:8 pins: it takes "guide" or a table, not 3',
    ])
  })

  it('does the same in YAML', async () => {
    const { problems } = await load({ 'dynolint.yaml': 'rules:\n  settings/debgu: off\n' })
    expect(problems[0]).toContain('2:3 unknown rule “settings/debgu”')
  })

  it('points at a syntax error', async () => {
    const { problems } = await load({ 'dynolint.toml': 'a = \n[x\n' })
    expect(problems).toEqual([expect.stringMatching(/^2:1 invalid TOML/)])
    expect((await load({ 'dynolint.yaml': 'a: [1\nb: 2\n' })).problems[0]).toMatch(/invalid YAML/)
    const french = (await loadConfig(memoryTree({ 'dynolint.toml': 'root = "a\n' }), ids)).problems[0]?.message.fr
    expect(french).toBe('TOML invalide\u00a0: le guillemet n’est jamais refermé')
  })

  it('points at an alias that names nothing, and at aliases that repeat each other without end', async () => {
    const { problems, config } = await load({ 'dynolint.yaml': 'platform: dokku\nexclude: *.txt\n' })
    expect(problems).toEqual([
      '2:10 invalid YAML: no anchor `&.txt` stands above this alias (a text that begins with * needs quotes)',
    ])
    expect(config.exclude).toEqual([])
    const bomb = [
      'a0: &a0 x',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`),
    ]
    expect((await load({ 'dynolint.yaml': bomb.join('\n') })).problems).toEqual([
      expect.stringMatching(/^\d+:\d+ invalid YAML: the aliases of this document repeat each other too often/),
    ])
  })

  it('reads anchors and merge keys', async () => {
    const { problems, config } = await load({
      'dynolint.yaml': 'env: &shared\n  A: "1"\nrules: {}\npins:\n  <<: {channels: "4.3.2"}\n',
    })
    expect(problems).toEqual([])
    expect(config.env).toEqual({ A: '1' })
    expect(config.pins.get('channels')?.version).toBe('4.3.2')
  })

  it('points at pins that no package can have', async () => {
    const pins =
      'channls = "1"\nchannels = "abc"\nredis = "7.1"\ndaphne = "4.1.77"\nmy-package = "1.2"\nchannels_redis = "4.3.0"'
    const { config } = await load({ 'dynolint.toml': `[pins]\n${pins}\n` })
    expect(faultyPins(config).map(({ message }) => message.en)).toEqual([
      'pins: unknown package “channls”; did you mean “channels”?',
      expect.stringMatching(/^pins: “abc” is no version; write one release, such as “4\.\d+\.\d+”$/),
      expect.stringMatching(/^pins: daphne has no release 4\.1\.77; did you mean “4\.\d\.\d”\?$/),
    ])
    expect(faultyPins((await load({ 'dynolint.toml': 'pins = "guide"\n' })).config)).toEqual([])
  })

  it('says which of several configurations it does not read', async () => {
    const { file, problems } = await load({
      'dynolint.yaml': 'platform: heroku-fir\n',
      'pyproject.toml': '[project]\nname = "x"\n\n[tool.dynolint]\nplatform = "heroku-fir"\n',
      'dynolint.toml': 'platform = "heroku-classic"\n',
    })
    expect(file).toBe('dynolint.toml')
    expect(problems.map((problem) => problem.replace(/^\d+:\d+ /, ''))).toEqual(
      Array(2).fill('this configuration is not read: dynolint.toml stands beside it and counts; keep one of the two'),
    )
  })

  it('points at a glob that leaves the root or never ends, and keeps the others', async () => {
    const { problems, config } = await load({
      'dynolint.toml': 'exclude = ["a/**", "/**", "{1..100000000}"]\n',
    })
    expect(problems).toEqual([
      '1:20 exclude: globs are relative to the app’s root and stay below it: no `/` at the start, no `..`',
      '1:27 exclude: this glob stands for too many paths; write several shorter ones',
    ])
    expect(config.exclude).toEqual(['a/**'])
  })
})
