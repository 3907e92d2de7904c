import { readText } from '../../files/tree.ts'
import { at, entriesOf } from '../../syntax/data.ts'
import { parseJson } from '../../syntax/json/json.ts'
import type { App } from '../app.ts'
import { buildpacksOf } from '../manifest/buildpacks.ts'

/** The build runs collectstatic, with whatever settings. */
export function collects(app: App): boolean {
  const { manifest, project, environment } = app
  const [manage] = project.manage
  if (manage === undefined || !['heroku-classic', 'heroku-fir'].includes(manifest.platform)) return false
  if (manifest.platform === 'heroku-fir' && manage.folder !== '') return false
  const disabled = environment.get('DISABLE_COLLECTSTATIC')
  return disabled.state !== 'set' && (disabled.state !== 'known' || disabled.parts.join('') === '0')
}

/** Hooks of the Python buildpack, which may write anything; collectstatic runs between them. */
export const hooksBefore = ['pre_compile']
export const allHooks = ['pre_compile', 'post_compile']

/** Scripts of package.json that Heroku's buildpack for Node or npm runs by itself. */
const run = /^(?:(?:pre|post)?build|(?:pre|post)?install|prepare|heroku-(?:prebuild|postbuild|cleanup))$/

/** Whether something of the build may make files for collectstatic: one of the hooks, a script of the frontend, another buildpack. */
export function makesFiles(app: App, hooks: readonly string[]): boolean {
  if (hooks.some((hook) => app.tree.kind(`bin/${hook}`) === 'file')) return true
  const buildpacks = buildpacksOf(app)
  const others = buildpacks.filter(({ facts, written }) =>
    facts === undefined ? !/python/i.test(written.text) : facts.builds === true,
  )
  if (others.some(({ facts }) => facts?.name !== 'heroku/nodejs')) return true
  if (buildpacks.length > 0 && others.length === 0) return false
  const file = readText(app.tree, 'package.json')
  if (file === undefined) return others.length > 0
  return entriesOf(at(parseJson(file.text).root, 'scripts')).some(([name]) => run.test(name))
}

/** Whether the build installs the packages of a package.json, as far as anybody can tell. */
export function installsNode(app: App): boolean {
  const buildpacks = buildpacksOf(app)
  return buildpacks.length > 0
    ? buildpacks.some(({ facts }) => facts === undefined || facts.name === 'heroku/nodejs')
    : app.tree.kind('package.json') === 'file'
}
