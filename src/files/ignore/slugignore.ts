import { decide, type IgnorePattern, parsePatterns } from './patterns.ts'
import { wildmatch } from './wildmatch.ts'

/**
 * What a `.slugignore` removes between push and build (classic Heroku only). The documentation calls its format
 * `.gitignore`'s without negation; the slug compiler that Heroku published reads each word as a Ruby glob instead, so
 * that `docs/` means the root's folder alone and `*` no dot file. Only what both readings remove is surely gone.
 *
 * Sources: Dev Center, "Slug Compiler", "Ignoring files with .slugignore"; github.com/heroku/slug-compiler,
 * `prune_slugignore` (still the code of the platform's builder in 2021: github.com/CGA1123/slugcmplr/pull/18).
 */
export interface SlugIgnore {
  /** 1-based line that removes a file of the push; undefined when it stays or the readings disagree. */
  removes(path: string): number | undefined
}

/** Content and paths hold one byte per character. */
export function slugIgnore(content: string): SlugIgnore {
  const patterns = parsePatterns(content).filter(({ negated }) => !negated)
  const globs = globsOf(content)
  return {
    removes(path) {
      const pattern = removedAsDocumented(patterns, path)
      return pattern !== undefined && removedByCompiler(globs, path) ? pattern.line : undefined
    },
  }
}

/** The pattern that removes a file, or a folder it is in, as `.gitignore` would read it. */
export function removedAsDocumented(patterns: readonly IgnorePattern[], path: string): IgnorePattern | undefined {
  const lists = [{ file: '.slugignore', base: '', patterns }]
  for (const end of ends(path)) {
    const decision = decide(lists, path.slice(0, end), end < path.length, false)
    if (decision !== undefined) return decision.pattern
  }
  return undefined
}

interface Glob {
  readonly segments: readonly string[]
  readonly folders: boolean
}

/** Every word up to a `#` is a glob; one without `/` counts in every folder. */
export function globsOf(content: string): Glob[] {
  return content.split(/[\s\0]+/).flatMap((word) => {
    const glob = word.split('#', 1)[0] as string
    // `.gitignore` knows no braces, and `..` leaves the app: where the readings can't agree there is nothing to match.
    if (glob === '' || /[{}]/.test(glob)) return []
    const segments = glob.split('/').filter((segment) => segment !== '' && segment !== '.')
    if (segments.length === 0 || segments.includes('..')) return []
    return [{ segments: glob.includes('/') ? segments : ['**', ...segments], folders: glob.endsWith('/') }]
  })
}

export function removedByCompiler(globs: readonly Glob[], path: string): boolean {
  for (const end of ends(path)) {
    const names = path.slice(0, end).split('/')
    const isFolder = end < path.length
    if (globs.some(({ segments, folders }) => (isFolder || !folders) && globMatches(segments, names))) return true
  }
  return false
}

/** Where each folder of a path ends, then the path itself. */
function ends(path: string): number[] {
  return [...[...path.matchAll(/\//g)].map(({ index }) => index), path.length]
}

/** As Ruby's `Dir.glob`: `**` before a `/` stands for any folders but hidden ones, elsewhere it is a `*`. */
function globMatches(segments: readonly string[], names: readonly string[]): boolean {
  const [segment, ...rest] = segments
  const [name, ...others] = names
  if (segment === undefined) return name === undefined
  if (segment === '**' && rest.length > 0) {
    return globMatches(rest, names) || (name !== undefined && !name.startsWith('.') && globMatches(segments, others))
  }
  return name !== undefined && nameMatches(segment, name) && globMatches(rest, others)
}

function nameMatches(segment: string, name: string): boolean {
  // Wildcards match no leading dot.
  if (name.startsWith('.') && !/^\\?\./.test(segment)) return false
  return wildmatch(segment, name, { paths: true, foldsCase: false })
}
