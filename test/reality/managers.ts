import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageManager } from './buildpack.ts'

/** Versions the buildpack installs (requirements/*.txt of v351). */
export const managerVersions: Readonly<Record<PackageManager, string>> = {
  pip: '26.2.1',
  pipenv: '2026.7.1',
  poetry: '2.4.1',
  uv: '0.12.5',
}

/** The files an installation is made of, besides those that requirements name. */
export const managerFiles: Readonly<Record<PackageManager, readonly string[]>> = {
  pip: ['requirements.txt'],
  pipenv: ['Pipfile', 'Pipfile.lock'],
  poetry: ['pyproject.toml', 'poetry.lock'],
  uv: ['pyproject.toml', 'uv.lock'],
}

/** One run of a package manager: arguments after its program, and what its environment adds. */
export interface Installation {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** How the buildpack calls a manager (lib/pipenv.sh, lib/poetry.sh, lib/uv.sh), into a virtual environment of the rig. */
export function installation(manager: PackageManager, venv: string, python: string, cache: string): Installation {
  const own = join(cache, manager)
  mkdirSync(own, { recursive: true })
  switch (manager) {
    case 'pip': {
      const requirements = ['install', '-r', 'requirements.txt', '--exists-action=w', '--no-compile']
      const quiet = ['--no-input', '--progress-bar', 'off']
      return { args: ['--python', join(venv, 'bin/python'), ...requirements, ...quiet], env: {} }
    }
    case 'pipenv':
      return {
        args: ['install', '--deploy'],
        env: {
          VIRTUAL_ENV: venv,
          PIPENV_SYSTEM: '1',
          PIPENV_VERBOSITY: '-1',
          PIPENV_NOSPIN: '1',
          PIPENV_CACHE_DIR: own,
        },
      }
    case 'poetry':
      return {
        args: ['sync', '--only', 'main', '--no-ansi', '--no-interaction'],
        env: {
          VIRTUAL_ENV: venv,
          POETRY_VIRTUALENVS_CREATE: 'false',
          POETRY_VIRTUALENVS_USE_POETRY_PYTHON: 'false',
          POETRY_CACHE_DIR: own,
        },
      }
    case 'uv':
      return {
        args: ['sync', '--locked', '--no-default-groups', '--no-progress', '--color', 'never'],
        env: {
          UV_PROJECT_ENVIRONMENT: venv,
          UV_PYTHON: python,
          UV_NO_MANAGED_PYTHON: '1',
          UV_PYTHON_DOWNLOADS: 'never',
          UV_CACHE_DIR: own,
        },
      }
  }
}

/** The line that says why a manager other than pip gave up. */
export function refusal(log: string): string {
  const lines = log.split('\n').map((line) => line.trim())
  const told = lines.find((line) => /out of date|changed significantly|needs to be updated|^error:|ERROR/iu.test(line))
  const line = told ?? lines.findLast((one) => one !== '') ?? ''
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
