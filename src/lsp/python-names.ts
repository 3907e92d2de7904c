import type { App } from '../app/app.ts'
import { worldsOf } from '../app/settings/worlds.ts'
import type { Span } from '../contracts/place.ts'
import { parseFile } from '../syntax/python/file.ts'
import { type PythonNode, walk } from '../syntax/python/walk.ts'

/** What a place of a Python file names. */
export type PythonName =
  | { readonly kind: 'setting'; readonly name: string; readonly span: Span }
  /** A text: it may name a config var. */
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }

/**
 * The setting or the text at an offset. A setting is a name in a file that the settings are made of, or an attribute of something
 * called `settings`.
 */
export function nameAt(app: App, file: string, offset: number): PythonName | undefined {
  if (!file.endsWith('.py')) return undefined
  const parsed = parseFile(app.tree, file)
  let found: PythonName | undefined
  if (parsed === undefined) return undefined
  walk(parsed.module, (node) => {
    if (offset < node.start || offset > node.end) return node.kind === 'Module'
    found = named(app, file, node, offset) ?? found
    return true
  })
  return found
}

function named(app: App, file: string, node: PythonNode, offset: number): PythonName | undefined {
  if (node.kind === 'Constant' && node.value.type === 'str')
    return { kind: 'text', text: node.value.value, span: { start: node.start, end: node.end } }
  if (node.kind === 'Name' && isSettingsFile(app, file) && isSetting(app, node.id))
    return { kind: 'setting', name: node.id, span: { start: node.start, end: node.end } }
  if (node.kind !== 'Attribute' || offset < node.end - node.attr.length) return undefined
  const { value } = node
  const ofSettings =
    (value.kind === 'Name' && value.id === 'settings') || (value.kind === 'Attribute' && value.attr === 'settings')
  return ofSettings && isSetting(app, node.attr)
    ? { kind: 'setting', name: node.attr, span: { start: node.end - node.attr.length, end: node.end } }
    : undefined
}

function isSettingsFile(app: App, file: string): boolean {
  return worldsOf(app).some(({ settings }) => settings.file === file || settings.evaluation?.files.includes(file))
}

/** Django reads the names for which Python's `str.isupper` holds. */
function isSetting(app: App, name: string): boolean {
  return (
    name === name.toUpperCase() &&
    name !== name.toLowerCase() &&
    worldsOf(app).some(({ settings }) => settings.get(name) !== undefined)
  )
}
