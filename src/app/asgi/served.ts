import { certain } from '../../evaluate/python/certain-value.ts'
import { plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import { argvOf } from '../processes/command-line.ts'
import { workingFolder } from '../processes/servers/invocation.ts'
import type { Served } from './model.ts'

/** What is served, with what running its module needs. */
export interface ServedModule {
  readonly served: Served
  readonly searchPath: readonly string[]
  readonly environment: DynoEnvironment
}

type Parts = Pick<App, 'tree' | 'project' | 'processes' | 'settings' | 'environment'>

/**
 * The ASGI module: the target of the server that runs `web`; where `web` serves none (a WSGI server, a target that does not
 * exist), the one that ASGI_APPLICATION names, or the asgi.py beside the settings: what will be served once that is mended.
 */
export function findServed(app: Parts): ServedModule | undefined {
  return fromWeb(app) ?? fromSetting(app) ?? fromLayout(app)
}

function fromWeb(app: Parts): ServedModule | undefined {
  const web = app.processes.web
  const server = web?.server ?? web?.servers[0]
  const target = server?.target
  if (server === undefined || target === undefined || server.speaks.protocol === 'wsgi' || target.file === undefined)
    return undefined
  const attribute = target.attribute === undefined || target.attribute === '' ? 'application' : target.attribute
  const served: Served = {
    module: target.module,
    file: target.file,
    attribute,
    root: target.path[0] ?? '',
    from: 'web',
    at: target.at,
  }
  const environment = app.environment.forProcess(server.step.changes, {
    folder: workingFolder(server),
    argv: argvOf(server.step),
  })
  return { served, searchPath: target.path, environment }
}

function fromSetting(app: Parts): ServedModule | undefined {
  const setting = app.settings.get('ASGI_APPLICATION')
  const found = certain(setting) ?? setting?.alternatives[0]
  const path = plain(found?.value)?.replace(':', '.')
  const cut = path?.lastIndexOf('.') ?? -1
  if (found === undefined || path === undefined || cut <= 0) return undefined
  return byName(app, path.slice(0, cut), path.slice(cut + 1), { from: 'setting', at: found.value.at })
}

/** The asgi.py in the folder of the settings, else the only one there is. */
function fromLayout(app: Parts): ServedModule | undefined {
  const all = app.project.python.filter((path) => /(?:^|\/)asgi\.py$/.test(path))
  const settings = app.settings.file ?? ''
  const near = all.find((path) => settings.startsWith(path.slice(0, -'asgi.py'.length)))
  const file = near ?? (all.length === 1 ? all[0] : undefined)
  if (file === undefined) return undefined
  for (const root of [...app.settings.searchPath, '']) {
    const prefix = root === '' ? '' : `${root}/`
    if (!file.startsWith(prefix)) continue
    const module = file.slice(prefix.length, -'.py'.length).replaceAll('/', '.')
    const found = byName(app, module, 'application', { from: 'layout', at: undefined })
    if (found !== undefined) return found
  }
  return undefined
}

/** A module found from the folders that the settings are found from. */
export function byName(
  app: Parts,
  module: string,
  attribute: string,
  by: Pick<Served, 'from' | 'at'>,
): ServedModule | undefined {
  const { searchPath, environment } = app.settings
  const resolved = app.project.resolve(module, searchPath)
  if (resolved === undefined || resolved.kind === 'namespace') return undefined
  return { served: { module, file: resolved.file, attribute, root: resolved.root, ...by }, searchPath, environment }
}
