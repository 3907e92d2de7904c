import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { withPins } from '../../src/config/write-pins.ts'
import { memoryTree } from '../../src/files/memory.ts'

const ids = ['settings/debug']
const set = new Map([
  ['django', '5.2.9'],
  ['channels', '4.3.2'],
  ['channels-redis', '4.3.0'],
])
const write = (file: string, text: string, pins = set) => withPins(file, text, pins, ids)

describe('TOML', () => {
  test('an empty file gets a table', async () => {
    expect(await write('dynolint.toml', '')).toBe(
      '[pins]\ndjango = "5.2.9"\nchannels = "4.3.2"\nchannels-redis = "4.3.0"\n',
    )
  })

  test('a table keeps its comments, its spelling and what is right already', async () => {
    const text = `# ours
platform = 'heroku-fir' # the new one

[pins]   # agreed on in May
Channels_Redis = '4.2.0'  # TLS
channels = '4.3.2'

# the rest
[rules]
"settings/debug" = "off"
`
    expect(await write('dynolint.toml', text)).toBe(`# ours
platform = 'heroku-fir' # the new one

[pins]   # agreed on in May
Channels_Redis = "4.3.0"  # TLS
channels = '4.3.2'
django = "5.2.9"

# the rest
[rules]
"settings/debug" = "off"
`)
  })

  test('“guide”, dotted keys and braces stay in their form', async () => {
    expect(await write('dynolint.toml', 'pins = "guide" # four\n')).toBe(
      'pins = { django = "5.2.9", channels = "4.3.2", channels-redis = "4.3.0" } # four\n',
    )
    expect(await write('dynolint.toml', 'pins.django = "5.1"\n[rules]\n')).toBe(
      'pins.django = "5.2.9"\npins.channels = "4.3.2"\npins.channels-redis = "4.3.0"\n[rules]\n',
    )
    expect(await write('dynolint.toml', 'pins = { django = "5.1" }')).toBe(
      'pins = { django = "5.2.9", channels = "4.3.2", channels-redis = "4.3.0" }',
    )
    expect(await write('dynolint.toml', 'pins = {}\n')).toBe(
      'pins = { django = "5.2.9", channels = "4.3.2", channels-redis = "4.3.0" }\n',
    )
  })

  test('pyproject.toml: beside the other tables of the tool, whatever follows', async () => {
    const text = '[tool.dynolint.rules]\n"settings/debug" = "off"\n\n# linters\n[tool.ruff]\nline-length = 100'
    expect(await write('backend/pyproject.toml', text)).toBe(
      '[tool.dynolint.rules]\n"settings/debug" = "off"\n\n[tool.dynolint.pins]\ndjango = "5.2.9"\nchannels = "4.3.2"\nchannels-redis = "4.3.0"\n\n# linters\n[tool.ruff]\nline-length = 100',
    )
    expect(await write('pyproject.toml', '[tool]\ndynolint = { platform = "dokku" }\n')).toBe(
      '[tool]\ndynolint = { platform = "dokku", pins = { django = "5.2.9", channels = "4.3.2", channels-redis = "4.3.0" } }\n',
    )
  })

  test('nothing is written into what is no sound configuration', async () => {
    expect(await write('dynolint.toml', 'pins = \n')).toBeUndefined()
    expect(await write('dynolint.toml', 'nonsense = 1\n')).toBeUndefined()
    expect(await write('dynolint.toml', '[pins]\ndjango = "5.2"\ncelery = "5.4"\n')).toBeUndefined()
    expect(await write('pyproject.toml', '[project]\nname = "dynolint"\n')).toBeUndefined()
  })
})

describe('YAML', () => {
  test('block and flow', async () => {
    expect(await write('dynolint.yaml', '# ours\nplatform: dokku  # here\npins: guide # four\n')).toBe(
      '# ours\nplatform: dokku  # here\npins: { django: "5.2.9", channels: "4.3.2", channels-redis: "4.3.0" } # four\n',
    )
    expect(await write('dynolint.yml', 'pins:\n    # old\n    channels: "4.1.0" # soon\nplatform: dokku\n')).toBe(
      'pins:\n    # old\n    channels: "4.3.2" # soon\n    django: "5.2.9"\n    channels-redis: "4.3.0"\nplatform: dokku\n',
    )
    expect(await write('dynolint.yaml', '{ platform: dokku }\n')).toBe(
      '{ platform: dokku, pins: { django: "5.2.9", channels: "4.3.2", channels-redis: "4.3.0" } }\n',
    )
    expect(await write('dynolint.yaml', '# nothing yet')).toBe(
      '# nothing yet\npins:\n  django: "5.2.9"\n  channels: "4.3.2"\n  channels-redis: "4.3.0"\n',
    )
  })

  test('a document with an end goes on before it', async () => {
    const text = 'platform: dokku\n...\n'
    expect(await write('dynolint.yaml', text)).toBe(
      'pins:\n  django: "5.2.9"\n  channels: "4.3.2"\n  channels-redis: "4.3.0"\nplatform: dokku\n...\n',
    )
  })

  test('an alias is left alone', async () => {
    expect(await write('dynolint.yaml', 'env: &a\n  DEBUG: "1"\npins: *a\n')).toBeUndefined()
  })
})

/** Configurations in pieces that may stand in any company. */
const comment = fc.constantFrom('', '# a comment\n', '\n', '#\n\n')
const version = fc.tuple(fc.nat(9), fc.nat(30), fc.nat(9)).map((parts) => parts.join('.'))
const names = fc.uniqueArray(
  fc.constantFrom('django', 'channels', 'channels-redis', 'redis', 'daphne', 'x-2', 'null'),
  {
    minLength: 1,
  },
)
const pinsMap = names.chain((list) =>
  fc.tuple(...list.map(() => version)).map((versions) => new Map(list.map((name, i) => [name, versions[i] as string]))),
)
const tomlHead = fc.constantFrom('', 'platform = "dokku"\n', 'root = \'a\' # b\nexclude = [\n  "x",\n]\n')
const tomlRest = fc.constantFrom(
  '',
  '[rules]\n"settings/debug" = "off"\n',
  "[env]\nA = '''\n[pins]\nx'''\n",
  '[env]\nB = false',
)

const tomlFile = fc
  .tuple(
    comment,
    tomlHead,
    fc.constantFrom('absent', 'guide', 'inline', 'dotted', 'table', 'empty'),
    pinsMap,
    tomlRest,
    comment,
  )
  .map(([start, head, form, old, rest, end]) => {
    const lines = [...old].map(([name, pin]) => `${name} = "${pin}"`)
    const early =
      form === 'guide'
        ? 'pins = "guide"\n'
        : form === 'inline'
          ? `pins = { ${lines.join(', ')} }\n`
          : form === 'dotted'
            ? lines.map((line) => `pins.${line} # why\n`).join('')
            : ''
    const late = form === 'table' ? `[pins]\n${lines.join('\n# why\n')}\n` : form === 'empty' ? '[pins] # none\n' : ''
    return {
      text: start + head + early + late + rest + end,
      old: ['guide', 'absent', 'empty'].includes(form) ? new Map() : old,
    }
  })

const yamlFile = fc
  .tuple(
    comment,
    fc.constantFrom('', 'platform: dokku # x\n', 'exclude:\n- a\n- b\n'),
    fc.constantFrom('absent', 'guide', 'flow', 'block'),
    pinsMap,
    fc.constantFrom('', 'env:\n  A: |\n    pins:\n    x\n', 'root: b'),
  )
  .map(([start, head, form, old, rest]) => {
    const entries = [...old].map(([name, pin]) => `"${name}": '${pin}'`)
    const policy =
      form === 'guide'
        ? 'pins: guide\n'
        : form === 'flow'
          ? `pins: { ${entries.join(', ')} }\n`
          : form === 'block'
            ? `pins:\n${entries.map((line) => `   ${line} # why\n`).join('')}`
            : ''
    return { text: start + head + policy + rest, old: form === 'flow' || form === 'block' ? old : new Map() }
  })

const cases = fc
  .tuple(
    fc.oneof(
      tomlFile.map((one) => ({ ...one, file: 'dynolint.toml' })),
      tomlFile.map(({ text, old }) => ({ text: below(text), old, file: 'pyproject.toml' })),
      yamlFile.map((one) => ({ ...one, file: 'dynolint.yaml' })),
    ),
    pinsMap,
    fc.boolean(),
  )
  .map(([{ text, old, file }, fresh, crlf]) => ({
    file,
    text: crlf ? text.replace(/\n/g, '\r\n') : text,
    // A policy is only ever added to: what it has already stays, with its own or a new version.
    pins: new Map<string, string>([...old, ...fresh]),
  }))

/** The same document below `[tool.dynolint]` of a longer one. */
function below(text: string): string {
  return `[project]\nname = "a"\n\n[tool.dynolint]\nworker-only = true\n${text.replace(/^\[(?=(?:rules|env|pins)\])/gm, '[tool.dynolint.').replace("'''\n[tool.dynolint.", "'''\n[")}\n[tool.z]\nend = 1\n`
}

describe('whatever the file', () => {
  test('afterwards it loads, has exactly these pins, the rest is as it was, and a second time changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ file, text, pins }) => {
        const written = await withPins(file, text, pins, ids)
        expect(written).toBeDefined()
        const { config, problems } = await loadConfig(memoryTree({ [file]: written as string }), ids, file)
        expect(problems).toEqual([])
        expect(new Map([...config.pins].map(([name, { version: pinned }]) => [name, pinned]))).toEqual(pins)
        expect(await withPins(file, written as string, pins, ids)).toBe(written)
        const kept = (written as string).split(/(?<=\n)/)
        for (const line of text.split(/(?<=\n)/).filter((one) => one !== '' && !/pins|\d\.\d/.test(one)))
          expect(kept.map((one) => one.trimEnd())).toContain(line.trimEnd())
        for (const line of text.split('\n').filter((one) => one.includes('#')))
          expect(written).toContain(line.slice(line.indexOf('#')).trimEnd())
      }),
      { numRuns: 150 },
    )
  })
})
