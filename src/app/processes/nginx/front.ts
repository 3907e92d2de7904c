import type { Place } from '../../../contracts/place.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Step, Word } from '../../../evaluate/shell/model.ts'
import { join } from '../../../files/tree.ts'
import type { App } from '../../app.ts'
import { type Buildpack, buildpacksOf } from '../../manifest/buildpacks.ts'
import type { ProcessRun, Server } from '../model.ts'
import { baseName } from '../programs/unwrap.ts'

/** nginx on the dyno, in front of the server. */
export interface NginxFront {
  /** The word that starts it. */
  readonly at: Place
  /** The file that is its configuration, or the template of it; undefined: nobody knows which. */
  readonly file: string | undefined
  /** What it takes when the repository has no such file: the configuration that the buildpack brings. */
  readonly preset: boolean
  readonly toTree: Step['toTree']
  /** It speaks HTTP/1.1 to the server unless told otherwise; undefined: nobody knows which version it is. */
  readonly modern: boolean | undefined
}

const TEMPLATE = 'config/nginx.conf.erb'

/**
 * The nginx that a run starts in front of its server; undefined: it starts none, as far as can be seen. A server that has the
 * port itself is not behind it, and answered only where `orOnPort` asks for both.
 */
export function nginxFront(
  app: App,
  run: ProcessRun,
  server: Server,
  { orOnPort = false } = {},
): NginxFront | undefined {
  if (!orOnPort && server.sockets.some(({ port }) => port?.worth === '$PORT')) return undefined
  const wrapper = server.step.wrappers.find(({ name }) => name === 'start-nginx' || name === 'start-nginx-debug')
  const { cwd, toTree } = server.step
  if (wrapper !== undefined) return { ...byTemplate(app, cwd), toTree, at: wrapper.at }
  for (const step of run.steps) {
    const [program] = step.argv
    const name = baseName(program)
    if (program === undefined || step.fallback || step.captured) continue
    const { toTree } = step
    if (name !== undefined && /^start-nginx-(?:solo|static)$/.test(name))
      return { ...byTemplate(app, step.cwd), toTree, at: program.at }
    if (name === 'nginx' || name === 'nginx-debug') return { ...byOption(app, run, step), toTree, at: program.at }
  }
  return undefined
}

/** The scripts of the buildpack write config/nginx.conf from the template in the working directory. */
function byTemplate(app: App, cwd: string | undefined): Omit<NginxFront, 'at' | 'toTree'> {
  const file = cwd === undefined ? undefined : join(cwd, TEMPLATE)
  const isThere = file !== undefined && app.tree.kind(file) === 'file'
  // Its compile puts one there, and nowhere but in the root.
  const preset = !isThere && cwd === ''
  return { file: isThere ? file : undefined, preset, modern: isModern(app) }
}

function byOption(app: App, run: ProcessRun, step: Step): Omit<NginxFront, 'at' | 'toTree'> {
  const prefix = optionOf(step.argv, '-p')
  const named = optionOf(step.argv, '-c')
  const own = textOf(step.argv[0])?.includes('/') === true
  const modern = own ? isModern(app) : undefined
  if (named === undefined || step.cwd === undefined) return { file: undefined, preset: false, modern }
  const inTree = (path: string, folder: string) => (path.startsWith('/') ? step.toTree(path) : join(folder, path))
  // Without `-p` a relative name is one of the folder that nginx was built for.
  const folder = prefix === undefined ? undefined : inTree(prefix, step.cwd)
  const file = folder === undefined ? (named.startsWith('/') ? step.toTree(named) : undefined) : inTree(named, folder)
  return { ...(file === undefined ? { file, preset: false } : sourceOf(app, run, file)), modern }
}

/** The file itself, or the template that an `erb` before it makes it of. */
function sourceOf(app: App, run: ProcessRun, file: string): Pick<NginxFront, 'file' | 'preset'> {
  const writers = run.steps.filter(({ redirects, cwd }) =>
    redirects.some(({ operator, target }) => {
      const text = textOf(target)
      return operator.includes('>') && text !== undefined && cwd !== undefined && join(cwd, text) === file
    }),
  )
  const [writer] = writers
  if (writer === undefined) return { file: app.tree.kind(file) === 'file' ? file : undefined, preset: false }
  const [source, ...more] = writer.argv.slice(1)
  const text = textOf(source)
  if (writers.length > 1 || baseName(writer.argv[0]) !== 'erb' || more.length > 0 || text === undefined)
    return { file: undefined, preset: false }
  const template = join(writer.cwd ?? '', text)
  const isThere = template?.endsWith('.erb') === true && app.tree.kind(template) === 'file'
  return { file: isThere ? template : undefined, preset: !isThere && template === TEMPLATE }
}

function optionOf(argv: readonly Word[], name: string): string | undefined {
  const at = argv.findIndex((word) => textOf(word)?.startsWith(name) === true)
  const text = textOf(argv[at])
  if (at === -1 || text === undefined) return undefined
  return text === name ? textOf(argv[at + 1]) : text.slice(name.length)
}

const own = ({ facts }: Buildpack) => facts?.name === 'heroku-community/nginx'

/**
 * Since 1.29.7 nginx speaks HTTP/1.1 to the server by default; the buildpack brings 1.30.2 since its release 1.18 (2026-05-26),
 * 1.28.3 and older ones before.
 */
function isModern(app: App): boolean | undefined {
  const written = buildpacksOf(app).find(own)?.written.text
  if (written === undefined) return undefined
  const revision = /#(.+)$/.exec(written)?.[1]
  if (revision === undefined || revision === 'main' || revision === 'master') return true
  const release = /^v?1\.(\d+)$/.exec(revision)?.[1]
  return release === undefined ? undefined : Number(release) >= 18
}

/** Whether the buildpack that brings nginx is Heroku’s: what others by its name bring is not known. */
export const hasOwnBuildpack = (app: App): boolean => buildpacksOf(app).some(own)
