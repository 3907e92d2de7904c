import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface Python {
  readonly program: string
  /** `3.12.1` */
  readonly version: string
}

const known = new Map<string, Python | undefined>()

/**
 * An interpreter of this machine for `3.12` (also of `3.12.7`: the patch is not looked at). Searched on the PATH, then
 * among pyenv's. Undefined: there is none.
 */
export function findPython(version: string): Python | undefined {
  const minor = version.split('.').slice(0, 2).join('.')
  if (!known.has(minor)) known.set(minor, search(minor))
  return known.get(minor)
}

/** The newest interpreter the buildpack would still offer: it stands in for the default version, which is newer. */
export function newestPython(): Python | undefined {
  return ['3.14', '3.13', '3.12', '3.11'].map(findPython).find((python) => python !== undefined)
}

function search(minor: string): Python | undefined {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions')
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...(existsSync(pyenv) ? readdirSync(pyenv).map((name) => join(pyenv, name, 'bin')) : []),
  ]
  for (const folder of folders) {
    const program = join(folder, `python${minor}`)
    if (!existsSync(program)) continue
    try {
      // A shim of pyenv exists for every version and fails for those not chosen.
      const version = execFileSync(program, ['-c', 'import sys; print(sys.version.split()[0])'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
      if (version.startsWith(`${minor}.`)) return { program, version }
    } catch {
      // Not this one.
    }
  }
  return undefined
}
