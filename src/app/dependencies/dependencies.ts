import { type Lazily, once } from '../../files/lazily.ts'
import { alwaysPresent, type Presence } from '../../files/present.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import type { Manifest } from '../manifest/model.ts'
import { addition } from './addition.ts'
import { closureOf } from './closure.ts'
import { type Container, readContainer } from './container.ts'
import { fittingPython } from './fitting-python.ts'
import { readIncludes } from './includes.ts'
import { answering } from './installed.ts'
import { readPdmLock, readPipfileLock, readPoetryLock, readPylock, readUvLock } from './locks.ts'
import { chooseManager, likeliest, nearMisses } from './manager.ts'
import { readPipfile, readPyproject, readSetupCfg } from './manifests.ts'
import type { DependencyFile, DependencySet, FileRole, ManagerProblem, PythonVersion, Requirement } from './model.ts'
import { isRefused, minorVersion, REFUSED, readPythonVersion } from './python-version.ts'
import { readSetupPy } from './setup-py.ts'
import { pythonForUv } from './uv-python.ts'

type Unseen = DependencySet['unknowns'][number]

/** What the build would install from this root. Never throws. */
export function readDependencies(
  app: Pick<App, 'tree' | 'today' | 'manifest'> & Partial<Pick<App, 'presence'>>,
  lazily: Lazily = once,
): DependencySet {
  const { tree, today, manifest, presence = alwaysPresent } = app
  return manifest.platform === 'heroku-container'
    ? fromContainer(tree, manifest, today, lazily)
    : fromBuildpack(tree, presence, manifest.platform === 'heroku-fir', today, lazily)
}

interface Gathered {
  readonly manager: DependencySet['manager']
  readonly files: readonly DependencyFile[]
  readonly source: DependencyFile | undefined
  readonly problems: readonly ManagerProblem[]
  readonly python: PythonVersion
  readonly complete: boolean
  readonly unknowns: readonly Unseen[]
  /** The files of each source, when there are several. */
  readonly separate?: readonly (readonly DependencyFile[])[]
}

function fromBuildpack(
  tree: FileTree,
  presence: Presence,
  cloudNative: boolean,
  today: string,
  lazily: Lazily,
): DependencySet {
  const { found, problems } = chooseManager(tree, presence, cloudNative)
  const pipenv = found.some(([, manager]) => manager === 'pipenv')
  const stops = problems.some(({ kind }) => kind !== 'committed-virtualenv' && kind !== 'committed-heroku-folder')
  const first = found[0]
  const manager = stops ? 'conflict' : (first?.[1] ?? 'none')
  const gather = (version: string | undefined) => {
    const unknowns: Unseen[] = []
    const separate = found
      .map(([path]) => readSource(tree, path, version, unknowns))
      .sort((a, b) => Number(b[0]?.format === 'requirements') - Number(a[0]?.format === 'requirements'))
    // On a conflict requirements.txt comes first: it is what a reader means most often, whatever older buildpacks chose.
    const ordered = found.length === 0 ? meant(tree, version, unknowns) : separate.flat()
    return { unknowns, separate, ordered }
  }
  const asked = readPythonVersion(tree, { pipenv, cloudNative }, today)
  const python = isRefused(asked)
    ? inItsPlace(
        asked,
        manager === 'uv' ? pythonForUv(tree) : fittingPython(installedOf(gather(undefined).ordered)).minor,
      )
    : asked
  const { unknowns, separate, ordered } = gather(python.version)
  const hook = ['bin/pre_compile', 'bin/post_compile'].find((path) =>
    /\b(?:pip|uv|poetry|pipenv)\b[^\n]*\b(?:install|sync)\b/.test(readText(tree, path)?.text ?? ''),
  )
  const complete =
    found.length > 0 &&
    ordered.length > 0 &&
    unknowns.length === 0 &&
    hook === undefined &&
    ordered.every((file) => !hides(file))
  const source = ordered.find(({ path }) => path === first?.[0])
  return assemble(tree, lazily, { manager, files: ordered, source, problems, python, complete, unknowns, separate })
}

/** The Python that the project is best given instead of one that the buildpack refuses. */
function inItsPlace(asked: PythonVersion, version: string): PythonVersion {
  const written = asked.problems.find(({ kind }) => REFUSED.has(kind))?.written ?? ''
  return { ...asked, version, minor: minorVersion(version), refused: asked.minor ?? written }
}

/**
 * The file that was probably meant, where the root has none that the buildpack installs from: what it lists is what a build will install
 * once it is found, so that the rest of the project can be judged today; it is no whole list (`complete`).
 */
function meant(tree: FileTree, python: string | undefined, unknowns: Unseen[]): DependencyFile[] {
  const near = nearMisses(tree)
  const nearest = likeliest(near)
  if (nearest === undefined || near.filter(({ kind }) => kind === nearest.kind).length > 1) return []
  const isRead = nearest.kind === 'misspelt' || nearest.kind === 'split' || nearest.kind === 'sub-folder'
  return isRead ? readSource(tree, nearest.path, python, unknowns) : []
}

/** An include that could not be read, or a line that could not be understood, may install anything. */
const hides = ({ problems, role, encoding }: DependencyFile): boolean =>
  role !== 'constraint' && (problems.length > 0 || (encoding !== undefined && encoding !== 'utf-16'))

function readSource(tree: FileTree, path: string, python: string | undefined, unknowns: Unseen[]): DependencyFile[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const reader = { 'Pipfile.lock': readPipfileLock, 'poetry.lock': readPoetryLock, 'uv.lock': readUvLock }[name]
  if (reader === undefined) {
    const { files, unknowns: more } = readIncludes(path, 'install', { tree, python, workingDirectory: '' })
    unknowns.push(...more.map(({ why, at }) => ({ what: listed, why, at })))
    return [...files]
  }
  const file = readText(tree, path)
  return file === undefined ? [] : [reader(file, 'lock', python)]
}

const listed = { en: 'what pip installs', fr: 'ce que pip installe' }

function fromContainer(tree: FileTree, manifest: Manifest, today: string, lazily: Lazily): DependencySet {
  const build = manifest.herokuYml?.build ?? []
  const web = build.find(({ type }) => type === 'web') ?? build[0]
  const paths = [web?.dockerfile.text ?? 'Dockerfile', ...foldersWithDockerfile(tree)]
  const containers = paths.flatMap((path) => readContainer(tree, path.replace(/^\.\//, '')) ?? [])
  const container = containers.find(({ files, installs }) => files.length + installs.length > 0) ?? containers[0]
  const unknowns = (container?.unknowns ?? []).map(({ why, at }) => ({ what: listed, why, at }))
  const python = container?.python ?? readPythonVersion(tree, { pipenv: false, cloudNative: false }, today)
  const locks = container === undefined ? [] : lockFiles(tree, container, python.version, unknowns)
  const files = [...(container?.files ?? []), ...locks]
  const complete = container?.complete === true && unknowns.length === 0 && files.every((file) => !hides(file))
  return assemble(tree, lazily, {
    manager: 'container',
    files,
    source: files[0],
    problems: [],
    python: { ...python, problems: [] },
    complete: complete && files.length > 0,
    unknowns,
  })
}

function lockFiles(
  tree: FileTree,
  { installs }: Container,
  python: string | undefined,
  unknowns: Unseen[],
): DependencyFile[] {
  const lock = { pipenv: 'Pipfile.lock', poetry: 'poetry.lock', uv: 'uv.lock', pip: '', container: '' }
  return [...new Set(installs)].flatMap((manager) => {
    const path = lock[manager]
    return path !== '' && tree.kind(path) === 'file' ? readSource(tree, path, python, unknowns) : []
  })
}

const foldersWithDockerfile = (tree: FileTree): string[] =>
  tree
    .list('')
    .filter(
      ({ kind, name }) => kind === 'directory' && !name.startsWith('.') && tree.kind(`${name}/Dockerfile`) === 'file',
    )
    .map(({ name }) => `${name}/Dockerfile`)

const DEVELOPMENT = /(?:^|[-_./])(?:dev|develop|development|test|tests|testing|ci|docs?|lint|local|debug)(?:[-_./]|$)/i

/** Files of the root that declare dependencies without taking part in the install. */
function others(tree: FileTree, taken: ReadonlySet<string>, python: string | undefined): DependencyFile[] {
  const out: DependencyFile[] = []
  const add = (path: string, read: (path: string) => DependencyFile | readonly DependencyFile[] | undefined) => {
    if (taken.has(path) || tree.kind(path) !== 'file' || out.some((file) => file.path === path)) return
    const found = read(path)
    if (found !== undefined) out.push(...('path' in found ? [found] : found.filter((file) => !taken.has(file.path))))
  }
  const parsed =
    (
      reader: (
        file: NonNullable<ReturnType<typeof readText>>,
        role: FileRole,
        python: string | undefined,
      ) => DependencyFile | undefined,
      role: FileRole,
    ) =>
    (path: string) => {
      const file = readText(tree, path)
      return file === undefined ? undefined : reader(file, role, python)
    }
  add('Pipfile', parsed(readPipfile, 'manifest'))
  add('pyproject.toml', parsed(readPyproject, 'manifest'))
  add('pdm.lock', parsed(readPdmLock, 'other'))
  add('pylock.toml', parsed(readPylock, 'other'))
  add('setup.cfg', parsed(readSetupCfg, 'other'))
  add('setup.py', parsed(readSetupPy, 'other'))
  for (const path of requirementFiles(tree)) {
    const role = DEVELOPMENT.test(path) ? 'dev' : 'other'
    add(path, () => readIncludes(path, role, { tree, python, workingDirectory: '' }).files)
  }
  return out
}

function requirementFiles(tree: FileTree): string[] {
  const files = (folder: string) => tree.list(folder).filter(({ kind }) => kind === 'file')
  const root = files('')
    .filter(({ name }) => /requirements?.*\.(?:txt|in)$/i.test(name))
    .map(({ name }) => name)
  const inside = files('requirements')
    .filter(({ name }) => /\.(?:txt|in|pip)$/.test(name))
    .map(({ name }) => `requirements/${name}`)
  return [...root, ...inside]
}

/** Groups the build installs: of a lock only the main one. */
const isInstalled = ({ group }: Requirement): boolean => group === undefined || group === 'default' || group === 'main'

function assemble(tree: FileTree, lazily: Lazily, gathered: Gathered): DependencySet {
  const { files, complete, python } = gathered
  const requirements = installedOf(files)
  const constraints = ofRole(files, 'constraint')
  const locked = files.some(({ role }) => role === 'lock') && files.every(({ role }) => role !== 'install')
  const closure = once('closure', () => closureOf(requirements, constraints, python.version))
  // Files outside the install are read only when a rule asks for them: a lock's manifest costs as much as the lock.
  const everything = lazily('files', () => [
    ...files,
    ...others(tree, new Set(files.map(({ path }) => path)), python.version),
  ])
  const facts = {
    requirements,
    constraints,
    locked,
    complete,
    closure,
  }
  const set: DependencySet = {
    manager: gathered.manager,
    source: gathered.source,
    managerProblems: gathered.problems,
    installFiles: files,
    requirements,
    constraints,
    locked,
    complete,
    python,
    unknowns: gathered.unknowns,
    ...answering(facts),
    get nearMisses() {
      return gathered.manager === 'none' ? nearMisses(tree) : []
    },
    get files() {
      return everything()
    },
    get elsewhere() {
      const groups = ofRole(everything(), 'lock', 'manifest').filter((one) => !isInstalled(one))
      return [...ofRole(everything(), 'dev', 'other'), ...groups]
    },
    get alternatives() {
      const { separate = [] } = gathered
      if (separate.length < 2) return [set]
      return separate.map((own) => assemble(tree, lazily, { ...gathered, files: own, source: own[0], separate: [] }))
    },
    addition: (text) => addition(tree, files, text),
  }
  return set
}

const installedOf = (files: readonly DependencyFile[]): Requirement[] =>
  ofRole(files, 'install', 'lock').filter(isInstalled)

const ofRole = (files: readonly DependencyFile[], ...roles: FileRole[]): Requirement[] =>
  files.filter(({ role }) => roles.includes(role)).flatMap(({ requirements }) => requirements)
