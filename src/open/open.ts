import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import { readManifest } from '../app/manifest/manifest.ts'
import { type RootMover, rootMover } from '../app/manifest/root-mover.ts'
import type { CheckInput } from '../check.ts'
import type { ConfigProblem } from '../config/config.ts'
import { type Config, defaultConfig } from '../config/config.ts'
import { globMatcher } from '../config/glob-matcher.ts'
import { globsOfPaths } from '../config/globs.ts'
import type { LoadedConfig } from '../config/load.ts'
import { faultyPins } from '../config/pin-faults.ts'
import { UsageError } from '../contracts/usage-error.ts'
import { existsSync, isBelow, lstatSync, readdirSync, statSync } from '../files/fs.ts'
import { findRoots, gitRoot } from '../files/roots.ts'
import { disk, type Source } from '../files/source.ts'
import { type FileTree, overlay, readText, type SourceFile } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { readFacts } from './facts.ts'
import type { OpenOptions } from './options.ts'

const configFiles = ['dynolint.toml', 'dynolint.yaml', 'dynolint.yml', 'pyproject.toml']

export interface OpenedApp extends CheckInput {
  readonly configProblems: readonly ConfigProblem[]
}

/** The app roots a path stands for: what a configuration file above it says, else what the folders hold. */
export async function rootsOf(path: string, args: OpenOptions, cwd: string, source: Source = disk): Promise<string[]> {
  const real = source.real(path)
  for (const folder of foldersUp(source.kindOf(real) === 'directory' ? real : dirname(real))) {
    const loaded = await configIn(folder, args, cwd, source)
    if (loaded?.roots !== undefined) return loaded.roots.map((root) => checkedRoot(folder, root, source))
    if (loaded?.file !== undefined) break
  }
  return findRoots(real, source).map((root) => movedRoot(root, args, source))
}

/** The folder that a buildpack of the root's app.json makes the root instead, when it is known which. */
function movedRoot(root: string, args: OpenOptions, source: Source): string {
  const mover = moverAt(root, args, source)
  const path = mover?.folder === undefined ? undefined : join(root, mover.folder)
  return path !== undefined && source.kindOf(path) === 'directory' && isBelow(root, source.real(path))
    ? source.real(path)
    : root
}

function moverAt(root: string, args: OpenOptions, source: Source): RootMover | undefined {
  const states = ['app.json', 'project.toml'].some((name) => source.kindOf(join(root, name)) === 'file')
  if (!states) return undefined
  const config = { ...defaultConfig, env: args.env }
  return rootMover({ config, snapshot: undefined, manifest: readManifest({ tree: source.tree(root), config }) })
}

/** Where a root lies in its repository: undefined when it is the repository's own, or there is none. */
function belowOf(root: string, args: OpenOptions, source: Source): OpenedApp['below'] {
  const top = gitRoot(root)
  if (top === undefined || source.real(top) === root) return undefined
  const folder = relative(source.real(top), root).split(sep).join('/')
  const mover = moverAt(top, args, source) ?? moverAt(root, args, source)
  return { folder, mover: mover === undefined || mover.folder === folder ? mover?.name : undefined }
}

function checkedRoot(folder: string, root: string, source: Source): string {
  const path = resolve(folder, root)
  if (source.kindOf(path) === undefined) {
    const slashed = root.replaceAll('\\', '/')
    const meant = slashed !== root && source.kindOf(resolve(folder, slashed)) !== undefined
    throw new UsageError({
      en: `root “${root}” of the configuration does not exist${meant ? `; write it with slashes: “${slashed}”` : ''}`,
      fr: `la racine « ${root} » de la configuration n’existe pas${meant ? ` ; écrivez-la avec des barres obliques : « ${slashed} »` : ''}`,
    })
  }
  const real = source.real(path)
  if (!isBelow(source.real(folder), real)) {
    throw new UsageError({
      en: `root “${root}” of the configuration is outside its folder`,
      fr: `la racine « ${root} » de la configuration est hors de son dossier`,
    })
  }
  return real
}

/** The app at a root with its configuration: the nearest one at the root or above, up to the git root. */
export async function openApp(
  root: string,
  args: OpenOptions,
  { cwd, today }: { readonly cwd: string; readonly today: string },
  from: Source = disk,
): Promise<OpenedApp> {
  let config: Config = defaultConfig
  let configProblems: readonly ConfigProblem[] = []
  let configFolder = root
  // Whose configuration stands in the folder, or lists it, has said that it is a root.
  let stated = false
  const above = new Map<string, SourceFile>()
  for (const folder of args.config === undefined ? foldersUp(root) : [root]) {
    const loaded = await configIn(folder, args, cwd, from)
    if (loaded?.file === undefined) continue
    config = {
      ...loaded.config,
      ignores: loaded.config.ignores.map((entry) => ({ ...entry, at: fromRoot(entry.at, folder, root) })),
    }
    configFolder = folder
    stated = folder === root || loaded.roots !== undefined
    if (args.config !== undefined) configFolder = dirname(resolve(cwd, args.config))
    configProblems = [...loaded.problems, ...faultyPins(loaded.config)].map((problem) => ({
      ...problem,
      at: problem.at && fromRoot(problem.at, folder, root),
    }))
    const source = readText(configTree(args.config === undefined ? from : disk, folder), loaded.file)
    if (folder !== root && source !== undefined) above.set(fromRoot({ file: loaded.file }, folder, root).file, source)
    break
  }
  const tooLarge: { file: string; bytes: number }[] = []
  const unreadable: string[] = []
  const files = from.tree(root, {
    ...(config.exclude.length > 0 ? { excluded: await excludedBy(root, config.exclude, from) } : {}),
    onTooLarge: (file, bytes) => tooLarge.push({ file, bytes }),
    onUnreadable: (file) => unreadable.push(file),
  })
  const facts = await readFacts(args, config, configFolder, root, cwd)
  for (const [path, file] of facts.files) above.set(path, file)
  configProblems = [...configProblems, ...facts.problems]
  const tree = above.size > 0 ? overlay(files, above) : files
  // An image is built from the whole push.
  const slugignore = config.platform === 'heroku-classic' && tree.kind('heroku.yml') !== 'file'
  const presence = from.presence(root, slugignore)
  // What the command line says about a variable wins over everything: it has no place in the file.
  const envAt = new Map([...config.envAt].filter(([name]) => !Object.hasOwn(args.env, name)))
  const env = { ...config.env, ...args.env }
  return {
    tree,
    today,
    config: { ...config, profile: args.profile ?? config.profile, env, envAt },
    presence,
    snapshot: facts.snapshot,
    configProblems,
    tooLarge,
    unreadable,
    below: stated ? undefined : belowOf(root, args, from),
  }
}

/** The configuration that counts for a root: the folder and the file it stands in, and what is wrong with it. */
export async function nearestConfig(
  root: string,
  args: OpenOptions,
  cwd: string,
  source: Source = disk,
): Promise<
  | {
      readonly folder: string
      readonly file: string
      readonly config: Config
      readonly problems: readonly ConfigProblem[]
    }
  | undefined
> {
  for (const folder of args.config === undefined ? foldersUp(root) : [dirname(resolve(cwd, args.config))]) {
    const loaded = await configIn(folder, args, cwd, source)
    if (loaded?.file !== undefined)
      return { folder, file: loaded.file, config: loaded.config, problems: loaded.problems }
  }
  return undefined
}

/** Per command line: what was read for one root serves the next, and never another run. */
const loadedConfigs = new WeakMap<OpenOptions, Map<Source, Map<string, Promise<LoadedConfig>>>>()

/** The configuration of a folder, read once however many roots ask for it. */
async function configIn(
  folder: string,
  args: OpenOptions,
  cwd: string,
  source: Source,
): Promise<LoadedConfig | undefined> {
  if (args.config !== undefined) {
    const path = resolve(cwd, args.config)
    if (!existsSync(path)) {
      throw new UsageError({
        en: `no such configuration file: ${args.config}`,
        fr: `fichier de configuration introuvable : ${args.config}`,
      })
    }
    const named = await loaded(args, disk, dirname(path), basename(path))
    if (named.file !== undefined) return named
    throw new UsageError({
      en: `${args.config} cannot be read as a configuration`,
      fr: `${args.config} ne peut pas être lu comme configuration`,
    })
  }
  if (!configFiles.some((name) => source.kindOf(join(folder, name)) !== undefined)) return undefined
  return loaded(args, source, folder)
}

async function loaded(args: OpenOptions, source: Source, folder: string, name?: string): Promise<LoadedConfig> {
  const { loadConfig } = await import('../config/load.ts')
  const sources = loadedConfigs.get(args) ?? new Map<Source, Map<string, Promise<LoadedConfig>>>()
  loadedConfigs.set(args, sources)
  const known = getOrInsert(sources, source, () => new Map<string, Promise<LoadedConfig>>())
  return getOrInsert(known, `${folder} ${name ?? ''}`, () => loadConfig(configTree(source, folder), ruleIds(), name))
}

/** Where the configuration of a folder is read, which may stand above the root. */
function configTree(source: Source, folder: string): FileTree {
  return (source.configTree ?? source.tree)(folder)
}

function ruleIds(): string[] {
  return rules.map((rule) => rule.id)
}

/** A place in a configuration file of a folder above the root, written from the root. */
function fromRoot<T extends { readonly file: string }>(at: T, folder: string, root: string): T {
  const path = relative(root, join(folder, at.file)).split(sep).join('/')
  return { ...at, file: path }
}

/** The folder and those above it, up to the git root (or only the folder outside git). */
function foldersUp(path: string): string[] {
  const top = gitRoot(path)
  const folders = [path]
  while (top !== undefined && folders.at(-1) !== top && dirname(folders.at(-1) as string) !== folders.at(-1)) {
    folders.push(dirname(folders.at(-1) as string))
  }
  return folders
}

/** Only asked for when the configuration has globs: loading the matcher costs more than a whole run without it. */
async function excludedBy(root: string, globs: readonly string[], source: Source): Promise<(path: string) => boolean> {
  if (!source.isDisk) {
    const matchers = globs.map(globMatcher)
    return (path) => matchers.some((matches) => matches(path))
  }
  const { default: fastGlob } = await import('fast-glob')
  const patterns = globs.flatMap((glob) => [...globsOfPaths(glob)])
  const found = fastGlob.sync(patterns, {
    fs: { lstatSync, statSync, readdirSync: readdirOf(root) },
    cwd: root,
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    suppressErrors: true,
  })
  const paths = new Set(found)
  return (path) => paths.has(path)
}

/** What no glob is about. */
const notTheApps = new Set(['node_modules', '.git'])

/** Lists folders of the app; of what is not the app's own (`node_modules`, `.git`, a virtual environment) the top only. */
function readdirOf(root: string): typeof readdirSync {
  const foreign = new Map<string, boolean>()
  const isForeign = (folder: string): boolean =>
    getOrInsert(foreign, folder, () => notTheApps.has(basename(folder)) || existsSync(join(folder, 'pyvenv.cfg')))
  const isListed = (folder: string): boolean => {
    const path = relative(root, folder)
    if (path === '') return true
    const above = path.split(sep).slice(0, -1)
    return !path.startsWith('..') && !above.some((_, index) => isForeign(join(root, ...above.slice(0, index + 1))))
  }
  const list = (folder: string, options: { readonly withFileTypes: true }) =>
    isListed(folder) ? readdirSync(folder, options) : []
  return list as typeof readdirSync
}
