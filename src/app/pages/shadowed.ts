import type { App } from '../app.ts'
import { absoluteName, type Engine, engineOf, findTemplate } from './engines.ts'
import { literal, templateIn } from './template-faults.ts'

/**
 * Tells the templates that no name leads to, because another file of the same name is found before: a copy of an app, or a second
 * project in a folder of this one. A template of a name that nothing else has is never one of them, nor is one that the file found
 * before extends.
 */
export function shadowedTemplates(app: App): (file: string) => boolean {
  let engine: Engine | undefined | 'unread' = 'unread'
  return (file) => {
    const from = file.lastIndexOf('templates/')
    if (from < 0 || (from > 0 && file[from - 1] !== '/')) return false
    if (engine === 'unread') engine = engineOf(app)
    if (engine === undefined || engine.open) return false
    const { folders } = engine
    const own = folders.filter((folder) => file.startsWith(folder === '' ? '' : `${folder}/`))
    const names = own.map((folder) => (folder === '' ? file : file.slice(folder.length + 1)))
    return [...names, file.slice(from + 'templates/'.length)].every((name) =>
      isPassedOver(app, engine as Engine, name, file),
    )
  }
}

/** Whether another file is found by the name, and none that leads on to this one: `{% extends %}` of the own name takes the next. */
function isPassedOver(app: App, engine: Engine, name: string, file: string): boolean {
  const passed: string[] = []
  for (;;) {
    const found = findTemplate(app, engine, name, passed)
    if (found.state !== 'file' || found.template.file === file) return false
    const tree = templateIn(app, found.template.file)
    if (tree === undefined) return false
    const [parent] = tree.tags
    if (parent?.name !== 'extends') return true
    const extended = literal(parent.words[0])
    // A variable may hold the own name.
    if (extended === undefined) return false
    if (absoluteName(extended, found.template) !== name) return true
    passed.push(found.template.file)
  }
}
