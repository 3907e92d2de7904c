import type { App } from '../app.ts'
import { engineOf } from './engines.ts'
import { collectedFiles, staticSources } from './static-sources.ts'

/**
 * Whether Django answers with the page that runs this file, so that its middleware gives it its policy: a template, or a script that
 * collectstatic finds. A page that is served as a file (by WhiteNoise, by another host) has what its server says.
 */
export function isOfDjango(app: App): (file: string) => boolean {
  const templates = engineOf(app)?.folders ?? []
  const sources = staticSources(app)
  const collected = new Set(sources === undefined ? [] : collectedFiles(app, sources).values())
  return (file) =>
    templates.some((folder) => folder === '' || file.startsWith(`${folder}/`)) ||
    (collected.has(file) && !/\.html?$/i.test(file))
}
