import type { Place } from '../../contracts/place.ts'

/** A manage.py: the first one (shallowest, then by name) is the one the buildpack runs collectstatic with. */
export interface ManageFile {
  readonly path: string
  /** Folder it stands in, `''` for the root: Python puts it first on sys.path. */
  readonly folder: string
}

/** A module that looks like Django settings: it binds INSTALLED_APPS, or its name says so. */
export interface SettingsFile {
  readonly path: string
  /** Dotted name from the folder of its outermost package. */
  readonly module: string
  /** The folder that must be on sys.path for `module`. */
  readonly root: string
}

/** What kind of file a folder holds that names DJANGO_SETTINGS_MODULE. */
export type EntryKind = 'manage' | 'asgi' | 'wsgi' | 'celery' | 'other'

/** A line that gives DJANGO_SETTINGS_MODULE a plain text: `os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'x.settings')`. */
export interface SettingsDefault {
  readonly kind: EntryKind
  readonly file: string
  readonly module: string
  /** The text with its quotes. */
  readonly at: Place
  /** An assignment wins over a config var; a setdefault does not. */
  readonly how: 'assign' | 'setdefault'
}

/** What stands where in the repository, without running anything. Lazy; the walk is bounded and skips vendored and built trees. */
export interface Project {
  /** Every manage.py to depth 3, shallowest first. */
  readonly manage: readonly ManageFile[]
  /** Python files of the project, in path order; venvs, site-packages, node_modules, migrations of others … are skipped. */
  readonly python: readonly string[]
  /** The walk met its bound: absence proves nothing. */
  readonly bounded: boolean
  /** Candidates for the settings module, the likeliest first. */
  readonly settings: readonly SettingsFile[]
  /** Every default given to DJANGO_SETTINGS_MODULE in manage.py, asgi.py, wsgi.py, celery.py and package `__init__`s. */
  readonly defaults: readonly SettingsDefault[]
  /** The file that `import module` loads from these folders, as Python searches: a package's `__init__`, a module, a namespace folder. */
  resolve(module: string, searchPath: readonly string[]): ResolvedModule | undefined
}

export interface ResolvedModule {
  readonly kind: 'module' | 'package' | 'namespace'
  /** The `.py` file; for a namespace the folder. */
  readonly file: string
  /** The entry of the search path it was found in. */
  readonly root: string
}
