import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import type { CheckInput } from '../check.ts'
import type { ConfigProblem } from '../config/config.ts'
import { type Config, defaultConfig } from '../config/config.ts'
import type { LoadedConfig } from '../config/load.ts'
import { UsageError } from '../contracts/usage-error.ts'
import { diskTree } from '../files/disk.ts'
import { existsSync, isBelow, kindOf, lstatSync, readdirSync, realPlace, realpathSync, statSync } from '../files/fs.ts'
import { presenceOf } from '../files/presence.ts'
import { findRoots, gitRoot } from '../files/roots.ts'
import { overlay, readText, type SourceFile } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { readFacts } from './facts.ts'
import type { OpenOptions } from './options.ts'

const configFiles = ['dynolint.toml', 'dynolint.yaml', 'dynolint.yml', 'pyproject.toml']

export interface OpenedApp extends CheckInput {
  readonly configProblems: readonly ConfigProblem[]
}

/** The app roots a path stands for: what a configuration file above it says, else what the folders hold. */
export async function rootsOf(path: string, args: OpenOptions, cwd: string): Promise<string[]> {
  const real = realPlace(path)
  for (const folder of foldersUp(kindOf(real) === 'directory' ? real : dirname(real))) {
    const loaded = await configIn(folder, args, cwd)
    if (loaded?.roots !== undefined) return loaded.roots.map((root) => checkedRoot(folder, root))
    if (loaded?.file !== undefined) break
  }
  return findRoots(real)
}

function checkedRoot(folder: string, root: string): string {
  const path = resolve(folder, root)
  if (!existsSync(path)) {
    throw new UsageError({
      en: `root “${root}” of the configuration does not exist`,
      fr: `la racine « ${root} » de la configuration n’existe pas`,
    })
  }
  const real = realpathSync(path)
  if (!isBelow(realpathSync(folder), real)) {
    throw new UsageError({
      en: `root “${root}” of the configuration is outside its folder`,
      fr: `la racine « ${root} » de la configuration est hors de son dossier`,
    })
  }
  return real
}

/** The app at a root with its configuration: the nearest one at the root or above, up to the git root. */
export async function openApp(
  root: string,
  args: OpenOptions,
  { cwd, today }: { readonly cwd: string; readonly today: string },
): Promise<OpenedApp> {
  let config: Config = defaultConfig
  let configProblems: readonly ConfigProblem[] = []
  let configFolder = root
  const above = new Map<string, SourceFile>()
  for (const folder of args.config === undefined ? foldersUp(root) : [root]) {
    const loaded = await configIn(folder, args, cwd)
    if (loaded?.file === undefined) continue
    config = loaded.config
    configFolder = folder
    if (args.config !== undefined) configFolder = dirname(resolve(cwd, args.config))
    configProblems = loaded.problems.map((problem) => ({
      ...problem,
      at: problem.at && fromRoot(problem.at, folder, root),
    }))
    const source = readText((args.configTreeOf ?? diskTree)(folder), loaded.file)
    if (folder !== root && source !== undefined) above.set(fromRoot({ file: loaded.file }, folder, root).file, source)
    break
  }
  const tooLarge: { file: string; bytes: number }[] = []
  const unreadable: string[] = []
  const disk = (args.treeOf ?? diskTree)(root, {
    ...(config.exclude.length > 0 ? { excluded: await excludedBy(root, config.exclude) } : {}),
    onTooLarge: (file, bytes) => tooLarge.push({ file, bytes }),
    onUnreadable: (file) => unreadable.push(file),
  })
  const facts = await readFacts(args, config, configFolder, root, cwd)
  for (const [path, file] of facts.files) above.set(path, file)
  configProblems = [...configProblems, ...facts.problems]
  const tree = above.size > 0 ? overlay(disk, above) : disk
  // An image is built from the whole push.
  const slugignore = config.platform === 'heroku-classic' && tree.kind('heroku.yml') !== 'file'
  const presence = presenceOf(root, { slugignore })
  // What the command line says about a variable wins over everything: it has no place in the file.
  const envAt = new Map([...config.envAt].filter(([name]) => !Object.hasOwn(args.env, name)))
  const env = { ...config.env, ...args.env }
  return {
    tree,
    today,
    config: { ...config, env, envAt },
    presence,
    snapshot: facts.snapshot,
    configProblems,
    tooLarge,
    unreadable,
  }
}

/** The configuration that counts for a root: the folder and the file it stands in, and what is wrong with it. */
export async function nearestConfig(
  root: string,
  args: OpenOptions,
  cwd: string,
): Promise<
  { readonly folder: string; readonly file: string; readonly problems: readonly ConfigProblem[] } | undefined
> {
  for (const folder of args.config === undefined ? foldersUp(root) : [dirname(resolve(cwd, args.config))]) {
    const loaded = await configIn(folder, args, cwd)
    if (loaded?.file !== undefined) return { folder, file: loaded.file, problems: loaded.problems }
  }
  return undefined
}

/** Per command line: what was read for one root serves the next, and never another run. */
const loadedConfigs = new WeakMap<OpenOptions, Map<string, Promise<LoadedConfig>>>()

/** The configuration of a folder, read once however many roots ask for it. */
async function configIn(folder: string, args: OpenOptions, cwd: string): Promise<LoadedConfig | undefined> {
  if (args.config !== undefined) {
    const path = resolve(cwd, args.config)
    if (!existsSync(path)) {
      throw new UsageError({
        en: `no such configuration file: ${args.config}`,
        fr: `fichier de configuration introuvable : ${args.config}`,
      })
    }
    const named = await loaded(args, dirname(path), basename(path))
    if (named.file !== undefined) return named
    throw new UsageError({
      en: `${args.config} cannot be read as a configuration`,
      fr: `${args.config} ne peut pas être lu comme configuration`,
    })
  }
  if (!configFiles.some((name) => kindOf(join(folder, name)) !== undefined)) return undefined
  return loaded(args, folder)
}

async function loaded(args: OpenOptions, folder: string, name?: string): Promise<LoadedConfig> {
  const { loadConfig } = await import('../config/load.ts')
  const known = loadedConfigs.get(args) ?? new Map<string, Promise<LoadedConfig>>()
  loadedConfigs.set(args, known)
  return getOrInsert(known, `${folder} ${name ?? ''}`, () =>
    loadConfig((args.configTreeOf ?? diskTree)(folder), ruleIds(), name),
  )
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
async function excludedBy(root: string, globs: readonly string[]): Promise<(path: string) => boolean> {
  const { default: fastGlob } = await import('fast-glob')
  const patterns = globs.flatMap((glob) => (glob.endsWith('/') ? [`${glob}**`] : [glob, `${glob}/**`]))
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
