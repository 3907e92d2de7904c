import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { join, readText } from '../../files/tree.ts'
import type { Call, Expression } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { dottedName } from '../../syntax/python/names.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { importEdit } from './imports.ts'
import { eachNode } from './nodes.ts'

/** What opens a file, and takes a path for a name. */
const openers = new Set(['open', 'io.open', 'codecs.open', 'Path', 'pathlib.Path'])

/**
 * Edits by which a file is named by where the module stands: `open('data/rooms.json')` counts from where the process does. Undefined where
 * the name is not written once at the place, or the file does not lie below exactly one of the folders around the module.
 */
function namedByModule(app: App, at: Place, path: string): readonly Edit[] | undefined {
  const written = writtenName(app, at, path)
  const above = written && levelsUp(app, at.file, path)
  if (written === undefined || above === undefined) return undefined
  return fromModule(app, { file: at.file, span: { start: written.start, end: written.end } }, above)
}

/** Edits by which a text counts from a folder above the module that it stands in. */
function fromModule(app: App, { file, span }: Place, above: number): readonly Edit[] {
  const name = readText(app.tree, file)?.text.slice(span.start, span.end)
  const here = `(__file__).resolve()${'.parent'.repeat(above)} / ${name}`
  if (importsPath(app, file, span.start)) return [{ file, span, text: `Path${here}` }]
  const imported = importEdit(app, file, 'pathlib')
  return [...(imported === undefined ? [] : [imported]), { file, span, text: `pathlib.Path${here}` }]
}

/** Edits by which the text at a place leads to a folder of the tree, where it does so from a folder around its module. */
export function folderByModule(app: App, at: Place, path: string, folder: string): readonly Edit[] | undefined {
  const around = at.file.split('/').slice(0, -1)
  const above = Array.from({ length: around.length + 1 }, (_, up) => up).find(
    (up) => join(...around.slice(0, around.length - up), path) === folder,
  )
  return above === undefined ? undefined : fromModule(app, at, above + 1)
}

/** The same for what an exception says of a file that is not there. */
export function openedByModule(app: App, at: Place, message: string): readonly Edit[] | undefined {
  const path = /No such file or directory: '([^']+)'$/.exec(message)?.[1]
  return path === undefined ? undefined : namedByModule(app, at, path)
}

/** The one text with the path inside a place, where it is what an opener is given first. */
function writtenName(app: App, { file, span }: Place, path: string): Expression | undefined {
  const found: Expression[] = []
  eachNode(parseFile(app.tree, file)?.module.body, (node) => {
    if (node.end < span.start || node.start > span.end) return false
    if (node.kind === 'Call' && opens(node)) {
      const [name] = node.args
      if (name !== undefined && span.start <= name.start && name.end <= span.end && literalText(name) === path)
        found.push(name)
    }
    return true
  })
  return found.length === 1 ? found[0] : undefined
}

const opens = ({ func }: Call): boolean => openers.has(dottedName(func) ?? '')

/** How many folders above the module’s file the path is counted from; one is its own folder. */
function levelsUp(app: App, file: string, path: string): number | undefined {
  const folders = file.split('/').slice(0, -1)
  const levels = Array.from({ length: folders.length + 1 }, (_, up) => folders.slice(0, folders.length - up))
  const found = levels.flatMap((names, up) => {
    const whole = join(...names, path)
    const isThere = whole !== undefined && app.tree.kind(whole) === 'file'
    return isThere && (!app.presence.known || app.presence.isPresent(whole)) ? [up + 1] : []
  })
  return found.length === 1 ? found[0] : undefined
}

/** Whether `from pathlib import Path` stands before a place. */
function importsPath(app: App, file: string, before: number): boolean {
  return (parseFile(app.tree, file)?.module.body ?? []).some(
    (one) =>
      one.kind === 'ImportFrom' &&
      one.module === 'pathlib' &&
      one.end < before &&
      one.names.some(({ name, asname }) => name === 'Path' && asname === undefined),
  )
}
