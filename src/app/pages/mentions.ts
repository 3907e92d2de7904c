import { perFile } from '../../files/per-file.ts'
import { readText } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { parsePython } from '../../syntax/python/parse.ts'
import { walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'

const words = perFile(({ text }) => namesIn(text))

/** Names, attributes, texts and the keywords of calls of a module. */
function namesIn(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  walk(parsePython(text), (node) => {
    if (node.kind === 'Name') found.add(node.id)
    else if (node.kind === 'Attribute') found.add(node.attr)
    else if (node.kind === 'alias') found.add(node.name)
    else if (node.kind === 'keyword' && node.arg !== undefined) found.add(node.arg)
    else if (node.kind === 'Constant' && node.value.type === 'str') found.add(node.value.value)
  })
  return found
}

const answers = new WeakMap<App, Map<string, boolean>>()

/** Whether a Python file of the project has one of these as a name, an attribute, a keyword or a text of its own; true where not all was walked. */
export function mentions(app: App, names: readonly string[]): boolean {
  const known = getOrInsert(answers, app, () => new Map<string, boolean>())
  return getOrInsert(known, names.join(' '), () => app.project.bounded || app.project.python.some(has))
  function has(path: string): boolean {
    const source = readText(app.tree, path)
    // Most files do not have the word at all: they need no parse.
    return source !== undefined && names.some((name) => source.text.includes(name) && words(source).has(name))
  }
}
