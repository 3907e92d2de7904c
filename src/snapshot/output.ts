import { at, type DataNode, entriesOf, itemsOf, textOf } from '../syntax/data.ts'
import type { SnapshotDocument } from './model.ts'
import { isDomain, shapeOf } from './shapes.ts'

/**
 * Reads what the `heroku` CLI prints (11.9, 2026-08; the JSON is the Platform API's) and keeps only what is known to be
 * public. Undefined: the text is not what the command prints.
 */

type Config = NonNullable<SnapshotDocument['config']>
type Addon = NonNullable<SnapshotDocument['addons']>[number]
type Dynos = NonNullable<SnapshotDocument['dynos']>[number]
type Domain = NonNullable<SnapshotDocument['domains']>[number]

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,199}$/
const SLUG = /^[a-z0-9][a-z0-9_-]{0,79}$/i

/** `heroku config --json`: names to shapes. */
export function configOf(root: DataNode | undefined, domains: readonly string[]): Config | undefined {
  if (root?.kind !== 'table') return undefined
  const config: Record<string, string> = {}
  for (const [name, { value }] of entriesOf(root)) {
    const text = textOf(value)
    if (text === undefined) return undefined
    if (NAME.test(name)) config[name] = shapeOf(name, text, domains)
  }
  return config
}

/** One add-on of `heroku addons --json`; undefined when nothing can be said about it. */
export function addonOf(node: DataNode, app: string | undefined): Addon | undefined {
  const written = textOf(at(node, 'plan', 'name')) ?? ''
  const [first = '', plan] = written.split(':')
  const service = textOf(at(node, 'addon_service', 'name')) ?? first
  if (!SLUG.test(service)) return undefined
  return {
    service,
    ...(plan !== undefined && SLUG.test(plan) && { plan }),
    variables: variablesOf(node, app),
  }
}

/** What it sets on this app: an add-on that belongs to another app is known by its attachment's name. */
function variablesOf(node: DataNode, app: string | undefined): string[] {
  const owner = textOf(at(node, 'app', 'name'))
  const own = owner === undefined || app === undefined || owner === app
  const listed = own ? itemsOf(at(node, 'config_vars')).map((item) => textOf(item) ?? '') : []
  const attached = itemsOf(at(node, 'attachments'))
    .filter((one) => app === undefined || textOf(at(one, 'app', 'name')) === app)
    .map((one) => `${textOf(at(one, 'name')) ?? ''}_URL`)
  const names = listed.length > 0 ? listed : attached
  return [...new Set(names)].filter((name) => NAME.test(name) && name !== '_URL')
}

/** `heroku addons --json`. */
export function addonsOf(root: DataNode | undefined, app: string | undefined): Addon[] | undefined {
  if (root?.kind !== 'list' || root.items.some(({ kind }) => kind !== 'table')) return undefined
  return root.items.map((node) => addonOf(node, app)).filter((addon) => addon !== undefined)
}

/** `heroku ps --json`, counted by process type. One-off dynos, console sessions and the release phase are no formation. */
export function dynosOf(root: DataNode | undefined): Dynos[] | undefined {
  if (root?.kind !== 'list' || root.items.some(({ kind }) => kind !== 'table')) return undefined
  const found = new Map<string, { type: string; size?: string; up: number; down: number }>()
  for (const node of root.items) {
    const type = textOf(at(node, 'type'))
    if (type === undefined) return undefined
    if (!SLUG.test(type) || type === 'run' || type === 'release' || type === 'scheduler') continue
    const size = textOf(at(node, 'size'))?.toLowerCase()
    const entry = found.get(type) ?? {
      type,
      ...(size !== undefined && /^[a-z0-9][a-z0-9.-]{0,39}$/.test(size) && { size }),
      up: 0,
      down: 0,
    }
    if (['crashed', 'down'].includes(textOf(at(node, 'state')) ?? '')) entry.down++
    else entry.up++
    found.set(type, entry)
  }
  return [...found.values()].sort((a, b) => (a.type < b.type ? -1 : 1))
}

/** `heroku domains --json`. */
export function domainsOf(root: DataNode | undefined): Domain[] | undefined {
  if (root?.kind !== 'list' || root.items.some(({ kind }) => kind !== 'table')) return undefined
  return root.items.flatMap((node): Domain[] => {
    const name = textOf(at(node, 'hostname'))?.toLowerCase()
    if (name === undefined || !isDomain(name)) return []
    return [{ name, kind: textOf(at(node, 'kind')) === 'heroku' ? 'heroku' : 'custom' }]
  })
}

/** `heroku stack`: the line that begins with a star. */
export function stackOf(output: string): string | undefined {
  const [, name] = /^\s*\*\s+([a-z][a-z0-9-]{0,39})\s*$/m.exec(output) ?? []
  return name === 'cedar-10' ? 'cedar' : name
}

/**
 * `heroku buildpacks`: a name of the registry or a repository on GitHub is kept as it is; any other address, which may
 * carry credentials, becomes `url`.
 */
export function buildpacksOf(output: string): string[] | undefined {
  const lines = output.split('\n').map((line) => line.trim())
  if (lines.some((line) => /has no buildpacks?\.?$/i.test(line))) return []
  const head = lines.findIndex((line) => line.startsWith('==='))
  if (head < 0) return undefined
  const rest = lines.slice(head + 1).filter((line) => line !== '')
  return rest.map((line) => {
    const text = line.replace(/^\d+\.\s+/, '')
    const known = /^(?:[a-z0-9-]+\/[a-z0-9_-]+|https:\/\/github\.com\/[\w.-]+\/[\w.-]+)$/i
    return known.test(text) ? text : 'url'
  })
}
