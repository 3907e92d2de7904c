import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

/** One Django project inside a repository, as the oracle runs it. Paths are relative to `folder`, with `/`. */
export interface Project {
  readonly name: string
  readonly folder: string
  /** Where manage.py is: the working directory and the first entry of sys.path. */
  readonly base: string
  /** Settings modules, the one that manage.py, asgi.py or wsgi.py names first. */
  readonly modules: readonly string[]
  /** Exact versions the repository asks for, by normalised name. */
  readonly pins: ReadonlyMap<string, string>
  /** Top-level modules without a real package, which get a stand-in. */
  readonly stubs: readonly string[]
  /** Files and folders that git does not track, so that the dyno would not have them. */
  readonly untracked: readonly string[]
}

const skippedFolders = new Set([
  '.git',
  'node_modules',
  'venv',
  'env',
  '.venv',
  'site-packages',
  '__pycache__',
  'static',
])

function walk(folder: string, visit: (path: string) => void, depth = 0): void {
  if (depth > 6) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) walk(join(folder, entry.name), visit, depth + 1)
    else if (entry.isFile()) visit(join(folder, entry.name))
  }
}

/** The projects of a repository: one per manage.py (at most two), else one at its top. */
export function projectsOf(folder: string, environment: PackageNames): Project[] {
  const files: string[] = []
  walk(folder, (path) => files.push(relative(folder, path)))
  const bases = files
    .filter((path) => basename(path) === 'manage.py')
    .map((path) => dirname(path))
    .sort((a, b) => a.split('/').length - b.split('/').length)
  // A manage.py that adds `src` to sys.path means the modules there.
  const extra = bases.flatMap((base) => (existsSync(join(folder, base, 'src/settings')) ? [join(base, 'src')] : []))
  const untracked = untrackedBy(folder)
  const pins = pinsOf(folder, files)
  const projects = (bases.length === 0 ? ['.'] : [...bases.slice(0, 2), ...extra]).map((base): Project => {
    const modules = settingsModules(folder, base, files)
    const name = basename(folder) + (bases.length + extra.length > 1 && base !== '.' ? ':' + base : '')
    return { name, folder, base, modules, pins, stubs: stubsOf(folder, base, files, pins, environment), untracked }
  })
  return projects.filter(({ modules }) => modules.length > 0)
}

function untrackedBy(folder: string): string[] {
  const out: string[] = existsSync(join(folder, '.git')) ? ['.git'] : []
  try {
    const args = ['-C', folder, 'ls-files', '--others', '--directory', '-z']
    const text = execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    out.push(...text.split('\0').filter((path) => path !== ''))
  } catch {}
  return out
}

/**
 * Dotted modules below `base` that hold something: those DJANGO_SETTINGS_MODULE is set to somewhere, then their siblings;
 * without any, whatever is called settings.
 */
function settingsModules(folder: string, base: string, files: readonly string[]): string[] {
  const found: string[] = []
  const inside = files
    .filter((path) => base === '.' || path.startsWith(base + '/'))
    .map((path) => relative(join(folder, base), join(folder, path)))
  const fileOf = (module: string): string | undefined =>
    [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__init__.py`].find((path) =>
      inside.includes(path),
    )
  const add = (module: string): void => {
    const file = fileOf(module)
    const isEmpty = file === undefined || statSync(join(folder, base, file)).size === 0
    if (!isEmpty && !found.includes(module)) found.push(module)
  }
  const moduleOf = (path: string): string => path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.')
  const named: string[] = []
  const starters = inside
    .filter((path) => /^(manage|asgi|wsgi|celery)\.py$/.test(basename(path)))
    .sort((a, b) => Number(basename(b) === 'manage.py') - Number(basename(a) === 'manage.py'))
  for (const path of starters) {
    const text = readFileSync(join(folder, base, path), 'utf8')
    for (const [, module] of text.matchAll(/DJANGO_SETTINGS_MODULE['"]\s*[,\]=)]+\s*=?\s*['"]([\w.-]+)['"]/g)) {
      named.push(module as string)
    }
  }
  for (const module of named) add(module)
  for (const module of named) {
    const file = fileOf(module)
    if (file === undefined) continue
    for (const path of inside.filter((other) => dirname(other) === dirname(file)).sort()) {
      const name = basename(path, '.py')
      const isSettings = /settings/.test(name) || (/settings/.test(dirname(path)) && variants.test(name))
      if (path.endsWith('.py') && isSettings && name !== '__init__') add(moduleOf(path))
    }
  }
  if (found.length === 0) {
    const loose = inside.filter((path) => /(^|\/)settings(\.py|\/\w+\.py)$/.test(path) && path.split('/').length <= 3)
    for (const path of loose.sort()) if (basename(path) !== '__init__.py') add(moduleOf(path))
  }
  return found.slice(0, 5)
}

const variants = /^(prod.*|heroku.*|staging|dev.*|local|common|base|test)$/

function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** `name==version` and bare names of everything that looks like a list of requirements. */
function pinsOf(folder: string, files: readonly string[]): Map<string, string> {
  const pins = new Map<string, string>()
  const lists = files.filter((path) =>
    /(^|\/)(requirements[^/]*\.txt|requirements\/[^/]*\.txt|Pipfile|Pipfile\.lock|pyproject\.toml|poetry\.lock|uv\.lock)$/.test(
      path,
    ),
  )
  for (const path of lists.sort((a, b) => a.split('/').length - b.split('/').length)) {
    const bytes = readFileSync(join(folder, path))
    const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString('utf8')
    for (const line of text.split(/\r?\n/)) {
      const match =
        line.match(/^\s*"?([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*(?:==\s*"?([\w.!+]+))/) ??
        line.match(/^\s*"?([A-Za-z][\w.-]*)"?\s*[=:]\s*"==?([\w.!+]+)"/) ??
        line.match(/^\s*["']?([A-Za-z][\w.-]*)/)
      if (match?.[1] === undefined) continue
      const name = normalise(match[1])
      if ((pins.get(name) ?? '') === '') pins.set(name, match[2] ?? '')
    }
  }
  return pins
}

/** What the Python side can import for real. */
export interface PackageNames {
  readonly standard: ReadonlySet<string>
  /** Top-level modules of the venv. */
  readonly real: ReadonlySet<string>
}

const looksLocal = /local|settings|secret|config|keys|credential|^env|_env/i

/**
 * Modules the project's code imports that are neither its own, nor the standard library's, nor in the venv. One that
 * names no requirement and sounds like a file left out of git is not given a stand-in: it is absent.
 */
function stubsOf(
  folder: string,
  base: string,
  files: readonly string[],
  pins: ReadonlyMap<string, string>,
  { standard, real }: PackageNames,
): string[] {
  const stubs = new Set<string>()
  const own = (name: string): boolean =>
    [base, '.'].some((at) => existsSync(join(folder, at, name)) || existsSync(join(folder, at, name + '.py')))
  for (const path of files) {
    if (!path.endsWith('.py')) continue
    const text = readFileSync(join(folder, path), 'utf8')
    for (const [, list] of text.matchAll(/^[ \t]*(?:from[ \t]+([\w]+)[\w.]*[ \t]+import|import[ \t]+[\w., \t]+)/gm)) {
      if (list !== undefined) stubs.add(list)
    }
    for (const [, list] of text.matchAll(/^[ \t]*import[ \t]+([^\n#(]+)/gm)) {
      for (const item of (list as string).split(',')) stubs.add((item.trim().split(/[.\s]/)[0] ?? '').trim())
    }
  }
  const isStub = (name: string): boolean => {
    if (!/^[A-Za-z]\w*$/.test(name) || standard.has(name) || real.has(name) || own(name)) return false
    return pins.has(normalise(name)) || !looksLocal.test(name)
  }
  return [...stubs].filter(isStub).sort()
}
