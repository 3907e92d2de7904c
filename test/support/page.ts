/** Reads the executable parts of a rule's page (the format is described in CONTRIBUTING.md), and writes what it expects. */

export interface PageCase {
  /** Headings above the blocks: `Example > A literal port`. */
  readonly title: string
  /** A file whose block says `encoding=` is bytes; the names are Python's (`utf-16` has a byte order mark, `utf-16-le` none). */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly deleted: readonly string[]
  /** Files said to have this many bytes (`size=` in the block's info), more than is read. */
  readonly sizes: Readonly<Record<string, number>>
  /** Files that are there and hold no text, cannot be read, or make the tool itself fail: `binary`, `unreadable`, `throws`. */
  readonly faulty: Readonly<Record<string, 'binary' | 'unreadable' | 'throws'>>
  /** Paths that git does not track: `untracked` or `ignored` in a block's info, alone or with `=PATH` in an empty block. */
  readonly untracked: readonly string[]
  readonly ignored: readonly string[]
  /** Folders that are repositories of their own, as git records them (`submodule=PATH`), without a .gitmodules. */
  readonly submodules: readonly string[]
  /** Files that git records as executable, once a block of the case says `mode=`; undefined: nobody knows the modes. */
  readonly executable: readonly string[] | undefined
  /** A block with `snapshot=NAME`: a file that `dynolint snapshot` wrote, given to the check. */
  readonly snapshot: string | undefined
  /** Lines of the page, from 0, end exclusive, where the `findings` block stands; where one would stand when there is none. */
  readonly expected: { readonly start: number; readonly end: number }
}

export interface Page {
  readonly heading: string
  readonly base: string | undefined
  readonly sections: readonly string[]
  readonly cases: readonly PageCase[]
  /** Every executable block but the `findings`, as written: they are the same in every language. */
  readonly blocks: readonly string[]
}

type Draft = { -readonly [Key in keyof PageCase]: PageCase[Key] } & {
  files: Record<string, string | Uint8Array>
  deleted: string[]
  sizes: Record<string, number>
  faulty: Record<string, 'binary' | 'unreadable' | 'throws'>
  untracked: string[]
  ignored: string[]
  submodules: string[]
}

/** Reads a page. Throws when a case has two `findings` blocks. */
export function readPage(markdown: string): Page {
  const base = /<!--\s*base:\s*([\w-]+)\s*-->/.exec(markdown)?.[1]
  const sections: string[] = []
  const cases: PageCase[] = []
  const blocks: string[] = []
  let heading = ''
  let title: string[] = []
  let current: Draft | undefined

  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const head = /^(#{1,3}) (.+)$/.exec(line)
    if (head !== null) {
      current = undefined
      const level = (head[1] as string).length
      const text = head[2] as string
      if (level === 1) heading = text
      if (level === 2) sections.push(text)
      title = [...title.slice(0, Math.max(0, level - 2)), ...(level > 1 ? [text] : [])]
      continue
    }
    const fence = /^(`{3,})(.*)$/.exec(line)
    if (fence === null) continue
    const start = i
    const body: string[] = []
    for (i++; i < lines.length && !(lines[i] as string).startsWith(fence[1] as string); i++)
      body.push(lines[i] as string)
    const info = fence[2] as string
    const isFindings = /^(?:diff )?findings$/.test(info)
    if (!isFindings && !/\b(?:file|snapshot|delete|untracked|ignored|submodule)=/.test(info)) continue
    if (current === undefined) {
      current = newCase(title.join(' > '))
      cases.push(current)
    }
    if (isFindings) {
      if (current.expected.start < current.expected.end) throw new Error(`${current.title}: two blocks of findings`)
      current.expected = { start, end: i + 1 }
      continue
    }
    const content = body.length === 0 ? '' : `${body.join('\n')}\n`
    blocks.push(`${info}\n${content}`)
    readBlock(current, info, content)
    if (current.expected.start === current.expected.end) current.expected = { start: i + 1, end: i + 1 }
  }
  return { heading, base, sections, cases, blocks }
}

function newCase(title: string): Draft {
  return {
    title,
    files: {},
    deleted: [],
    sizes: {},
    faulty: {},
    untracked: [],
    ignored: [],
    submodules: [],
    executable: undefined,
    snapshot: undefined,
    expected: { start: 0, end: 0 },
  }
}

/** Takes over what the block of a file, or of its absence, says. */
function readBlock(current: Draft, info: string, content: string): void {
  const value = (key: string): string | undefined => new RegExp(`\\b${key}=(\\S+)`).exec(info)?.[1]
  const file = value('snapshot') ?? value('file')
  const deleted = value('delete')
  const fault = /\s(binary|unreadable|throws)(?:\s|$)/.exec(info)?.[1]
  if (file !== undefined && fault !== undefined) current.faulty[file] = fault as 'binary' | 'unreadable' | 'throws'
  const size = value('size')
  const mode = value('mode')
  const submodule = value('submodule')
  const [, status, named] = /\s(untracked|ignored)(?:=(\S+))?(?:\s|$)/.exec(info) ?? []
  const unpushed = named ?? file
  current.snapshot ??= value('snapshot')
  if (file !== undefined && size !== undefined) current.sizes[file] = Number(size)
  if (status !== undefined && unpushed !== undefined) current[status as 'untracked' | 'ignored'].push(unpushed)
  if (submodule !== undefined) current.submodules.push(submodule)
  if (mode !== undefined)
    current.executable = [...(current.executable ?? []), ...(mode === '100755' ? [file ?? ''] : [])]
  if (file !== undefined) current.files[file] = encoded(lineEnds(content, info), value('encoding'))
  else if (deleted !== undefined) current.deleted.push(deleted)
}

/** With the word `crlf` the lines end as Windows ends them. */
const lineEnds = (content: string, info: string): string =>
  /\scrlf(?:\s|$)/.test(info) ? content.replaceAll('\n', '\r\n') : content

function encoded(content: string, encoding: string | undefined): string | Uint8Array {
  switch (encoding) {
    case undefined:
      return content
    case 'utf-8-sig':
      return bytes(`\ufeff${content}`, 'utf8')
    case 'utf-16':
      return bytes(`\ufeff${content}`, 'utf16le')
    case 'utf-16-le':
      return bytes(content, 'utf16le')
    case 'latin-1':
      return bytes(content, 'latin1')
    default:
      throw new Error(`a page cannot write ${encoding}`)
  }
}

function bytes(text: string, encoding: BufferEncoding): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding))
}

/** The page with the `findings` block of each case holding its text of `expected`; an empty text is no block. */
export function withFindings(markdown: string, page: Page, expected: readonly string[]): string {
  const lines = markdown.split('\n')
  const cases = page.cases.map((one, index) => ({ ...one.expected, text: expected[index] ?? '' }))
  for (const { start, end, text } of cases.toReversed()) {
    lines.splice(start, end - start, ...(text === '' ? [] : blockOf(text)))
  }
  return lines.join('\n')
}

/** A block that shows a change is marked as a diff, so that Markdown viewers colour it. */
function blockOf(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/^ {0,3}(`+)/gm)].map(([, ticks = '']) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${/^@@ /m.test(text) ? 'diff findings' : 'findings'}`, ...text.split('\n'), fence]
}
