import type { Recorded } from '../present.ts'
import { readEwah } from './ewah.ts'

/** What git tracks, read from the index file. Names hold one byte per character and are relative to the work tree. */
export interface GitIndex {
  /** Everything a commit would carry as a file or link, in byte order; paths in conflict included. */
  readonly names: readonly string[]
  readonly links: ReadonlySet<string>
  /** Files that git records as executable (mode 100755). */
  readonly executables: ReadonlySet<string>
  /** What git holds of a file; undefined when it tracks none of that name. Of a path in conflict, one of its versions. */
  recorded(name: string): Recorded | undefined
  /** Submodules, and repositories inside the repository that were added without being one. */
  readonly gitlinks: readonly string[]
  /** Folders of a sparse index, ending with `/`: what they hold is not listed. */
  readonly sparse: readonly string[]
}

/** What is not simply a file. `later`: a further version of a path in conflict, or announced without content. */
type Special = 'link' | 'gitlink' | 'folder' | 'later'

/** The entries of one file: their names in order, and by position what is special about some. */
interface Entries {
  readonly names: readonly string[]
  readonly special: ReadonlyMap<number, Special>
  readonly executable: ReadonlySet<number>
  recorded(position: number): Recorded
}

interface IndexFile extends Entries {
  /** The hash of the file this one builds on, and two bitmaps over its entries: those deleted, those replaced. */
  readonly link: { readonly base: string; readonly bitmaps: Buffer } | undefined
}

/**
 * Reads `.git/index` (gitformat-index(5), versions 2 to 4) without checking its hash. `shared` reads the file
 * `sharedindex.<hash>` of a split index. Undefined when it is damaged or needs an extension we do not know.
 */
export function readIndex(
  bytes: Buffer,
  hashBytes: 20 | 32,
  shared: (hash: string) => Buffer | undefined,
): GitIndex | undefined {
  const file = readFile(bytes, hashBytes)
  if (file === undefined) return undefined
  let entries: Entries = file
  if (file.link !== undefined) {
    const base = shared(file.link.base)
    const below = base && readFile(base, hashBytes)
    const merged = below && below.link === undefined ? merge(below, file, file.link.bitmaps) : undefined
    if (merged === undefined) return undefined
    entries = merged
  }
  const { names, special, executable } = entries
  let positions: ReadonlyMap<string, number> | undefined
  const of = (wanted: Special): string[] =>
    [...special].filter(([, kind]) => kind === wanted).map(([position]) => names[position] as string)
  return {
    names: special.size === 0 ? names : names.filter((_, position) => (special.get(position) ?? 'link') === 'link'),
    links: new Set(of('link')),
    executables: new Set([...executable].map((position) => names[position] as string)),
    recorded(name) {
      positions ??= new Map(names.map((one, position) => [one, position]))
      const position = positions.get(name)
      return position === undefined || special.has(position) ? undefined : entries.recorded(position)
    },
    gitlinks: of('gitlink'),
    sparse: of('folder'),
  }
}

function merge(base: Entries, own: Entries, bitmaps: Buffer): Entries | undefined {
  const { length } = base.names
  const none = { positions: [], end: 0 }
  const deleted = bitmaps.length === 0 ? none : readEwah(bitmaps, 0, length)
  const replaced = deleted && (bitmaps.length === 0 ? none : readEwah(bitmaps, deleted.end, length))
  if (deleted === undefined || replaced === undefined) return undefined
  const merged: { name: string; special: Special | undefined; executable: boolean; recorded: () => Recorded }[] = []
  const gone = new Set(deleted.positions)
  // Entries that replace come first, in order and without a name.
  const replacement = new Map(replaced.positions.map((position, i) => [position, i]))
  for (const [position, name] of base.names.entries()) {
    const by = replacement.get(position)
    if (by !== undefined && own.names[by] !== '') return undefined
    if (gone.has(position)) continue
    const [from, at] = by === undefined ? [base, position] : [own, by]
    const recorded = () => from.recorded(at)
    merged.push({ name, special: from.special.get(at), executable: from.executable.has(at), recorded })
  }
  for (let i = replacement.size; i < own.names.length; i++) {
    const name = own.names[i] as string
    if (name === '') return undefined
    const recorded = () => own.recorded(i)
    merged.push({ name, special: own.special.get(i), executable: own.executable.has(i), recorded })
  }
  merged.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const special = new Map<number, Special>()
  const executable = new Set<number>()
  for (const [position, entry] of merged.entries()) {
    if (entry.special !== undefined) special.set(position, entry.special)
    if (entry.executable) executable.add(position)
  }
  const recorded = (position: number): Recorded => (merged[position] as (typeof merged)[number]).recorded()
  return { names: merged.map(({ name }) => name), special, executable, recorded }
}

function readFile(bytes: Buffer, hashBytes: number): IndexFile | undefined {
  if (bytes.length < 12 + hashBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const version = bytes.readUInt32BE(4)
  const count = bytes.readUInt32BE(8)
  if (version < 2 || version > 4) return undefined
  const end = bytes.length - hashBytes
  // Ten numbers of 32 bits, the seventh of them the mode, then hash and flags.
  const fixed = 40 + hashBytes + 2
  // Slices of one long text cost a tenth of decoding each name.
  const text = bytes.toString('latin1')
  const names: string[] = []
  const starts: number[] = []
  const special = new Map<number, Special>()
  const executable = new Set<number>()
  let at = 12
  let previous = ''
  for (let i = 0; i < count; i++) {
    if (at + fixed > end) return undefined
    const flags = number16(bytes, at + fixed - 2)
    const extended = (flags & 0x4000) !== 0
    if (extended && version < 3) return undefined
    let nameAt = at + fixed + (extended ? 2 : 0)
    let kept = 0
    if (version === 4) {
      const strip = readVarint(bytes, nameAt, end)
      if (strip === undefined || strip.value > previous.length) return undefined
      kept = previous.length - strip.value
      nameAt = strip.end
    }
    const zero = text.indexOf('\0', nameAt)
    if (zero < 0 || zero >= end) return undefined
    const rest = text.slice(nameAt, zero)
    const name = kept === 0 ? rest : previous.slice(0, kept) + rest
    const again = name === previous && name !== ''
    if (name < previous || (again && (flags & 0x3000) === 0)) return undefined
    const mode = number16(bytes, at + 26)
    const type = mode >> 12
    if (type === 8 && (mode & 0o100) !== 0) executable.add(i)
    if (again || (extended && (number16(bytes, at + fixed) & 0x2000) !== 0)) special.set(i, 'later')
    else if (type !== 8) special.set(i, type === 4 ? 'folder' : type === 10 ? 'link' : 'gitlink')
    names.push(name)
    starts.push(at)
    previous = name
    at = version === 4 ? zero + 1 : at + ((zero - at + 8) & ~7)
  }
  const link = readExtensions(bytes, at, end, hashBytes)
  if (link === 'damaged' || (link === undefined && names[0] === '')) return undefined
  return { names, special, executable, link, recorded: (position) => recordedAt(bytes, starts[position], hashBytes) }
}

function recordedAt(bytes: Buffer, start = 0, hashBytes = 20): Recorded {
  return { hash: bytes.toString('hex', start + 40, start + 40 + hashBytes), size: bytes.readUInt32BE(start + 36) }
}

/** The `link` extension, if there is one. Extensions whose name begins with a capital may be skipped. */
function readExtensions(bytes: Buffer, start: number, end: number, hashBytes: number): IndexFile['link'] | 'damaged' {
  let link: IndexFile['link']
  let at = start
  while (at + 8 <= end) {
    const name = bytes.toString('latin1', at, at + 4)
    const body = at + 8
    at = body + bytes.readUInt32BE(at + 4)
    if (at > end) return 'damaged'
    if (name === 'link') {
      if (at - body < hashBytes) return 'damaged'
      const base = bytes.toString('hex', body, body + hashBytes)
      if (!/^0*$/.test(base)) link = { base, bitmaps: bytes.subarray(body + hashBytes, at) }
    } else if (name !== 'sdir' && !/^[A-Z]/.test(name)) return 'damaged'
  }
  return at === end ? link : 'damaged'
}

function number16(bytes: Buffer, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}

/** Git's offset encoding of a number: seven bits per byte, most significant first, each further byte adds one. */
function readVarint(
  bytes: Buffer,
  start: number,
  end: number,
): { readonly value: number; readonly end: number } | undefined {
  let at = start
  let byte = bytes[at++] as number
  let value = byte & 0x7f
  while ((byte & 0x80) !== 0) {
    if (at >= end || value > 2 ** 24) return undefined
    byte = bytes[at++] as number
    value = (value + 1) * 128 + (byte & 0x7f)
  }
  return { value, end: at }
}
