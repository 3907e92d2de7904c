import type { App } from '../app.ts'
import { type Engine, engineOf, findTemplate } from './engines.ts'

/**
 * Tells the templates that no name leads to, because another file of the same name is found before: a copy of an app, or a second
 * project in a folder of this one. A template of a name that nothing else has is never one of them.
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
    const found = [...names, file.slice(from + 'templates/'.length)].map((name) =>
      findTemplate(app, engine as Engine, name),
    )
    return found.every((one) => one.state === 'file' && one.template.file !== file)
  }
}
