import { relative, resolve } from 'node:path'
import { isBelow } from '../files/fs.ts'
import type { Source } from '../files/source.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { nearestConfig } from '../open/open.ts'
import type { CommandLine } from './args.ts'
import { type Baseline, readBaseline } from './baseline.ts'
import { type Io, UsageError } from './io.ts'

/**
 * The baseline of each root that has one: what the command line names, else what the root’s configuration names.
 * @throws UsageError for one that cannot be read, and when one is to be written and nothing names it
 */
export async function baselinesOf(
  { roots, source }: { readonly roots: readonly string[]; readonly source: Source },
  args: CommandLine,
  { cwd }: Io,
): Promise<ReadonlyMap<string, Baseline>> {
  const found = new Map<string, Baseline>()
  const read = new Map<string, Baseline>()
  for (const root of roots) {
    const name = args.baseline ?? (await configuredBaseline(root, args, cwd, source))
    if (name !== undefined)
      found.set(
        root,
        getOrInsert(read, name, () => readBaseline(name, cwd, args.updateBaseline)),
      )
    else if (args.updateBaseline) {
      throw new UsageError({
        en: '--update-baseline needs --baseline FILE, or `baseline` in the configuration',
        fr: '--update-baseline demande --baseline FICHIER, ou `baseline` dans la configuration',
      })
    }
  }
  return found
}

/** From the working directory, as a baseline of the command line is named. */
async function configuredBaseline(
  root: string,
  args: CommandLine,
  cwd: string,
  source: Source,
): Promise<string | undefined> {
  const configured = await nearestConfig(root, args, cwd, source)
  if (configured?.config.baseline === undefined) return undefined
  const { file } = configured.config.baseline
  const path = resolve(configured.folder, file)
  if (isBelow(configured.folder, path)) return relative(cwd, path)
  throw new UsageError({
    en: `baseline “${file}” of the configuration is outside its folder`,
    fr: `la baseline «\u00a0${file}\u00a0» de la configuration est hors de son dossier`,
  })
}
