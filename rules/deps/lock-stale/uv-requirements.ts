import { at, type DataNode, entriesOf, itemsOf, textOf } from '../../../src/syntax/data.ts'
import {
  evaluateMarker,
  type Marker,
  type MarkerEnvironment,
  normaliseName,
} from '../../../src/syntax/requirements/marker.ts'
import { isError, parseRequirement } from '../../../src/syntax/requirements/requirement.ts'
import { contains, parseSpecifiers, type Specifier } from '../../../src/syntax/requirements/specifier.ts'

/** One requirement as uv keeps it. */
interface Entry {
  readonly name: string
  readonly extras: string
  /** Where from: `registry`, `git`, `url`, `path`; undefined when that rests on a marker. */
  readonly source: string | undefined
  readonly specifiers: readonly Specifier[]
  readonly marker: Marker | undefined
  /** The extra of the project that asks for it. */
  readonly extra: string | undefined
}

/** What a manifest or a lock asks for, and the environments in which markers are compared. */
export interface AskedRequirement {
  readonly entries: readonly Entry[]
  readonly extras: readonly string[]
  readonly python: string | undefined
}

interface Situation {
  readonly sources: DataNode | undefined
  readonly python: string | undefined
  /** The project's name: what asks for itself is left out. */
  readonly own: string
  readonly extras?: readonly string[]
}

/** Requirements as written in pyproject.toml; undefined when one cannot be read. */
export function fromManifest(
  list: readonly { readonly text: string; readonly extra?: string }[],
  { sources, python, own, extras = [] }: Situation,
): AskedRequirement | undefined {
  const origins = new Map(entriesOf(sources).map(([name, { value }]) => [normaliseName(name), origin(value)]))
  const entries: Entry[] = []
  for (const { text, extra } of list) {
    const parsed = parseRequirement(text)
    if (isError(parsed)) return undefined
    const name = normaliseName(parsed.name)
    if (name === normaliseName(own)) continue
    const direct = parsed.url === undefined ? undefined : parsed.url.startsWith('git+') ? 'git' : 'url'
    const source = direct ?? (origins.has(name) ? origins.get(name) : 'registry')
    const bracketed = parsed.extras.map(normaliseName).sort().join()
    entries.push({ name, extras: bracketed, source, specifiers: parsed.specifiers, marker: parsed.marker, extra })
  }
  return { entries, extras, python }
}

function origin(source: DataNode): string | undefined {
  if (source.kind !== 'table') return undefined
  if (at(source, 'git') !== undefined) return 'git'
  if (at(source, 'url') !== undefined) return 'url'
  if (at(source, 'path') !== undefined || at(source, 'workspace') !== undefined) return 'path'
  return at(source, 'index') === undefined ? undefined : 'registry'
}

/** Requirements as uv.lock keeps them. */
export function fromLock(
  list: DataNode | undefined,
  { python, own, extras = [] }: Situation,
): AskedRequirement | undefined {
  const entries: Entry[] = []
  for (const item of itemsOf(list)) {
    const name = normaliseName(textOf(at(item, 'name')) ?? '')
    if (name === normaliseName(own)) continue
    const written = textOf(at(item, 'marker'))
    const marker = written === undefined ? undefined : markerOf(written)
    const specifiers = parseSpecifiers(textOf(at(item, 'specifier')) ?? '')
    if (specifiers === undefined || (written !== undefined && marker === undefined)) return undefined
    const from = ['git', 'url'].find((kind) => at(item, kind) !== undefined)
    const local = ['path', 'directory', 'editable', 'virtual'].some((kind) => at(item, kind) !== undefined)
    const bracketed = itemsOf(at(item, 'extras')).flatMap((extra) => normaliseName(textOf(extra) ?? ''))
    const source = from ?? (local ? 'path' : 'registry')
    entries.push({ name, extras: bracketed.sort().join(), source, specifiers, marker, extra: undefined })
  }
  return { entries, extras, python }
}

function markerOf(text: string): Marker | undefined {
  const parsed = parseRequirement(`x ; ${text}`)
  return isError(parsed) ? undefined : parsed.marker
}

/** Whether both surely ask for different things. */
export function differ(ours: AskedRequirement | undefined, theirs: AskedRequirement | undefined): boolean {
  if (ours === undefined || theirs === undefined) return false
  const names = new Set([...ours.entries, ...theirs.entries].map(({ name }) => name))
  return [...names].some((name) => {
    const [a, b] = [ours, theirs].map(({ entries }) => entries.filter((one) => one.name === name)) as [Entry[], Entry[]]
    if (a.length === 0 || b.length === 0) return true
    if ([...a, ...b].some(({ source }) => source === undefined)) return false
    return otherEntries(a, b, ours)
  })
}

const keyOf = ({ extras, source, specifiers }: Entry): string => {
  const range = source === 'registry' ? specifiers.map(clause).sort() : []
  return `${extras}|${source}|${[...new Set(range)].join()}`
}

/** uv takes `1.0` and `1.0.0` for one version, except after `~=` and before `.*`, where the length counts. */
const clause = ({ operator, version }: Specifier): string =>
  operator === '~=' || operator === '===' || version.endsWith('.*')
    ? operator + version
    : operator +
      version
        .toLowerCase()
        .replace(/^v/, '')
        .replace(/^(\d+(?:\.\d+)*?)(?:\.0+)+(?![\d.])/, '$1')

function otherEntries(a: readonly Entry[], b: readonly Entry[], { extras, python }: AskedRequirement): boolean {
  const [mine, yours] = [new Set(a.map(keyOf)), new Set(b.map(keyOf))]
  const shared = [...mine].filter((key) => yours.has(key))
  if (shared.length === 0) return true
  // What uv makes of one package with several ranges is not known; a common one is taken for agreement.
  if (mine.size > 1 || yours.size > 1) return false
  return environments([...a, ...b], extras, python).some((environment) => {
    const [first, second] = [a, b].map((entries) => holdsAny(entries, environment))
    return first !== undefined && second !== undefined && first !== second
  })
}

/** Whether some entry applies; undefined when that cannot be told. */
function holdsAny(entries: readonly Entry[], environment: MarkerEnvironment): boolean | undefined {
  const answers = entries.map(({ marker, extra }) => {
    if (extra !== undefined && environment.extra !== extra) return false
    return marker === undefined ? true : evaluateMarker(marker, environment)
  })
  return answers.includes(undefined) ? undefined : answers.includes(true)
}

const SYSTEMS = [
  { sys_platform: 'linux', os_name: 'posix', platform_system: 'Linux' },
  { sys_platform: 'darwin', os_name: 'posix', platform_system: 'Darwin' },
  { sys_platform: 'win32', os_name: 'nt', platform_system: 'Windows' },
]
const IMPLEMENTATIONS = [
  { implementation_name: 'cpython', platform_python_implementation: 'CPython' },
  { implementation_name: 'pypy', platform_python_implementation: 'PyPy' },
]

/** Environments that exist, as far as the markers can tell them apart. */
function environments(
  entries: readonly Entry[],
  extras: readonly string[],
  python: string | undefined,
): readonly MarkerEnvironment[] {
  const markers = entries.flatMap(({ marker }) => marker ?? [])
  const texts = markers.flatMap(textsIn)
  const range = parseSpecifiers(python ?? '') ?? []
  const versions = pythonsAround([...texts, python ?? '']).filter((version) => contains(range, version))
  const machines = ['x86_64', 'arm64', 'aarch64', 'AMD64']
  return SYSTEMS.flatMap((system) =>
    IMPLEMENTATIONS.flatMap((implementation) =>
      machines.flatMap((platform_machine) =>
        versions.flatMap((full) =>
          ['', ...extras].map((extra) => ({
            ...system,
            ...implementation,
            platform_machine,
            python_full_version: full,
            implementation_version: full,
            python_version: full.split('.').slice(0, 2).join('.'),
            extra,
          })),
        ),
      ),
    ),
  )
}

function textsIn(marker: Marker): string[] {
  if (marker.type !== 'compare') return marker.terms.flatMap(textsIn)
  return [marker.left, marker.right].flatMap(({ type, value }) => (type === 'text' ? [value] : []))
}

/** Every Python version that is named, and those on either side of it. */
function pythonsAround(texts: readonly string[]): string[] {
  const out = new Set<string>()
  for (const match of texts.join(' ').matchAll(/(\d+)\.(\d+)(?:\.(\d+))?/g)) {
    const [major, minor, patch] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number]
    for (const [x, y] of [
      [minor, patch],
      [minor, patch + 1],
      [minor, Math.max(0, patch - 1)],
      [minor, 99],
      [minor + 1, 0],
      [Math.max(0, minor - 1), 99],
    ])
      out.add(`${major}.${x}.${y}`)
  }
  return [...out, '3.12.5', '4.0.0']
}

/** Whether two ranges admit the same Python versions. */
export function samePythons(one: string, other: string): boolean {
  const [a, b] = [parseSpecifiers(one), parseSpecifiers(other)]
  if (a === undefined || b === undefined) return true
  const versions = pythonsAround([one, other, '2.7', '3.0'])
  return versions.every((version) => contains(a, version) === contains(b, version))
}
