import type { Config } from '../config/config.ts'
import { itemsOf, plain } from '../evaluate/python/value.ts'
import { alwaysPresent, type Presence } from '../files/presence.ts'
import type { FileTree } from '../files/tree.ts'
import type { Snapshot } from '../snapshot/model.ts'
import type { App, Audit } from './app.ts'
import { readAsgi } from './asgi/asgi.ts'
import type { AppNode } from './asgi/model.ts'
import { readDependencies } from './dependencies/dependencies.ts'
import { readEnvironment } from './environment/environment.ts'
import { readFrontend } from './frontend/frontend.ts'
import { newInquiry } from './inquiry.ts'
import { readManifest } from './manifest/manifest.ts'
import { readProcesses } from './processes/processes.ts'
import { readProject } from './project/project.ts'
import { readSettings } from './settings/settings.ts'

/**
 * The model of one app. Parts are computed when they are first asked for, and each only once; a part may ask for others
 * (settings ask for dependencies and processes) as long as none needs itself.
 */
export function readApp(
  tree: FileTree,
  config: Config,
  audit: Omit<Audit, 'unusedSuppressions'>,
  presence: Presence = alwaysPresent,
  snapshot?: Snapshot,
): App {
  const project = once('project', () => readProject(app))
  const manifest = once('manifest', () => readManifest(app))
  const environment = once('environment', () => readEnvironment(app))
  const dependencies = once('dependencies', () => readDependencies(app))
  const processes = once('processes', () => readProcesses(app))
  const settings = once('settings', () => readSettings(app))
  const asgi = once('asgi', () => readAsgi(app))
  const frontend = once('frontend', () => readFrontend(app))
  const channels = once('usesChannels', () => usesChannels(app))
  const app: App = {
    tree,
    config,
    presence,
    snapshot,
    inquiry: newInquiry(),
    parseProblems: [],
    audit: { ...audit, unusedSuppressions: [] },
    get project() {
      return project()
    },
    get manifest() {
      return manifest()
    },
    get environment() {
      return environment()
    },
    get dependencies() {
      return dependencies()
    },
    get processes() {
      return processes()
    },
    get settings() {
      return settings()
    },
    get asgi() {
      return asgi()
    },
    get frontend() {
      return frontend()
    },
    get usesChannels() {
      return channels()
    },
    get isDjango() {
      return isDjango(app)
    },
  }
  return app
}

function once<T>(name: string, compute: () => T): () => T {
  let state: 'new' | 'computing' | 'done' = 'new'
  let value: T
  return () => {
    if (state === 'computing') throw new Error(`the model's part ${name} needs itself`)
    if (state === 'new') {
      state = 'computing'
      try {
        value = compute()
        state = 'done'
      } finally {
        // A part that throws says its own reason again to the next who asks, not that it needs itself.
        if (state === 'computing') state = 'new'
      }
    }
    return value
  }
}

function isDjango(app: App): boolean {
  return (
    app.project.manage.length > 0 ||
    app.project.settings.length > 0 ||
    app.dependencies.installed('django').state === 'installed'
  )
}

function usesChannels(app: App): boolean {
  if (app.asgi.channelsImport !== undefined) return true
  const apps = app.settings.get('INSTALLED_APPS')
  if (apps?.alternatives.some(({ value }) => itemsOf(value)?.some((item) => plain(item) === 'channels'))) return true
  return app.asgi.application.some(({ root }) => holdsProtocols(root))
}

function holdsProtocols(node: AppNode): boolean {
  return node.kind === 'protocols' || (node.kind === 'wrapper' && holdsProtocols(node.inner))
}
