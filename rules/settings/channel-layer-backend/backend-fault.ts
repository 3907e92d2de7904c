import type { App } from '../../../src/app/app.ts'
import { findServed } from '../../../src/app/asgi/served.ts'
import { boundNames } from '../../../src/app/project/nodes.ts'
import type { Layer } from '../../../src/app/settings/model.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { channels1Layers, closedPackages, layerClass, layerClasses } from '../../../src/knowledge/layers/layers.ts'
import { nearest } from '../../../src/nearest.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** What is wrong with a layer's BACKEND, and what was meant. */
export interface BackendFault {
  readonly kind: 'missing' | 'channels1' | 'misspelt' | 'unresolved' | 'shadowed'
  readonly meant: string | undefined
  /** The file of the project that is imported in place of the library that the class needs. */
  readonly shadow?: string
}

/** Why Channels 2 or later cannot import a layer's BACKEND; undefined when it can, or when that is not known. */
export function backendFault(app: App, layer: Layer): BackendFault | undefined {
  if (layer.backendValue === undefined) {
    return layer.dict.rest === undefined ? { kind: 'missing', meant: undefined } : undefined
  }
  const path = layer.backend
  if (path === undefined) return undefined
  if (layerClass(path) !== undefined) {
    const shadow = path.startsWith('channels_redis.') ? shadowOfRedis(app) : undefined
    return shadow === undefined ? undefined : { kind: 'shadowed', meant: undefined, shadow }
  }
  const meant =
    nearest(
      path,
      layerClasses.map((one) => one.path),
    ) ?? sameClass(path)
  const successor = channels1Layers.get(path)
  if (successor !== undefined) return { kind: 'channels1', meant: successor }
  const inProject = projectFault(app, path)
  if (inProject !== 'not-project') return inProject ? { kind: 'unresolved', meant } : undefined
  const [top = ''] = path.split('.')
  if (closedPackages.some((name) => path.startsWith(`${name}.`))) return { kind: 'misspelt', meant }
  if (meant !== undefined && app.dependencies.moduleState(top) !== 'installed') return { kind: 'misspelt', meant }
  return undefined
}

/**
 * A module or package `redis` of the project in a folder of the search path, which comes before installed packages, where it has no
 * `asyncio`: channels_redis imports `from redis import asyncio` since 4.0. A folder without __init__.py stands behind them.
 */
function shadowOfRedis(app: App): string | undefined {
  if (atLeast(app.dependencies, 'channels-redis', '4.0') !== true) return undefined
  const served = findServed(app)
  const searchPath = served?.served.from === 'web' ? served.searchPath : app.settings.searchPath
  const module = app.project.resolve('redis', searchPath)
  if (module === undefined || module.kind === 'namespace' || !app.presence.isPresent(module.file)) return undefined
  if (module.kind === 'package' && app.project.resolve('redis.asyncio', searchPath) !== undefined) return undefined
  const parsed = parseFile(app.tree, module.file)
  const names = parsed && boundNames(parsed.module)
  return names === undefined || names.has('asyncio') ? undefined : module.file
}

/** `channels_redis.RedisChannelLayer` means the class of that name, wherever it is. */
function sameClass(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return layerClasses.find((one) => one.path.toLowerCase().endsWith(`.${name}`))?.path
}

/** Whether a class of the project is missing; `not-project` when its package is none of the project's. */
function projectFault(app: App, path: string): boolean | 'not-project' {
  const { searchPath } = app.settings
  const parts = path.split('.')
  const top = app.project.resolve(parts[0] as string, searchPath)
  if (top === undefined || parts.length < 2) return 'not-project'
  const module = app.project.resolve(parts.slice(0, -1).join('.'), searchPath)
  if (module === undefined) return true
  if (module.kind === 'namespace') return false
  const parsed = parseFile(app.tree, module.file)
  const names = parsed && boundNames(parsed.module)
  return names !== undefined && !names.has(parts.at(-1) as string)
}
