import picomatch from 'picomatch'
import { globsOfPaths } from './globs.ts'

/**
 * Whether a path, relative to the root, is one that a glob names, or below a folder that it names. Only for globs that can
 * be followed.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const patterns = globsOfPaths(glob).map((pattern) => picomatch(pattern, { dot: true, windows: false }))
  return (path) => patterns.some((matches) => matches(path))
}
