import type { Edit } from '../../contracts/edit.ts'
import type { Place, Problem } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'

/** Who installs. `container`: a Dockerfile does, and its `pip install` lines are read. */
export type PackageManager = 'pip' | 'pipenv' | 'poetry' | 'uv' | 'container'

/**
 * What part a file plays in the deploy:
 * - `install`: the build installs from it, directly or through `-r`;
 * - `constraint`: taken in by `-c`, restrains versions and installs nothing;
 * - `lock`: the exact set the build installs;
 * - `manifest`: what a lock was made from (Pipfile, pyproject.toml), itself not installed;
 * - `dev`: a requirements file or group that by its name serves development, tests or documentation only;
 * - `other`: a requirements file that nothing the deploy runs refers to.
 */
export type FileRole = 'install' | 'constraint' | 'lock' | 'manifest' | 'dev' | 'other'

export type FileFormat =
  | 'requirements'
  | 'pipfile'
  | 'pipfile.lock'
  | 'pyproject'
  | 'poetry.lock'
  | 'uv.lock'
  | 'pdm.lock'
  | 'pylock'
  | 'setup.cfg'
  | 'setup.py'
  | 'dockerfile'

/** One file that declares dependencies. */
export interface DependencyFile {
  readonly path: string
  readonly format: FileFormat
  readonly role: FileRole
  /** Lines or values its own tool rejects. */
  readonly problems: readonly Problem[]
  /** Declared in this file itself, not in what it includes. */
  readonly requirements: readonly Requirement[]
  /** The `-r`/`-c` (or Dockerfile) line through which it takes part; undefined for a starting point. */
  readonly includedBy: Place | undefined
  /** How the bytes of a requirements file read when they are not plain UTF-8: `binary` is UTF-16 without a byte order mark and the like. */
  readonly encoding?: 'utf-16' | 'undecodable' | 'binary'
  /** It names another index or a folder of packages (`--extra-index-url`, `--find-links`): releases may exist that the public index lacks. */
  readonly otherIndex?: boolean
}

/** `==4.1.0`, as written; operators as PEP 440 knows them (Poetry's `^4.1` is already turned into PEP 440). */
export interface WrittenSpecifier {
  readonly operator: '==' | '!=' | '<=' | '>=' | '<' | '>' | '~=' | '==='
  readonly version: string
}

export interface Requirement {
  /** Normalised as PEP 503 says: `channels-redis`. Empty for a URL or path that names no project. */
  readonly name: string
  readonly rawName: string
  /** Normalised. */
  readonly extras: readonly string[]
  /** All must hold; empty: any version. */
  readonly specifiers: readonly WrittenSpecifier[]
  /** The specifiers as PEP 440 text: `>=4.1,<5`. */
  readonly range: string
  /** The version when exactly one is allowed (`==4.1.0`, `===4.1.0`, a lock's entry); undefined for `==4.1.*` too. */
  readonly pin: string | undefined
  /** The marker's text, as written. */
  readonly marker: string | undefined
  /** Whether the marker holds on the dyno (Linux, CPython of the chosen version); `unknown`: it asks for an extra or something unknowable. */
  readonly applies: boolean | 'unknown'
  /** Where it is fetched from when not from the index: a URL, or a path. */
  readonly url: string | undefined
  readonly editable: boolean
  /** `sha256:…` */
  readonly hashes: readonly string[]
  /** The requirement itself, without comment and options. */
  readonly at: Place
  /** Where the version is written (specifiers, or the lock's version value); `at` when there is none. */
  readonly versionAt: Place
  /** Dependency group or optional extra it belongs to (`dev`, `test`, `default`); undefined outside such. */
  readonly group: string | undefined
  readonly role: FileRole
}

/** Why a build stops before it installs anything. */
export type ManagerProblem =
  | { readonly kind: 'several'; readonly files: readonly Place[] }
  | { readonly kind: 'pipfile-without-lock' | 'uv-without-python-version' | 'only-setup-py'; readonly at: Place }
  | { readonly kind: 'committed-virtualenv' | 'committed-heroku-folder'; readonly at: Place }

/** A file that looks as if it was meant: its path, and what it is. */
export interface DependencyNearMiss {
  readonly path: string
  readonly kind: 'is-folder' | 'misspelt' | 'folder' | 'sub-folder' | 'unlocked' | 'other-manager' | 'split'
  readonly at: Place
}

export type PythonSource =
  | 'runtime.txt'
  | '.python-version'
  | 'Pipfile.lock'
  | 'Dockerfile'
  | 'project.toml'
  | 'default'
  | 'unknown'

export type PythonProblemKind =
  | 'malformed'
  | 'misspelt-file'
  | 'end-of-life'
  | 'deprecated-version'
  | 'unknown-version'
  | 'unknown-patch'
  | 'old-patch'
  | 'runtime-txt'
  | 'none-given'
  | 'refused-file'

export interface PythonProblem {
  readonly kind: PythonProblemKind
  readonly at: Place | undefined
  /** What was written, or the name of the misspelt file. */
  readonly written: string
}

/** The Python that the build would install. */
export interface PythonVersion {
  /**
   * `3.12` or `3.12.4`: what packages are chosen for and code runs on. Undefined when it cannot be known (container without a readable
   * base image, a file that another one is mistaken for). Of a Python that the buildpack refuses, no build installs anything:
   * it is the one that the project is best given instead.
   */
  readonly version: string | undefined
  /** `3.12`, or undefined likewise. */
  readonly minor: string | undefined
  /** What is asked for, and the buildpack refuses: `3.8`, or what it cannot read. */
  readonly refused?: string | undefined
  readonly from: PythonSource
  readonly at: Place | undefined
  /** Other files that name a version but lose. */
  readonly ignored: readonly { readonly version: string; readonly at: Place }[]
  readonly problems: readonly PythonProblem[]
}

/** What is known of one distribution on the dyno. */
export interface Installed {
  readonly state: 'installed' | 'absent' | 'unknown'
  /** The line that brings it: its own, or that of the requirement that needs it. */
  readonly via: Place | undefined
  /** True when a listed requirement needs it, false when it is listed itself. */
  readonly transitive: boolean
  /** The exact version, when a pin or a lock says it. */
  readonly version: string | undefined
  /** It is fetched from a URL or path that names no version: what the index has says nothing of it. */
  readonly versionless?: boolean
  /** What pip would choose today, for a package whose releases are known; `version` when that is exact. */
  readonly expected: string | undefined
  /** Everything declared about its version, as PEP 440 text: own specifiers, constraints, what others require of it. */
  readonly range: string
  /** Others bring it, and some of what is listed has requirements nobody here knows, which may hold it back from `expected`. */
  readonly loose?: boolean
  /** Extras asked for, by whomever. */
  readonly extras: readonly string[]
}

/** What the build would install, and everything the repository says about it. */
export interface DependencySet {
  /** `none`: the build finds nothing to install from. `conflict`: it stops because of `managerProblems`. */
  readonly manager: PackageManager | 'none' | 'conflict'
  /** The file Heroku installs from (on `conflict` the one older buildpacks chose); undefined when there is none. */
  readonly source: DependencyFile | undefined
  readonly managerProblems: readonly ManagerProblem[]
  readonly nearMisses: readonly DependencyNearMiss[]
  /** The files that take part in the install: `install`, `lock` and `constraint`. */
  readonly installFiles: readonly DependencyFile[]
  /** Every dependency file of the root, {@link installFiles} first. */
  readonly files: readonly DependencyFile[]
  /** What is installed by name: requirements of `install` and `lock` files in the groups the build installs, in order; those whose marker is false on the dyno are included (see `applies`). */
  readonly requirements: readonly Requirement[]
  readonly constraints: readonly Requirement[]
  /** Requirements of `dev` and `other` files and groups: never installed, named in messages. */
  readonly elsewhere: readonly Requirement[]
  /** A lock file is what the build installs: every version is exact. */
  readonly locked: boolean
  /** On a conflict of several managers: what each would install alone, requirements.txt first. Else this set itself. */
  readonly alternatives: readonly DependencySet[]
  /** False when something is installed that we cannot see (an unreadable include, a URL, a post-compile hook that installs): nothing is then `absent`. */
  readonly complete: boolean
  readonly python: PythonVersion
  /** By distribution name, normalised or not. Follows extras and known transitive requirements; never throws. */
  installed(name: string): Installed
  /** Listed packages that may bring a distribution along, where nothing known says that they do or do not. */
  mayBring(name: string): readonly string[]
  /** Whether `import <module>` finds a distribution (top-level name of a dotted path; not for the standard library or project code). `absent` only when the distribution that provides it is known for sure. */
  moduleState(module: string): 'installed' | 'absent' | 'unknown'
  /** Distributions known to provide a top-level module, best known first; empty when we know none. */
  distributionsOf(module: string): readonly string[]
  /** Every declaration of a distribution that takes part in the install (own lines, constraints), for related places. */
  declared(name: string): readonly Requirement[]
  /** An edit that adds `requirement` (`channels-redis==4.3.0`) to what is installed; undefined when a lock or tool must do it. */
  addition(requirement: string): Edit | undefined
  /** Things that could not be known, for --verbose. */
  readonly unknowns: readonly { readonly what: Text; readonly why: Text; readonly at: Place | undefined }[]
}
