import { relative, resolve, sep } from 'node:path'
import type { Config, ConfigProblem } from '../config/config.ts'
import type { Text } from '../contracts/text.ts'
import { UsageError } from '../contracts/usage-error.ts'
import { decode } from '../files/decode.ts'
import { readFile, realpathSync, type WhyUnread } from '../files/fs.ts'
import type { SourceFile } from '../files/tree.ts'
import type { Snapshot } from '../snapshot/model.ts'
import type { OpenOptions } from './options.ts'

/** Facts of the deployed app, and the files they came from as findings may show them. */
export interface Facts {
  readonly snapshot: Snapshot | undefined
  /** By path from the app's root. What is raw is masked. */
  readonly files: ReadonlyMap<string, SourceFile>
  /** What is wrong with a snapshot that the configuration names. */
  readonly problems: readonly ConfigProblem[]
}

const nothing: Facts = { snapshot: undefined, files: new Map(), problems: [] }

/**
 * Reads what --snapshot, --config-vars, --addons and --ps name, else the snapshot of the configuration.
 * @param folder of the configuration file, to which its `snapshot` is relative
 * @throws UsageError for a file of the command line that is missing or is something else
 */
export async function readFacts(
  args: OpenOptions,
  config: Config,
  folder: string,
  root: string,
  cwd: string,
): Promise<Facts> {
  const { snapshot: named, configVars, addons, ps } = args.facts
  const raw = [
    ['config', configVars],
    ['addons', addons],
    ['ps', ps],
  ] as const
  const fromConfig = named === undefined ? config.snapshot : undefined
  if (named === undefined && fromConfig === undefined && raw.every(([, file]) => file === undefined)) return nothing

  const { merged, readSnapshot } = await import('../snapshot/read.ts')
  const files = new Map<string, SourceFile>()
  const problems: ConfigProblem[] = []
  let snapshot: Snapshot | undefined
  const path = named === undefined ? fromConfig && resolve(folder, fromConfig.file) : resolve(cwd, named)
  if (path !== undefined) {
    // What a configuration names stays below it; a file of the command line may be anywhere.
    const source = load(path, root, named === undefined ? realpathSync(folder) : undefined)
    const read = 'message' in source ? source : readSnapshot(source)
    if (!('message' in source) && !('message' in read)) {
      snapshot = read
      files.set(source.path, source)
    } else if ('message' in read) {
      const message = about(named ?? fromConfig?.file ?? path, read.message)
      if (fromConfig === undefined) throw new UsageError(message)
      problems.push({ at: fromConfig.at, message })
    }
  }
  for (const [kind, file] of raw) {
    if (file === undefined) continue
    const { readRaw } = await import('../snapshot/raw.ts')
    const source = load(resolve(cwd, file), root, undefined)
    if ('message' in source) throw new UsageError(about(file, source.message))
    const read = readRaw(kind, source, snapshot?.domains?.map(({ name }) => name) ?? [])
    if ('message' in read) throw new UsageError(about(file, read.message))
    snapshot = merged(snapshot, read.snapshot)
    files.set(read.masked.path, read.masked)
  }
  return { snapshot, files, problems }
}

/** Why a file that was named could not be read. */
export const unread: Record<WhyUnread, Text> = {
  absent: { en: 'no such file', fr: 'fichier introuvable' },
  outside: {
    en: 'it is outside the folder of the configuration',
    fr: 'il est hors du dossier de la configuration',
  },
  special: {
    en: 'it is not a regular file; write what it gives into a file first',
    fr: 'ce n’est pas un fichier ordinaire ; écrivez d’abord son contenu dans un fichier',
  },
  'too-large': { en: 'it is too large', fr: 'il est trop grand' },
  unreadable: { en: 'it cannot be read', fr: 'il ne peut pas être lu' },
}

function about(file: string, { en, fr }: Text): Text {
  return { en: `${file}: ${en}`, fr: `${file} : ${fr}` }
}

function load(path: string, root: string, inside: string | undefined): SourceFile | { readonly message: Text } {
  const bytes = readFile(path, inside)
  if (typeof bytes === 'string') return { message: unread[bytes] }
  return decode(relative(root, path).split(sep).join('/'), bytes)
}
