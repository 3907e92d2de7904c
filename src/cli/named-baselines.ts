import type { Source } from '../files/source.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { type Baseline, readBaseline } from '../open/baseline.ts'
import { configuredBaseline } from '../open/configured-baseline.ts'
import type { CommandLine } from './args.ts'
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
