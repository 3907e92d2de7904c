import type { Place } from '../../contracts/place.ts'
import type { Presence } from '../../files/present.ts'
import type { FileTree } from '../../files/tree.ts'
import type { DependencyFile, DependencyNearMiss, DependencySet, ManagerProblem, PackageManager } from './model.ts'

/** Files the buildpack installs from, in the order in which older buildpacks chose among several. */
export const sources: readonly (readonly [path: string, manager: PackageManager])[] = [
  ['Pipfile.lock', 'pipenv'],
  ['requirements.txt', 'pip'],
  ['poetry.lock', 'poetry'],
  ['uv.lock', 'uv'],
]

export const startOf = (file: string): Place => ({ file, span: { start: 0, end: 0 } })

/**
 * The first line of a file that is neither empty nor a comment (a `#!` counts), for findings about the file as a whole: what is written
 * above it makes no other finding of one.
 */
export function firstLine(tree: FileTree, path: string): Place {
  const file = tree.read(path)
  if (typeof file === 'string') return startOf(path)
  const start = file.text.startsWith('#!') ? 0 : file.text.search(/(?<=^[^\S\r\n]*)[^\s#]/m)
  if (start < 0) return startOf(path)
  const end = file.text.slice(start).search(/[\r\n]|$/)
  return { file: path, span: { start, end: start + end } }
}

export interface ManagerChoice {
  readonly found: readonly (readonly [path: string, manager: PackageManager])[]
  readonly problems: readonly ManagerProblem[]
}

/**
 * Which package managers the root names, and what makes the build stop (classic buildpack v351; CNB knows no Pipenv).
 * What is in the way counts only when the push carries it; what is missing from the push is not missing from the project.
 */
export function chooseManager(tree: FileTree, presence: Presence, cloudNative: boolean): ManagerChoice {
  const has = (path: string) => tree.kind(path) === 'file'
  const carried = (path: string) => has(path) && presence.isPresent(path)
  const named = sources.filter(([path, manager]) => has(path) && !(cloudNative && manager === 'pipenv'))
  const found = named.some(([path]) => carried(path)) ? named.filter(([path]) => carried(path)) : named
  const problems: ManagerProblem[] = []
  if (!cloudNative && carried('Pipfile') && !has('Pipfile.lock'))
    problems.push({ kind: 'pipfile-without-lock', at: firstLine(tree, 'Pipfile') })
  if (found.length > 1) problems.push({ kind: 'several', files: found.map(([path]) => firstLine(tree, path)) })
  if (found.length === 0 && has('setup.py')) problems.push({ kind: 'only-setup-py', at: firstLine(tree, 'setup.py') })
  const onlyUv = found.length === 1 && found[0]?.[1] === 'uv'
  if (onlyUv && (!has('.python-version') || carried('runtime.txt')))
    problems.push({
      kind: 'uv-without-python-version',
      at: firstLine(tree, carried('runtime.txt') ? 'runtime.txt' : 'uv.lock'),
    })
  for (const folder of ['.venv', 'venv'])
    if (carried(`${folder}/pyvenv.cfg`))
      problems.push({ kind: 'committed-virtualenv', at: firstLine(tree, `${folder}/pyvenv.cfg`) })
  if (tree.kind('.heroku/python') !== undefined && presence.isPresent('.heroku/python')) {
    problems.push({ kind: 'committed-heroku-folder', at: startOf(firstFileIn(tree, '.heroku/python')) })
  }
  return { found, problems }
}

/** The first file below a path, or the path itself. */
function firstFileIn(tree: FileTree, path: string): string {
  const entries = tree.list(path)
  const entry = entries.find(({ kind }) => kind === 'file') ?? entries[0]
  return entry === undefined ? path : firstFileIn(tree, `${path}/${entry.name}`)
}

const MISSPELT =
  /^(?:requ?[ie]r[ei]?m?[ae]?n?ts?|requirements?|requeriments|requirments|requierments|requirments)(?:\.txt){0,2}$/i
const SPLIT = /^(?:.*[-_.])?requirements?(?:[-_.].*)?\.(?:txt|in)$/i

/** Files that look as if they were meant to be what the build installs from. The likeliest come first. */
export function nearMisses(tree: FileTree): readonly DependencyNearMiss[] {
  const out: DependencyNearMiss[] = []
  const add = (kind: DependencyNearMiss['kind'], path: string, file = path) =>
    out.push({ kind, path, at: firstLine(tree, file) })
  const root = tree.list('')
  for (const { name, kind } of root) {
    if (kind === 'file' && name !== 'requirements.txt' && (MISSPELT.test(name) || name === 'requirements.text'))
      add('misspelt', name)
    else if (kind === 'file' && SPLIT.test(name) && name !== 'requirements.txt') add('split', name)
  }
  for (const { name, kind } of root) {
    const inside = kind === 'directory' && sources.some(([path]) => path === name) ? tree.list(name) : []
    const held = inside.find((entry) => entry.kind === 'file')
    if (held !== undefined) add('is-folder', `${name}/`, `${name}/${held.name}`)
  }
  for (const { name, kind } of root) {
    if (
      kind !== 'directory' ||
      sources.some(([path]) => path === name) ||
      /^(?:\.|node_modules$|venv$|env$|__pycache__$)/.test(name)
    )
      continue
    const files = tree.list(name).filter((entry) => entry.kind === 'file')
    if (name === 'requirements') {
      const first = files.find((entry) => /^(?:prod|base|requirements|heroku)/.test(entry.name)) ?? files[0]
      if (first !== undefined) add('folder', name, `${name}/${first.name}`)
    } else
      for (const { name: file } of files)
        if (sources.some(([path]) => path === file)) add('sub-folder', `${name}/${file}`)
  }
  const has = (path: string) => tree.kind(path) === 'file'
  if (has('pyproject.toml')) add('unlocked', 'pyproject.toml')
  for (const path of ['pdm.lock', 'pylock.toml', 'environment.yml', 'environment.yaml'])
    if (has(path)) add('other-manager', path)
  return out
}

const LIKELIEST: readonly DependencyNearMiss['kind'][] = [
  'is-folder',
  'misspelt',
  'sub-folder',
  'folder',
  'split',
  'unlocked',
  'other-manager',
]

/** The likeliest of the files that look as if they were meant. */
export const likeliest = (near: readonly DependencyNearMiss[]): DependencyNearMiss | undefined =>
  [...near].sort((a, b) => LIKELIEST.indexOf(a.kind) - LIKELIEST.indexOf(b.kind))[0]

/** What the build reads: the files it installs from, and the manifest that the tool of a lock compares it with. */
export function filesOfBuild(set: DependencySet): readonly DependencyFile[] {
  const manifest = set.manager === 'pipenv' ? 'pipfile' : /^(?:poetry|uv)$/.test(set.manager) ? 'pyproject' : undefined
  if (manifest === undefined) return set.installFiles
  return [...set.installFiles, ...set.files.filter(({ role, format }) => role === 'manifest' && format === manifest)]
}
