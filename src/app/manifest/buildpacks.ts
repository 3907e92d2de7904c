import { type BuildpackFacts, buildpackOf } from '../../knowledge/buildpacks.ts'
import type { Written } from '../../syntax/data.ts'
import type { App } from '../app.ts'

/** A buildpack of the app in the order in which they run; `facts` undefined: nobody knows what it does. */
export interface Buildpack {
  readonly written: Written
  readonly facts: BuildpackFacts | undefined
}

/**
 * The buildpacks of the deployed app where a snapshot tells them, else those that app.json gives a new one (the classic
 * `buildpacks`), or project.toml. Empty: nobody lists any, and Heroku takes the one that detects its files, unless some were set by hand.
 */
export function buildpacksOf({ snapshot, manifest }: Pick<App, 'snapshot' | 'manifest'>): readonly Buildpack[] {
  const written = snapshot?.buildpacks ?? manifest.projectToml?.buildpacks.filter(({ text }) => text !== 'url') ?? []
  const all = written.length > 0 ? written : (manifest.appJson?.buildpacks ?? [])
  return all.filter(({ text }) => text !== 'url').map((one) => ({ written: one, facts: buildpackOf(one.text) }))
}
