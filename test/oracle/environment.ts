import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What oracles need besides Node: programs of the machine, and virtual environments, made when they are not there. */

const cache = join(import.meta.dirname, '../../.cache')

/** Ends the oracle: one line that says what is not there, exit code 2. */
export function missing(what: string): never {
  console.error(`missing: ${what}`)
  process.exit(2)
}

/** Ends the oracle unless these programs can be started. */
export function needPrograms(...names: readonly string[]): void {
  for (const name of names) {
    const { error } = spawnSync(name, ['-c', ':'], { stdio: 'ignore' })
    if (error !== undefined) missing(`the program ${name}`)
  }
}

/** Ends the oracle unless every path is there. */
export function needPaths(paths: readonly string[]): void {
  for (const path of paths) if (!existsSync(path)) missing(`the file or folder ${path}`)
}

/** How a Python is called that is at least this old and no newer than the other: the one given, those of PATH, those of pyenv. */
export function findPython(oldest: number, newest: number, given?: string): string {
  const range = `3.${oldest}${newest > oldest ? ` to 3.${newest}` : ''}`
  const fits = (program: string): boolean =>
    spawnSync(
      program,
      ['-c', `import sys, venv; sys.exit(not (3, ${oldest}) <= sys.version_info[:2] <= (3, ${newest}))`],
      {
        stdio: 'ignore',
      },
    ).status === 0
  if (given !== undefined) return fits(given) ? given : missing(`${given} is no Python ${range}`)
  const versions = join(homedir(), '.pyenv/versions')
  const installed = existsSync(versions) ? readdirSync(versions) : []
  const minors = Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i)
  const candidates = minors.flatMap((minor) => [
    `python3.${minor}`,
    ...installed.filter((name) => name.startsWith(`3.${minor}.`)).map((name) => join(versions, name, 'bin/python')),
  ])
  return [...candidates, 'python3'].find(fits) ?? missing(`a Python ${range} with venv`)
}

interface Environment {
  /** Folder below .cache. */
  readonly folder: string
  /** Requirements, exact so that two runs agree. */
  readonly packages: readonly string[]
  /** Those that are installed without what they require. */
  readonly alone?: readonly string[]
  readonly python: () => string
}

/** The `python` of a virtual environment; made anew when it is not there or its packages were others. */
export function environment({ folder, packages, alone = [], python }: Environment): string {
  const home = join(cache, folder)
  const program = join(home, 'bin/python')
  const stamp = join(home, 'packages.txt')
  const wanted = [...packages, ...alone].join('\n')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return program
  const base = python()
  console.error(`making .cache/${folder} with ${packages.length + alone.length} packages …`)
  rmSync(home, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  run(base, ['-m', 'venv', home], `a Python that can make .cache/${folder}`)
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check']
  const index = `the packages of .cache/${folder} (pip install failed: is there an index in reach?)`
  run(program, [...pip, ...packages], index)
  if (alone.length > 0) run(program, [...pip, '--no-deps', ...alone], index)
  writeFileSync(stamp, wanted)
  return program
}

function run(program: string, args: readonly string[], needed: string): void {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer }
    const last = stderr?.toString().trim().split('\n').at(-1) ?? ''
    missing(last === '' ? needed : `${needed}: ${last}`)
  }
}

/** A Python with the newest pip and packaging, for the oracles that ask those. */
export function pipPython(): string {
  const given = process.env.PIP_PYTHON
  if (given !== undefined) {
    needPrograms(given)
    return given
  }
  return environment({
    folder: 'pip-venv',
    packages: ['pip==26.3', 'packaging==26.4'],
    python: () => findPython(10, 14),
  })
}
