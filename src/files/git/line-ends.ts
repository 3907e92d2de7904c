import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { toBytes } from '../ignore/gitignore.ts'
import { decide, type PatternList, parsePatterns } from '../ignore/patterns.ts'
import type { Presence, Recorded } from '../present.ts'
import { type FileTree, readText, type SourceFile } from '../tree.ts'

/** What becomes of a file's carriage returns on the way into git. */
export type LineEnds = 'kept' | 'converted' | 'unknown'

/**
 * Whether git holds a file, which has carriage returns on the disk, with line feeds alone (gitattributes(5), "text"). What git
 * already holds answers first: an attribute converts when a file is added, never what was committed before, and `text=auto`
 * leaves a file alone that git holds with carriage returns. Then .gitattributes does. Without either, `core.autocrlf` of whoever
 * commits decides, which no file of the project says: `kept`, as git does by default.
 */
export function lineEndsInGit(tree: FileTree, file: SourceFile, presence: Presence): LineEnds {
  const conversion = conversionOf(tree, file.path)
  const recorded = presence.recorded(file.path)
  if (recorded === undefined) {
    // A new file is converted when it is added; where nobody knows what git holds, it may be none.
    if (conversion === 'auto') return presence.known ? 'converted' : 'unknown'
    return conversion === 'always' ? 'converted' : 'kept'
  }
  if (isBlob(recorded, file.bytes)) return 'kept'
  if (isBlob(recorded, withoutReturns(file.bytes))) {
    // Of one size since git compared them: the carriage returns came with the checkout, and an addition takes them out again.
    return conversion === 'never' || (conversion === undefined && recorded.size !== file.bytes.length)
      ? 'kept'
      : 'converted'
  }
  // Changed since: `text=auto` then asks whether what git holds has carriage returns.
  return conversion === 'auto' ? 'unknown' : conversion === 'always' ? 'converted' : 'kept'
}

/** Whether git names these bytes so: the hash of `blob`, their number, a zero and themselves (gitformat-pack(5) calls it the object name). */
function isBlob({ hash }: Recorded, bytes: Uint8Array): boolean {
  const object = concatBytes(utf8ToBytes(`blob ${bytes.length}\0`), bytes)
  return bytesToHex(hash.length === 64 ? sha256(object) : sha1(object)) === hash
}

/** The bytes with each carriage return left out that stands before a line feed. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => byte !== 13 || bytes[at + 1] !== 10)
}

/**
 * Whether .gitattributes has git write line feeds into the repository when a file is added: `text` or `eol`, `text=auto`, or
 * `-text`; undefined: it says nothing. Files of deeper folders win over shallower ones, later lines over earlier ones.
 */
export function conversionOf(tree: FileTree, path: string): 'always' | 'auto' | 'never' | undefined {
  const states = statesOf(tree, path)
  const text = asText(states.get('text')) ?? asText(states.get('crlf'))
  return text ?? (/^(?:lf|crlf)$/.test(states.get('eol') ?? '') ? 'always' : undefined)
}

/** What a value of `text` says, or of `crlf`, its older name; any other value says nothing (convert.c, git_path_check_crlf). */
function asText(value: string | undefined): 'always' | 'auto' | 'never' | undefined {
  if (value === 'set' || value === 'input') return 'always'
  return value === 'auto' ? 'auto' : value === 'unset' ? 'never' : undefined
}

/** What is said of each attribute of a file: `set`, `unset`, or its value. Unspecified ones (`!text`) are left out. */
function statesOf(tree: FileTree, path: string): ReadonlyMap<string, string> {
  const states = new Map<string, string>()
  const macros = new Map([['binary', ['-diff', '-merge', '-text']]])
  for (const folder of foldersAbove(path)) {
    const base = folder === '' ? '' : `${folder}/`
    const content = readText(tree, `${base}.gitattributes`)?.text ?? ''
    for (const line of content.split('\n')) {
      const [pattern = '', ...attributes] = line.trim().split(/\s+/)
      if (pattern === '' || pattern.startsWith('#')) continue
      if (pattern.startsWith('[attr]')) {
        // Macros are defined at the top alone.
        if (folder === '') macros.set(pattern.slice('[attr]'.length), attributes)
        continue
      }
      const list: PatternList = {
        file: `${base}.gitattributes`,
        base: toBytes(base),
        patterns: parsePatterns(toBytes(pattern)),
      }
      if (decide([list], toBytes(path), false, false) === undefined) continue
      for (const attribute of attributes) state(states, attribute, macros, 0)
    }
  }
  return states
}

function state(
  states: Map<string, string>,
  written: string,
  macros: ReadonlyMap<string, readonly string[]>,
  depth: number,
): void {
  if (written.startsWith('!')) states.delete(written.slice(1))
  else if (written.startsWith('-')) states.set(written.slice(1), 'unset')
  else {
    const [name = '', value = 'set'] = written.split('=')
    states.set(name, value)
    if (value !== 'set' || depth > 8) return
    for (const one of macros.get(name) ?? []) state(states, one, macros, depth + 1)
  }
}

/** `''`, `bin`, `bin/hooks` of `bin/hooks/start`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, i) => parts.slice(0, i + 1).join('/'))]
}
