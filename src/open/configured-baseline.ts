import { relative, resolve } from 'node:path'
import { UsageError } from '../contracts/usage-error.ts'
import { isBelow } from '../files/fs.ts'
import type { Source } from '../files/source.ts'
import { nearestConfig } from './open.ts'
import type { OpenOptions } from './options.ts'

/**
 * The baseline that the configuration of a root names, from the working directory as one of the command line is named.
 * @throws UsageError for one outside of the configuration's folder
 */
export async function configuredBaseline(
  root: string,
  args: OpenOptions,
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
