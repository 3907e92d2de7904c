import type { Place } from '../../contracts/place.ts'
import { readText } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { at, textOf } from '../../syntax/data.ts'
import { contains, parseSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import { parseToml } from '../../syntax/toml/toml.ts'
import type { App } from '../app.ts'
import { poetrySpecifiers } from './poetry.ts'
import { pythonSupport } from './python-version.ts'

/**
 * What the project says of its Python, and the build's Python is not: `uv sync` (uv 0.9) and `poetry sync` (Poetry 2.4.1, env_manager.py,
 * and run with a lock file of Python 3.10.4 under 3.14) ask it before they install anything.
 */
export interface ExcludedPython {
  readonly manager: 'uv' | 'poetry'
  /** `>=3.13,<3.14`, `^3.11` */
  readonly requires: string
  readonly at: Place
}

type Source = readonly [file: string, path: readonly string[], read: (text: string) => readonly Specifier[] | undefined]

/** Where each of them looks; the first that is there counts. Poetry takes its own table before the standard one. */
const sources: Readonly<Record<ExcludedPython['manager'], readonly Source[]>> = {
  uv: [
    ['pyproject.toml', ['project', 'requires-python'], parseSpecifiers],
    ['uv.lock', ['requires-python'], parseSpecifiers],
  ],
  poetry: [
    ['pyproject.toml', ['tool', 'poetry', 'dependencies', 'python'], poetrySpecifiers],
    ['pyproject.toml', ['project', 'requires-python'], parseSpecifiers],
  ],
}

/**
 * Where the build's Python is excluded, Poetry looks for another one on PATH and goes on with it; on the stacks heroku-22, heroku-24 and
 * heroku-26 that is the Python of Ubuntu (heroku/base-images, installed-packages-amd64.txt of the build images).
 */
const pythonsOfStacks = ['3.10.12', '3.12.3', '3.14.0', '3.14.4']

const answers = new WeakMap<App, { readonly is: ExcludedPython | undefined }>()

/** Undefined when the project admits the Python of its build by uv or Poetry, or what it says cannot be read. */
export function excludedPython(app: App): ExcludedPython | undefined {
  return getOrInsert(answers, app, () => ({ is: excluded(app) })).is
}

function excluded(app: App): ExcludedPython | undefined {
  const { python, manager } = app.dependencies
  if ((manager !== 'uv' && manager !== 'poetry') || python.version === undefined) return undefined
  const [, minor, patch] = python.version.split('.')
  const installed = patch === undefined ? `3.${minor}.${pythonSupport.patches[Number(minor)] ?? 0}` : python.version
  for (const [file, path, read] of sources[manager]) {
    const node = at(parseToml(readText(app.tree, file)?.text ?? '').root, ...path)
    const requires = textOf(node)
    const specifiers = requires === undefined ? undefined : read(requires)
    if (node === undefined || requires === undefined || specifiers === undefined) continue
    const others = manager === 'poetry' ? pythonsOfStacks : []
    if (![installed, ...others].some((version) => contains(specifiers, version)))
      return { manager, requires, at: { file, span: node.span } }
    // What uv.lock says may be narrower; Poetry reads one of the two alone.
    if (manager === 'poetry') return undefined
  }
  return undefined
}
