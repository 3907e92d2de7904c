import { structuredPatch } from 'diff'
import type { FileTree, SourceFile } from '../files/tree.ts'
import { readText } from '../files/tree.ts'
import type { Changes } from './apply.ts'

/** A patch and the paths whose change it cannot tell as it is. */
export interface Patch {
  /** Unified, as `git apply` takes it; a line per line end, and a last one. */
  readonly text: string
  /** Not text in UTF-8. */
  readonly binary: readonly string[]
  /** A line that may not be shown stands among the changed ones: the patch tells what changes and does not apply. */
  readonly masked: readonly string[]
}

export interface PatchOptions {
  /** The path of a file as the reader names it. */
  readonly named: (path: string) => string
  /** A line as it may be shown; another text than the line when that must not be. */
  readonly shown: (line: string) => string
}

/**
 * Changes as a patch. Lines of context that may not be shown are left out; where one stands among the changed lines, it is
 * masked, which the reader has to be told.
 */
export function patchOf(tree: FileTree, changes: Changes, options: PatchOptions): Patch {
  const parts: string[] = []
  const binary: string[] = []
  const masked: string[] = []
  const moved = new Set([...changes.values()].flatMap(({ from }) => (from === undefined ? [] : [from])))
  for (const [path, { file, from }] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = readText(tree, from ?? path)
    if (file === undefined && (moved.has(path) || before === undefined)) continue
    if ((before !== undefined && !isText(before)) || (file !== undefined && !isText(file))) {
      binary.push(path)
      continue
    }
    const [old, now] = [before && whole(before), file && whole(file)]
    if (from === undefined && old === now) continue
    const hunks = hunksOf(old ?? '', now ?? '', options.shown)
    if (hunks.masked) masked.push(path)
    parts.push(...heads(options.named(from ?? path), options.named(path), old, now, from !== undefined), ...hunks.lines)
  }
  return { text: parts.map((line) => `${line}\n`).join(''), binary, masked }
}

/** What git takes for text: a NUL makes a file binary to it. */
const isText = ({ encoding, text }: SourceFile): boolean => encoding === 'utf-8' && !text.includes('\0')
const whole = ({ bom, text }: SourceFile): string => (bom ? `\ufeff${text}` : text)

function heads(from: string, to: string, old: string | undefined, now: string | undefined, moved: boolean): string[] {
  const lines = [`diff --git ${quoted(`a/${from}`)} ${quoted(`b/${to}`)}`]
  if (old === undefined) lines.push('new file mode 100644')
  if (now === undefined) lines.push('deleted file mode 100644')
  if (moved)
    lines.push(
      ...(old === now ? ['similarity index 100%'] : []),
      `rename from ${quoted(from)}`,
      `rename to ${quoted(to)}`,
    )
  if ((old ?? '') !== (now ?? ''))
    lines.push(
      `--- ${old === undefined ? '/dev/null' : quoted(`a/${from}`)}`,
      `+++ ${now === undefined ? '/dev/null' : quoted(`b/${to}`)}`,
    )
  return lines
}

/** A name as git writes it: in quotes when it holds what is not plain. */
function quoted(name: string): string {
  if (/^[\x20-\x7e]+$/.test(name) && !/["\\]/.test(name)) return name
  const bytes = [...Buffer.from(name, 'utf8')].map((byte) => {
    const char = String.fromCharCode(byte)
    if (char === '"' || char === '\\') return `\\${char}`
    return byte >= 0x20 && byte < 0x7f ? char : `\\${byte.toString(8).padStart(3, '0')}`
  })
  return `"${bytes.join('')}"`
}

interface Hunks {
  readonly lines: readonly string[]
  readonly masked: boolean
}

function hunksOf(before: string, after: string, shown: PatchOptions['shown']): Hunks {
  const wide = hunksWith(3, before, after, shown)
  // Fewer lines around the changes leave fewer between them.
  return wide.masked ? hunksWith(1, before, after, shown) : wide
}

function hunksWith(context: number, before: string, after: string, shown: PatchOptions['shown']): Hunks {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context })
  let masked = false
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: all }) => {
    const isSecret = (line: string): boolean => !line.startsWith('\\') && shown(body(line)) !== body(line)
    const first = all.findIndex((line) => !line.startsWith(' '))
    const last = all.findLastIndex((line) => !line.startsWith(' '))
    const start = all.slice(0, first).findLastIndex(isSecret) + 1
    const after = all.slice(last + 1).findIndex(isSecret)
    // Without a line behind the change, git takes it to be the end of the file.
    const end = after < 1 ? all.length : last + 1 + after
    const kept = all.slice(start, end).map((line) => {
      if (!isSecret(line)) return line
      masked = true
      return `${line[0]}${shown(body(line))}${line.endsWith('\r') ? '\r' : ''}`
    })
    const cut = all.length - end
    const [oldCount, newCount] = [oldLines - start - cut, newLines - start - cut]
    // A side of no lines is said to begin one line before.
    const [oldAt, newAt] = [oldStart + start - (oldCount === 0 ? 1 : 0), newStart + start - (newCount === 0 ? 1 : 0)]
    return [`@@ -${oldAt},${oldCount} +${newAt},${newCount} @@`, ...kept]
  })
  return { lines, masked }
}

const body = (line: string): string => line.slice(1).replace(/\r$/, '')
