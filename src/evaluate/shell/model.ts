import type { Place } from '../../contracts/place.ts'
import type { EnvironmentChange, ProcessEnvironment } from '../environment.ts'
import type { Part } from '../parts.ts'

/** A piece of a word: known text or a hole, and where it was written. */
export interface Piece {
  readonly part: Part
  readonly at: Place
  /** The known text stands at `at` character by character, so that offsets inside it can be computed. */
  readonly verbatim: boolean
}

/** One word of an argument vector after expansion. */
export interface Word {
  /** Known text and holes, joined (no two known texts adjacent). `$PORT` is a hole whose variable is `PORT`. */
  readonly parts: readonly Part[]
  readonly pieces: readonly Piece[]
  /** The word as written, quotes included. */
  readonly at: Place
  /** An unquoted expansion of something unknown: it may become no word or several. */
  readonly splits: boolean
}

/** A program that runs the rest of its arguments: `newrelic-admin run-program`, `poetry run`, `env`, `nice` … */
export interface Wrapper {
  readonly name: string
  readonly at: Place
  /** It listens on $PORT itself (heroku-buildpack-nginx): what the server binds is not the dyno's port. */
  readonly ownsPort: boolean
}

export interface Redirection {
  readonly operator: string
  readonly target: Word | undefined
  readonly at: Place
}

/** A program the process starts. Builtins (cd, export, set, test …) are not steps: they act on the steps that follow. */
export interface Step {
  /** After wrappers were taken off: the program that does the work. Never empty. */
  readonly argv: readonly Word[]
  /** What the shell executes: wrappers included. */
  readonly fullArgv: readonly Word[]
  readonly wrappers: readonly Wrapper[]
  /** The command in the file where it stands. */
  readonly at: Place
  /** Working directory relative to the root (`''` = root); undefined when it is unknown or outside the app. */
  readonly cwd: string | undefined
  /** The working directory on the dyno, e.g. `/app/backend`; undefined when it is unknown. */
  readonly folder: string | undefined
  /** The path in the tree of an absolute path on the dyno; undefined when it lies outside the app. */
  toTree(path: string): string | undefined
  /** Assignments, exports and unsets in force, later wins. */
  readonly changes: readonly EnvironmentChange[]
  /** The environment the program sees. */
  readonly environment: ProcessEnvironment
  readonly redirects: readonly Redirection[]
  /** Started with `&` (itself or a list around it). */
  readonly background: boolean
  /** Started by a process manager: one in the foreground starts it again or ends with it, a daemon lets the shell end. */
  readonly manager: 'foreground' | 'daemon' | undefined
  /** It replaces the shell: nothing after it runs. */
  readonly exec: boolean
  /** Runs only when an earlier command of unknown outcome fails (`a || b`). */
  readonly fallback: boolean
  /** When it fails, the process fails: nothing follows it whose status counts instead, or `set -e` ends the script. */
  readonly decides: boolean
  /** When it fails, the shell goes on as if nothing had happened: `a || true`, `a; b`, `if a; then …; else echo …; fi`. */
  readonly spared: boolean
  /** Inside a loop whose number of turns is unknown. */
  readonly loop: boolean
  /** One side of a pipe. */
  readonly piped: boolean
  /** Inside `$(…)`: its output becomes part of a command. */
  readonly captured: boolean
  /** From the process's own command through scripts to here, outermost first: each the command that led on. */
  readonly chain: readonly Place[]
}

/** What a process writes to its log before a program of the project's does, where nothing takes it elsewhere. */
export interface Printed {
  /** `environment`: every variable with its value. */
  readonly what: readonly Piece[] | 'environment'
  readonly at: Place
  /** What `set -x` writes of a command, and where that was said. */
  readonly tracedBy?: Place
}

/** A program that is looked up on the PATH: the wrapper in front, what starts others, the one that does the work. */
export interface NamedProgram {
  /** As written, without a `/`. */
  readonly name: string
  readonly at: Place
  readonly fallback: boolean
  readonly captured: boolean
  readonly background: boolean
}

/**
 * A folder, script or Makefile the process needs that is not in the repository: what needed it fails. `mode`: a script is
 * there, and git does not record it as executable. `line-ends`: the lines of a script that a shell reads end with carriage
 * returns. `interpreter`: its first line ends with a carriage return, which belongs to
 * the program's name then.
 */
export interface MissingFile {
  readonly kind: 'folder' | 'script' | 'target' | 'mode' | 'interpreter' | 'line-ends'
  /** Relative to the root. */
  readonly path: string
  readonly at: Place
}
