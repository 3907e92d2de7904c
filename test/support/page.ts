/** Reads the executable parts of a rule's page (the format is described in CONTRIBUTING.md). */

export interface PageCase {
  /** Headings above the blocks: `Example > A literal port`. */
  readonly title: string
  /** A file whose block says `encoding=utf-16` or `encoding=latin-1` is bytes. */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly deleted: readonly string[]
  /** Files said to have this many bytes (`size=` in the block's info), more than is read. */
  readonly sizes: Readonly<Record<string, number>>
  /** Paths that git does not track: `untracked` or `ignored` in a block's info, alone or with `=PATH` in an empty block. */
  readonly untracked: readonly string[]
  readonly ignored: readonly string[]
  /** A block with `snapshot=NAME`: a file that `dynolint snapshot` wrote, given to the check. */
  readonly snapshot: string | undefined
  /** Lines of the `findings` block; empty when there is none. */
  readonly findings: readonly string[]
}

export interface Page {
  readonly heading: string
  readonly base: string | undefined
  readonly sections: readonly string[]
  readonly cases: readonly PageCase[]
  /** Every executable block as written, to compare languages. */
  readonly blocks: readonly string[]
}

export function readPage(markdown: string): Page {
  const base = /<!--\s*base:\s*([\w-]+)\s*-->/.exec(markdown)?.[1]
  const sections: string[] = []
  const cases: PageCase[] = []
  const blocks: string[] = []
  let heading = ''
  let title: string[] = []
  let current:
    | {
        files: Record<string, string | Uint8Array>
        deleted: string[]
        sizes: Record<string, number>
        untracked: string[]
        ignored: string[]
        snapshot: string | undefined
        findings: string[]
      }
    | undefined

  function close(): void {
    if (current !== undefined) cases.push({ title: title.join(' > '), ...current })
    current = undefined
  }

  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const head = /^(#{1,3}) (.+)$/.exec(line)
    if (head !== null) {
      close()
      const level = (head[1] as string).length
      const text = head[2] as string
      if (level === 1) heading = text
      if (level === 2) sections.push(text)
      title = [...title.slice(0, Math.max(0, level - 2)), ...(level > 1 ? [text] : [])]
      continue
    }
    const fence = /^(`{3,})(.*)$/.exec(line)
    if (fence === null) continue
    const body: string[] = []
    for (i++; i < lines.length && !(lines[i] as string).startsWith(fence[1] as string); i++)
      body.push(lines[i] as string)
    const info = fence[2] as string
    const snapshot = /\bsnapshot=(\S+)/.exec(info)?.[1]
    const file = snapshot ?? /\bfile=(\S+)/.exec(info)?.[1]
    const deleted = /\bdelete=(\S+)/.exec(info)?.[1]
    const content = body.length === 0 ? '' : `${body.join('\n')}\n`
    const [, status, named] = /\s(untracked|ignored)(?:=(\S+))?(?:\s|$)/.exec(info) ?? []
    if (file === undefined && deleted === undefined && named === undefined && info.trim() !== 'findings') continue
    current ??= { files: {}, deleted: [], sizes: {}, untracked: [], ignored: [], snapshot: undefined, findings: [] }
    current.snapshot ??= snapshot
    blocks.push(`${info}\n${content}`)
    const size = /\bsize=(\d+)/.exec(info)?.[1]
    if (file !== undefined && size !== undefined) current.sizes[file] = Number(size)
    const unpushed = named ?? file
    if (status !== undefined && unpushed !== undefined) current[status as 'untracked' | 'ignored'].push(unpushed)
    if (file !== undefined) current.files[file] = encoded(content, /\bencoding=(\S+)/.exec(info)?.[1])
    else if (deleted !== undefined) current.deleted.push(deleted)
    else if (named === undefined) current.findings.push(...body.filter((finding) => finding.trim() !== ''))
  }
  close()
  return { heading, base, sections, cases, blocks }
}

function encoded(content: string, encoding: string | undefined): string | Uint8Array {
  if (encoding === 'utf-16') return new Uint8Array(Buffer.from(`\ufeff${content}`, 'utf16le'))
  return encoding === 'latin-1' ? new Uint8Array(Buffer.from(content, 'latin1')) : content
}
