import { lower, wildmatch } from './wildmatch.ts'

/** One pattern of an ignore file. Texts hold one byte per character. */
export interface IgnorePattern {
  /** Without `!` and the final `/`. */
  readonly glob: string
  readonly negated: boolean
  /** It ended with `/`: folders only. */
  readonly folders: boolean
  /** It has no other `/`: compared with the last name of a path. */
  readonly anywhere: boolean
  /** Number of characters before the first wildcard or backslash. */
  readonly plain: number
  /** 1-based line. */
  readonly line: number
}

/** Which line decided about a path. */
export interface Decision {
  readonly pattern: IgnorePattern
  readonly list: PatternList
}

/** The patterns of one ignore file and the folder they are relative to (`''` or ending with `/`). */
export interface PatternList {
  readonly file: string
  readonly base: string
  readonly patterns: readonly IgnorePattern[]
}

/** Reads an ignore file as git does (gitignore(5)): comments, `!`, escaped and trailing spaces, CRLF, BOM. `content` is bytes. */
export function parsePatterns(content: string): IgnorePattern[] {
  const patterns: IgnorePattern[] = []
  const lines = content.replace(/^\xef\xbb\xbf/, '').split('\n')
  for (const [index, written] of lines.entries()) {
    if (written === '' || written.startsWith('#')) continue
    const text = withoutTrailingSpaces(
      (written.endsWith('\r') ? written.slice(0, -1) : written).split('\0', 1)[0] as string,
    )
    patterns.push(patternOf(text, index + 1))
  }
  return patterns
}

function patternOf(text: string, line: number): IgnorePattern {
  const negated = text.startsWith('!')
  const body = negated ? text.slice(1) : text
  const folders = body.endsWith('/')
  const glob = folders ? body.slice(0, -1) : body
  const special = glob.search(/[*?[\\]/)
  return { glob, negated, folders, anywhere: !glob.includes('/'), plain: special < 0 ? glob.length : special, line }
}

/** A space after a backslash stays; a tab is no space. */
function withoutTrailingSpaces(text: string): string {
  let kept = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') {
      i++
      if (i === text.length) return text
      kept = i + 1
    } else if (text[i] !== ' ') kept = i + 1
  }
  return text.slice(0, kept)
}

/**
 * The last pattern that matches a path, of lists in order of increasing precedence; undefined when none does. Looks at
 * the path alone, not at the folders above it.
 */
export function decide(
  lists: readonly PatternList[],
  path: string,
  isFolder: boolean,
  foldsCase: boolean,
): Decision | undefined {
  for (let l = lists.length - 1; l >= 0; l--) {
    const list = lists[l] as PatternList
    for (let i = list.patterns.length - 1; i >= 0; i--) {
      const pattern = list.patterns[i] as IgnorePattern
      if ((isFolder || !pattern.folders) && matches(pattern, list.base, path, foldsCase)) return { pattern, list }
    }
  }
  return undefined
}

function matches({ glob, anywhere, plain }: IgnorePattern, base: string, path: string, foldsCase: boolean): boolean {
  if (anywhere) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (plain === glob.length) return same(glob, name, foldsCase)
    if (glob[0] === '*' && !/[*?[\\]/.test(glob.slice(1))) {
      return name.length >= glob.length - 1 && same(glob.slice(1), name.slice(name.length - glob.length + 1), foldsCase)
    }
    return wildmatch(glob, name, { paths: false, foldsCase })
  }
  if (!same(path.slice(0, base.length), base, foldsCase)) return false
  const start = glob[0] === '/' ? 1 : 0
  const head = glob.slice(start, Math.max(start, plain))
  const name = path.slice(base.length)
  if (!same(name.slice(0, head.length), head, foldsCase)) return false
  // The rest is compared by itself, as git does: after `a`, the stars of `a**/b` stand at the beginning.
  return wildmatch(glob.slice(start + head.length), name.slice(head.length), { paths: true, foldsCase })
}

function same(a: string, b: string, foldsCase: boolean): boolean {
  return foldsCase ? lower(a) === lower(b) : a === b
}
