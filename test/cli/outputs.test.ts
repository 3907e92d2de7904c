import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { about } from '../../src/about.generated.ts'
import { getOrInsert } from '../../src/get-or-insert.ts'
import { knowledgeDate } from '../../src/knowledge/packages/packages.ts'
import { pages } from '../../src/pages.generated.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

/**
 * Whole outputs as a reader gets them, in test/cli/snapshots. `npm test -- -u` rewrites them: read the difference. What a
 * release or new knowledge of packages changes by itself stands there as a word (VERSION, DATE, X.Y.Z), escapes as ␛.
 */

const folder = join(import.meta.dirname, 'snapshots')
const fixture = (name: string): string => join(repository, 'fixtures', name)
const asked = new Set<string>()

async function expectOutput(name: string, output: string): Promise<void> {
  asked.add(name)
  await expect(output).toMatchFileSnapshot(join(folder, name))
}

/** What a command prints, made steady; it must print nothing beside. */
async function outputOf(cwd: string, ...argv: string[]): Promise<string> {
  const { out, err } = await dynolint(argv, { cwd, env: { NO_COLOR: '' } })
  expect(err).toBe('')
  return steady(out, await knownVersions(cwd)).replaceAll('\u001b', '␛')
}

function steady(output: string, versions: readonly string[]): string {
  let out = output.replace(`(knowledge of ${knowledgeDate()})`, '(knowledge of DATE)')
  out = out.replaceAll(exactly(about.version), 'VERSION')
  for (const version of versions) out = out.replaceAll(exactly(version), 'X.Y.Z')
  return out
}

/** A version where it is not a part of another. */
const exactly = (version: string): RegExp =>
  new RegExp(`(?<![\\d.])${version.replaceAll('.', '\\.')}(?![\\d]|\\.\\d)`, 'g')

const versionsOf = new Map<string, Promise<string[]>>()

/** Versions that `pins` names and the project does not: they follow the releases of packages. */
function knownVersions(cwd: string): Promise<string[]> {
  return getOrInsert(versionsOf, cwd, async () => {
    if (!cwd.startsWith(fixture(''))) return []
    const { out } = await dynolint(['pins', '--format', 'json'], { cwd })
    const written = Object.values(filesBelow(cwd.slice(repository.length + 1)))
      .map((bytes) => Buffer.from(bytes).toString('utf8'))
      .join('\n')
    const named = new Set(out.match(/\d+(?:\.\d+){2,3}/g))
    return [...named].filter((version) => !exactly(version).test(written))
  })
}

/** Columns are as wide as the longest version, and where a line is folded follows from them. */
const narrow = (output: string): string => output.replaceAll(/\n {6,}/g, ' ').replaceAll(/(?<=\S) {2,}/g, '  ')

/** The pages of the rules are in SARIF word for word, and have tests of their own. */
function withoutPages(output: string, versions: readonly string[]): string {
  const sarif = JSON.parse(output) as { runs: { tool: { driver: { rules: Described[] } } }[] }
  for (const { id, help } of sarif.runs.flatMap(({ tool }) => tool.driver.rules)) {
    const page = steady(pages[id]?.en ?? '', versions)
    if (help.markdown === page) help.markdown = `(the page of ${id})`
    if (help.text === page) help.text = `(the page of ${id})`
  }
  return `${JSON.stringify(sarif, undefined, 2)}\n`
}

interface Described {
  readonly id: string
  readonly help: { text: string; markdown: string }
}

describe.each(['guide', 'pins-that-differ', 'two-apps'])('check of fixtures/%s', (name) => {
  const cwd = fixture(name)

  it.each(['en', 'fr'])('text (%s), with colours and without', async (language) => {
    const plain = await outputOf(cwd, '--verbose', '--lang', language, '--color', 'never')
    const coloured = await outputOf(cwd, '--verbose', '--lang', language, '--color', 'always')
    await expectOutput(`${name}.text.${language}.txt`, plain)
    await expectOutput(`${name}.colours.${language}.txt`, coloured)
    expect(coloured.replaceAll(/␛\[\d+m/g, '')).toBe(plain)
  })

  it.each(['en', 'fr'])('text (%s) as it is when nothing is asked for', async (language) => {
    await expectOutput(`${name}.default.${language}.txt`, await outputOf(cwd, '--lang', language))
  })

  it.each(['concise', 'github', 'json'])('%s', async (format) => {
    await expectOutput(`${name}.${format}${format === 'json' ? '' : '.txt'}`, await outputOf(cwd, '--format', format))
  })

  it('sarif', async () => {
    await expectOutput(
      `${name}.sarif`,
      withoutPages(await outputOf(cwd, '--format', 'sarif'), await knownVersions(cwd)),
    )
  })
})

describe.each(['en', 'fr'] as const)('commands (%s)', (language) => {
  const cwd = fixture('guide')
  const scratch = mkdtempSync(join(tmpdir(), 'dynolint-'))
  afterAll(() => rmSync(scratch, { recursive: true }))

  it.each(['web', 'deps', 'settings', 'asgi', 'all'])('show %s', async (topic) => {
    await expectOutput(`show-${topic}.${language}.txt`, await outputOf(cwd, 'show', topic, '--lang', language))
  })

  it('pins', async () => {
    await expectOutput(`pins.${language}.txt`, narrow(await outputOf(cwd, 'pins', '--lang', language)))
  })

  it('explain', async () => {
    const output = await outputOf(cwd, 'explain', 'procfile/wsgi-server', '--lang', language)
    await expectOutput(`explain.${language}.txt`, output)
  })

  it('logs', async () => {
    const log = join(repository, 'test/logs/guide.log')
    await expectOutput(`logs.${language}.txt`, await outputOf(cwd, 'logs', '--file', log, '.', '--lang', language))
  })

  it('init, and what it writes', async () => {
    const project = join(scratch, 'project')
    cpSync(fixture('two-apps'), project, { recursive: true })
    rmSync(join(project, 'dynolint.toml'))
    const said = await outputOf(project, 'init', '--lang', language)
    const written = readFileSync(join(project, 'dynolint.toml'), 'utf8')
    await expectOutput(`init.${language}.txt`, `${said.replaceAll(project, '/project')}\n${written}`)
  })

  it('rules', async () => {
    await expectOutput(`rules.${language}.txt`, await outputOf(cwd, 'rules', '--lang', language))
  })

  it.each([[[]], [['logs']]])('help %j', async (command) => {
    const output = await outputOf(cwd, 'help', ...command, '--lang', language)
    await expectOutput(`${['help', ...command].join('-')}.${language}.txt`, output)
  })
})

describe('commands', () => {
  it.each([
    ['show', 'all'],
    ['pins', ''],
  ])('%s as JSON', async (command, topic) => {
    const output = await outputOf(fixture('guide'), command, ...(topic === '' ? [] : [topic]), '--format', 'json')
    await expectOutput(`${command}.json`, output)
  })

  it('--version', async () => {
    await expectOutput('version.txt', await outputOf(fixture('guide'), '--version'))
  })
})

it('no snapshot is left over', () => {
  expect(readdirSync(folder).filter((name) => !asked.has(name))).toEqual([])
})
