import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the Python buildpack (v351, 2026-08-18) decides from the names and first lines of a project's files, written down
 * from its own scripts bin/detect, lib/package_manager.sh, lib/python_version.sh, lib/checks.sh and bin/steps/collectstatic.
 */

/** `failure` is the sentence the build ends with. */
export type Decision<Value> = { readonly failure: string } | { readonly value: Value }

export type PackageManager = 'pip' | 'pipenv' | 'poetry' | 'uv'

export interface PythonChoice {
  /** `3.12` or `3.12.7`. */
  readonly version: string
  readonly origin: 'runtime.txt' | '.python-version' | 'Pipfile.lock' | 'default'
}

/** Any of these in the root makes a folder a Python project. */
const pythonProject = [
  ...['.python-version', '__init__.py', 'app.py', 'main.py', 'manage.py', 'pdm.lock', 'Pipfile', 'Pipfile.lock'],
  ...['poetry.lock', 'pyproject.toml', 'requirements.txt', 'runtime.txt', 'server.py', 'setup.cfg', 'setup.py'],
  ...['uv.lock', 'requeriments.txt', 'requirement.txt', 'requirements', 'requirements.text', 'Requirements.txt'],
  ...['requirements.txt.txt', 'requirments.txt', '__pycache__', '.venv', 'venv'],
]

const misspeltVersionFiles = [
  ...[' .python-version', '. python-version', '.python_version.txt', '.python_version', '.python-version '],
  ...[',python-version', '.python-version.', '.python-version.py', '.python-version.rtf', '.python-version.txt'],
  ...['.python-version.TXT', '.Python-version', '.python.version', '.pythonversion', "'.python-version'"],
  ...['python_version.txt', 'python_version', 'python-version.', 'python-version.txt', 'python-version'],
]

const managers: readonly (readonly [string, PackageManager])[] = [
  ['Pipfile.lock', 'pipenv'],
  ['requirements.txt', 'pip'],
  ['poetry.lock', 'poetry'],
  ['uv.lock', 'uv'],
]

const number = '(?:0|[1-9][0-9]*)'
const versionForm = `${number}\\.${number}(?:\\.${number})?`

/** bin/detect and lib/package_manager.sh, lib/checks.sh. */
export function packageManagerOf(root: string): Decision<PackageManager> {
  if (!pythonProject.some((name) => existsSync(join(root, name)))) {
    return { failure: "Error: we couldn't find any supported Python project files." }
  }
  if (existsSync(join(root, '.heroku/python'))) return { failure: "Error: Existing '.heroku/python/' directory found." }
  const found = managers.filter(([name]) => isFile(root, name))
  if (!isFile(root, 'Pipfile.lock') && isFile(root, 'Pipfile')) return { failure: "Error: No 'Pipfile.lock' found!" }
  const [first, second] = found
  if (first === undefined) {
    if (isFile(root, 'setup.py')) return { failure: 'Error: Implicit setup.py file support has been sunset.' }
    return { failure: "Error: Couldn't find any supported Python package manager files." }
  }
  if (second !== undefined) {
    const names = found.map(([name]) => name).join(', ')
    return { failure: `Error: Multiple Python package manager files were found. (${names})` }
  }
  for (const name of ['.venv', 'venv']) {
    if (isFile(root, `${name}/pyvenv.cfg`)) return { failure: `Error: Existing '${name}/' directory found.` }
  }
  return { value: first[1] }
}

/** lib/python_version.sh. A build is taken to be the app's first: no version is remembered from an earlier one. */
export function pythonOf(root: string, manager: PackageManager): Decision<PythonChoice> {
  const read = requested(root, manager)
  if ('failure' in read) return read
  const { version, origin } = read.value
  const [major, minor] = version.split('.').map(Number) as [number, number]
  if (major < 3 || (major === 3 && minor < 10)) {
    return { failure: `Error: The requested Python version has reached end-of-life. (${version})` }
  }
  if (major > 3 || minor > 14) return { failure: `Error: The requested Python version isn't recognised. (${version})` }
  if (manager === 'uv' && origin === 'default') return { failure: 'Error: No Python version was specified. (uv)' }
  if (manager === 'uv' && origin === 'runtime.txt') {
    return { failure: "Error: The runtime.txt file isn't supported when using uv." }
  }
  return read
}

function requested(root: string, manager: PackageManager): Decision<PythonChoice> {
  if (isFile(root, 'runtime.txt')) {
    const text = versionLines(root, 'runtime.txt').join('\n')
    const version = new RegExp(`^python-(${versionForm})$`, 'u').exec(text)?.[1]
    if (version === undefined) return { failure: 'Error: Invalid Python version in runtime.txt.' }
    return { value: { version, origin: 'runtime.txt' } }
  }
  const misspelt = misspeltVersionFiles.find((name) => isFile(root, name))
  if (misspelt !== undefined) {
    return { failure: `Error: Your .python-version file is spelled incorrectly. (${misspelt})` }
  }
  if (isFile(root, '.python-version')) {
    const lines = versionLines(root, '.python-version')
    if (lines.some((line) => !new RegExp(`^${versionForm}$`, 'u').test(line))) {
      return { failure: 'Error: Invalid Python version in .python-version.' }
    }
    if (lines.length > 1) return { failure: 'Error: Invalid Python version in .python-version. (multiple versions)' }
    if (lines[0] === undefined) return { failure: 'Error: Invalid Python version in .python-version. (no version)' }
    return { value: { version: lines[0], origin: '.python-version' } }
  }
  if (manager === 'pipenv') {
    const locked = lockedPython(root)
    if (locked !== undefined) return locked
  }
  return { value: { version: '3.14', origin: 'default' } }
}

function lockedPython(root: string): Decision<PythonChoice> | undefined {
  try {
    const lock = JSON.parse(readFileSync(join(root, 'Pipfile.lock'), 'utf8')) as {
      _meta?: { requires?: { python_full_version?: string; python_version?: string } }
    }
    const version = lock._meta?.requires?.python_full_version ?? lock._meta?.requires?.python_version
    if (version === undefined) return undefined
    if (!new RegExp(`^${versionForm}$`, 'u').test(version)) {
      return { failure: 'Error: Invalid Python version in Pipfile.lock.' }
    }
    return { value: { version, origin: 'Pipfile.lock' } }
  } catch {
    return { failure: "Error: Can't parse Pipfile.lock." }
  }
}

/** The lines of a version file without comments, blank ones and white space around; bytes, so a mark at the start stays. */
function versionLines(root: string, name: string): string[] {
  return readFileSync(join(root, name), 'latin1')
    .split('\n')
    .map((line) => line.replace(/^[ \t\r\v\f]+|[ \t\r\v\f]+$/gu, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** The manage.py that collectstatic is run with: the shallowest down to three levels; undefined: collectstatic is skipped. */
export function managePyOf(root: string): string | undefined {
  const found: string[] = []
  const walk = (folder: string, depth: number): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isFile() && entry.name === 'manage.py') found.push(path)
      if (entry.isDirectory() && depth < 3) walk(path, depth + 1)
    }
  }
  walk('', 1)
  return found.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0]
}

function isFile(root: string, name: string): boolean {
  return statSync(join(root, name), { throwIfNoEntry: false })?.isFile() === true
}
