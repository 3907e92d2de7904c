import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { rule } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { printable, terminal } from '../../src/privacy/printable.ts'
import { formats } from '../../src/report/formats.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow } from '../support/trees.ts'

/** What a repository could hold to be more than text on a terminal or in the log of a CI job. */
const attack = '\u001b[31mred\u0007 \u202eback\u2066 \u200b##[error]forged\r\n::error::forged\u2028::warning::x\u009b2J'
const names = [
  'a\n::error::b.py',
  '::set-output name=x::y.py',
  'c\u001b]0;title\u0007.py',
  'd ##[error]e.py',
  '\u202egnp.py',
]

const echo = rule({
  id: 'app/echo',
  hop: 'safety',
  severity: 'error',
  summary: { en: 'x', fr: 'x' },
  messages: {
    said: {
      text: { en: '{text}', fr: '{text}' },
      help: { en: '{text}', fr: '{text}' },
      fix: { safety: 'safe', en: '{text}', fr: '{text}' },
    },
  },
  check(app, report) {
    const said = { en: attack, fr: attack }
    for (const file of names) {
      app.tree.read(file)
      const at = { file, span: { start: 4, end: attack.length - 2 } }
      report('said', {
        at,
        data: { text: attack },
        when: said,
        related: [{ at, message: said }],
        edits: [{ ...at, text: 'x' }],
        symbol: file,
      })
      app.inquiry.cannotTell({ what: said, why: said, at })
    }
  },
})

const acts = /[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/

describe('what a repository says', () => {
  const files = Object.fromEntries(names.map((name) => [name, `${attack}\n${attack}`]))
  const tree = memoryTree({ ...filesBelow('fixtures/guide'), ...files })
  const { report } = check({ today, tree, config: defaultConfig, rules: [echo] })
  const render = (name: keyof typeof formats, colour: boolean): string =>
    formats[name].render(
      {
        version: '0',
        apps: [
          { root: 'x\n::error::root', ...report },
          { root: '.', ...report },
        ],
        rules,
      },
      { language: 'en', colour, verbose: true, width: 80, links: false, docs: () => 'https://example.com', prefix: '' },
    )

  it.each(['text', 'concise', 'github', 'html', 'markdown', 'junit', 'checkstyle'] as const)(
    'acts on no terminal and no runner: %s',
    (name) => {
      const plain = render(name, false)
      expect(plain).not.toContain('\u001b')
      const coloured = render(name, true)
      for (const output of [plain, coloured]) {
        expect(output.replaceAll('\u001b', '')).not.toMatch(acts)
        expect(output).not.toContain('##[')
        const commands = output.split('\n').filter((line) => line.trimStart().startsWith('::'))
        if (name === 'github')
          for (const line of commands) expect(line).toMatch(/^::(?:error|warning|notice) (?:file|title)=/)
        else expect(commands).toEqual([])
      }
      // Only our own colours: every other escape is written out.
      expect(coloured.replace(/\u001b\[\d{1,2}m/g, '')).not.toContain('\u001b')
      if (name !== 'github') expect(plain).toContain('\\u202e')
      expect(plain).not.toContain('red\u0007')
    },
  )

  it('is percent-encoded in the URIs of SARIF', () => {
    const log = JSON.parse(render('sarif', false)) as {
      runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[]
    }
    const uris = log.runs[0]?.results.map((one) => one.locations[0]?.physicalLocation.artifactLocation.uri) ?? []
    expect(uris).toHaveLength(names.length * 2)
    for (const uri of uris) expect(uri).toMatch(/^[\w.!~*'()%/-]+$/)
    expect(uris).toContain('a%0A%3A%3Aerror%3A%3Ab.py')
  })

  it('keeps the carets under what they mark', () => {
    const lines = render('text', false).split('\n')
    const at = lines.findIndex((line) => line.includes('^^'))
    const code = lines[at - 1] as string
    expect(code.indexOf('␛')).toBeGreaterThan(0)
    // The mark begins at the fifth character, behind the picture of the escape and `[31`.
    expect((lines[at] as string).indexOf('^')).toBe(code.indexOf('␛[31m') + '␛[31'.length)
  })
})

describe('printable and terminal', () => {
  it('write out what is not seen', () => {
    expect(printable('a\u001b\r\n\tb\u202e\u{e0041}é✓')).toBe('a\\x1b\\r\\n\\tb\\u202e\\u{e0041}é✓')
    expect(terminal('x\n  ::error::y\n\u001b[1mz\u001b[22m ##[group]')).toBe(
      'x\n  \\x3a:error::y\n\u001b[1mz\u001b[22m #\\x23[group]',
    )
  })
})

describe('commands', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
    for (const [path, bytes] of Object.entries(filesBelow('fixtures/guide-sound'))) put(path, bytes)
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  function put(path: string, content: string | Uint8Array): void {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }

  it('a key of the configuration forges no command, on either stream', async () => {
    put('dynolint.toml', '"x\\n::error::forged ##[error]" = 1\nroot = "y\\n::error::forged"\n')
    for (const format of ['text', 'concise', 'github']) {
      const { out, err } = await dynolint(['--format', format], { cwd: folder })
      for (const line of `${out}${err}`.split('\n'))
        expect(line).not.toMatch(/^\s*::(?!error file=|warning file=)|##\[/)
    }
  })

  it('show names a secret by its length, and passwords of addresses not at all', async () => {
    put(
      'backend/backend/settings.py',
      `SECRET_KEY = 'n0t-${'s3cr3t'.repeat(7)}-here'
DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'PASSWORD': 'sw0rdf1sh', 'HOST': 'db'}}
CHANNEL_LAYERS = {'default': {'BACKEND': 'x', 'CONFIG': {'hosts': ['redis://me:hunt3r22@r.example.com:6379']}}}
`,
    )
    const text = await dynolint(['show', 'settings'], { cwd: folder })
    expect(text.out).toContain("SECRET_KEY = '…' (51 characters)")
    expect(text.out).toContain('redis://me:…@r.example.com:6379')
    const json = await dynolint(['show', 'settings', '--format', 'json', '--lang', 'fr'], { cwd: folder })
    expect((JSON.parse(json.out) as { settings: Record<string, { value: unknown }> }).settings.SECRET_KEY?.value).toBe(
      '… (51 caractères)',
    )
    for (const { out } of [text, json]) expect(out).not.toMatch(/s3cr3t|sw0rdf1sh|hunt3r22/)
  })
})
