import type { Config } from '../../config/config.ts'
import type { Place } from '../../contracts/place.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { App } from '../app.ts'
import { buildpacksOf } from './buildpacks.ts'

/** A buildpack that makes a folder of the repository the root of the app, before the others run. */
export interface RootMover {
  readonly name: string
  readonly at: Place
  /** The config var that names the folder. */
  readonly variable: string
  /** The folder, without slashes around it; undefined: nobody says which. */
  readonly folder: string | undefined
}

/** The first buildpack that moves the root, when one is listed. */
export function rootMover(
  app: Pick<App, 'snapshot' | 'manifest'> & { readonly config: Pick<Config, 'env'> },
): RootMover | undefined {
  for (const { written, facts } of buildpacksOf(app)) {
    if (facts?.rootVariable === undefined) continue
    const { rootVariable: variable, name } = facts
    const stated = app.config.env[variable]
    const entry = app.manifest.appJson?.env.find((one) => one.name === variable)?.value
    const folder = (typeof stated === 'string' ? stated : entry)?.replace(/^(?:\.?\/)+|\/+$/g, '')
    return { name, at: written.at, variable, folder: folder === '' ? undefined : folder }
  }
  return undefined
}

/** What cannot be told of a root that is not the one that is built. */
export const unknownRoot = ({ name, at, variable, folder }: RootMover): Untold => ({
  what: { en: 'the root of the app', fr: 'la racine de l’application' },
  why:
    folder === undefined
      ? {
          en: `${name} makes the folder that ${variable} names the root`,
          fr: `${name} fait du dossier que nomme ${variable} la racine`,
        }
      : { en: `${name} makes \`${folder}/\` the root`, fr: `${name} fait de \`${folder}/\` la racine` },
  at,
  remedy: { by: 'env', variable },
})
