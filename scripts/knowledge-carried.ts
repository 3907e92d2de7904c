/**
 * Refreshes src/knowledge/packages/carried.generated.ts from the Python package index that pip is configured for: `npm run
 * knowledge:carried`. Of packages that Django projects list: which of those that are often installed for another package's sake each may
 * bring, directly or not, in any of its years and on any Python of a dyno. Of each package, the last release of each year since 2017 is read where it can be: the
 * metadata of its wheel, or `requires.txt` in its source.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { dynoAnswers } from '../src/app/dependencies/dyno-marker.ts'
import { isOftenTransitive } from '../src/knowledge/packages/brings.ts'
import { packCarried } from '../src/knowledge/packages/carried.ts'
import { normaliseName } from '../src/syntax/requirements/marker.ts'
import { isError, type ParsedRequirement, parseRequirement } from '../src/syntax/requirements/requirement.ts'
import { byVersion, filesOf, type IndexFile, indexUrl, metadataOf, remembered } from './package-index.ts'

/** Packages are read side by side: most of the time goes to the answers. */
const readers = 8
/** The Pythons that the buildpack offers. */
const pythons = ['3.10', '3.11', '3.12', '3.13', '3.14']

const folder = join(import.meta.dirname, '../src/knowledge/packages')

/** Channels 2, the first that servers of ASGI 3 run beside, is of 2018; what is older stands in no requirements that work. */
const firstYear = '2017'

/** The last release of each year, of those before the first one the newest: what a package requires changes with its time. */
function ofEachYear(releases: ReadonlyMap<string, readonly IndexFile[]>): readonly [string, readonly IndexFile[]][] {
  const years = new Map<string, [string, readonly IndexFile[]]>()
  for (const [version, files] of releases) {
    const year = (files[0]?.['upload-time'] ?? '').slice(0, 4)
    years.set(year < firstYear ? '' : year, [version, files])
  }
  if (years.size > 1) years.delete('')
  return [...years.values()]
}

/** The requirements of a release as its metadata write them; undefined where it says nothing of them. */
async function requirementsOf(
  name: string,
  version: string,
  files: readonly IndexFile[],
): Promise<string[] | undefined> {
  const metadata = await metadataOf(name, version, files)
  if (metadata !== '') {
    const [head = ''] = metadata.split(/\r?\n\r?\n/, 1)
    return [...head.matchAll(/^Requires-Dist:[ \t]*(.*)$/gm)].map(([, line = '']) => line.trim())
  }
  const source = files.find(({ filename }) => filename.endsWith('.tar.gz'))
  if (source === undefined || (source.size ?? 0) > 5_000_000) return undefined
  const text = await remembered(`${name}-${version}.requires`, () => requiresText(source))
  return text === 'none' ? undefined : ofRequiresText(text)
}

/** `requires.txt` of a source; empty where it requires nothing; `none` where what it requires is not written down. */
async function requiresText(source: IndexFile): Promise<string> {
  const input = Buffer.from(await (await fetch(source.url)).arrayBuffer())
  const tar = (...args: string[]) =>
    execFileSync('tar', args, { input, encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['pipe', 'pipe', 'ignore'] })
  const paths = tar('-tzf', '-').split('\n')
  const path = paths.find((one) => one.endsWith('.egg-info/requires.txt'))
  if (path !== undefined) return tar('-xzOf', '-', path)
  if (paths.some((one) => one.endsWith('.egg-info/SOURCES.txt'))) return ''
  // What distutils packed: a script that never speaks of requirements has none.
  const script = paths.find((one) => /^[^/]+\/setup\.py$/.test(one))
  return script === undefined || tar('-xzOf', '-', script).includes('requires') ? 'none' : ''
}

/** Its sections are `[extra]`, `[:marker]` and `[extra:marker]`. */
function ofRequiresText(text: string): string[] {
  let markers: string[] = []
  return text.split(/\r?\n/).flatMap((line) => {
    const section = /^\[([^:]*)(?::(.*))?\]$/.exec(line.trim())
    if (section !== null) {
      const [, extra, marker] = section
      markers = [extra ? `extra == "${extra}"` : '', marker ? `(${marker})` : ''].filter(Boolean)
      return []
    }
    return line.trim() === '' ? [] : [markers.length === 0 ? line : `${line}; ${markers.join(' and ')}`]
  })
}

const applies = ({ marker }: ParsedRequirement, extra: string): boolean =>
  marker === undefined || pythons.some((python) => dynoAnswers(marker, python, extra) !== false)

/** What each package, or `package[extra]`, asks for itself in the years that can be read; null: its newest one cannot be. */
const direct = new Map<string, ReadonlySet<string> | null>()

async function read(index: string, wanted: string): Promise<void> {
  const [name = wanted, extra = ''] = wanted.split(/[[\]]/)
  const found = new Set<string>()
  let newest = false
  try {
    for (const [version, files] of ofEachYear(byVersion(name, await filesOf(index, name)))) {
      const lines = await requirementsOf(name, version, files).catch(() => undefined)
      newest = lines !== undefined
      for (const parsed of (lines ?? []).map(parseRequirement)) {
        if (isError(parsed) || !applies(parsed, extra) || (extra !== '' && applies(parsed, ''))) continue
        found.add(normaliseName(parsed.name))
        for (const one of parsed.extras) found.add(`${normaliseName(parsed.name)}[${one}]`)
      }
    }
  } catch {
    // No such package, or no answer: it stays unknown.
  }
  direct.set(wanted, newest ? found : null)
}

async function readAll(index: string, names: readonly string[]): Promise<void> {
  const queue = [...names]
  const seen = new Set(queue)
  const reader = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      await read(index, name)
      for (const one of direct.get(name) ?? [])
        if (!seen.has(one)) {
          seen.add(one)
          queue.push(one)
        }
    }
  }
  // A reader that finds nothing left ends while others still find more: the next round takes that.
  while (queue.length > 0) await Promise.all(Array.from({ length: readers }, reader))
}

/** Everything that a package may bring, itself among it; undefined where one of those below it cannot be read. */
function below(name: string): ReadonlySet<string> | undefined {
  const found = new Set([name])
  for (const one of found) {
    const asked = direct.get(one)
    if (asked === undefined || asked === null) return undefined
    for (const more of asked) found.add(more)
  }
  return found
}

const names = readFileSync(join(folder, 'listed-packages.txt'), 'utf8').split('\n').filter(Boolean)
await readAll(indexUrl(), names)
const carried = new Map<string, string[]>()
for (const name of names) {
  const found = below(name)
  if (found !== undefined) carried.set(name, [...found].filter((one) => one !== name && isOftenTransitive(one)).sort())
}
const packed = packCarried(carried)
writeFileSync(
  join(folder, 'carried.generated.ts'),
  [
    '// Written by scripts/knowledge-carried.ts from the package index.',
    `const text = \`${packed}\``,
    '',
    'export const readCarried = (): string => text',
    '',
  ].join('\n'),
)
const unread = [...direct].flatMap(([name, asked]) => (asked === null ? [name] : []))
console.log(
  `${carried.size} of ${names.length} packages, ${packed.length} characters, ${gzipSync(packed).length} compressed`,
)
console.log(`${direct.size} read, ${unread.length} without requirements that could be read: ${unread.join(' ')}`)
