/**
 * Why `git push` leaves a path behind. `submodule`: it is inside a repository of its own that git records only as a
 * commit, and no `.gitmodules` says where to fetch it from.
 */
export type WhyAbsent = 'untracked' | 'ignored' | 'slugignored' | 'submodule'

/** The line of an ignore file that keeps a path out. */
export interface IgnoreLine {
  /** Relative to the app's root, also when it is above (`../.gitignore`); the user's own file is absolute. */
  readonly file: string
  /** 1-based. */
  readonly line: number
}

/** A file as git holds it, which is what a push carries. */
export interface Recorded {
  /** The name of its blob in hexadecimal digits: 40 for SHA-1, 64 for SHA-256. */
  readonly hash: string
  /** Bytes of the file on the disk when git last compared the two; undefined when they are the blob's own. */
  readonly size: number | undefined
}

/** What `git push heroku` carries. Paths are relative to the app's root, with `/`; files and folders. */
export interface Presence {
  /** False when nothing can be said (no repository, nothing tracked yet, a damaged index): everything is then present. */
  readonly known: boolean
  /** Whether the slug holds the path. True when it can't be told (outside the root, in a submodule that is fetched). */
  isPresent(path: string): boolean
  /** Undefined for what is present. */
  why(path: string): WhyAbsent | undefined
  /** The deciding line, for `ignored` and `slugignored`. */
  ignoredBy(path: string): IgnoreLine | undefined
  /** Whether git records a file as executable; undefined when it does not track it as a file, or nothing is known. */
  isExecutable(path: string): boolean | undefined
  /** What git holds of a file; undefined when it does not track it as a file, or nothing is known. */
  recorded(path: string): Recorded | undefined
}

/** For trees without git: everything is there. */
export const alwaysPresent: Presence = {
  known: false,
  isPresent: () => true,
  why: () => undefined,
  ignoredBy: () => undefined,
  isExecutable: () => undefined,
  recorded: () => undefined,
}
