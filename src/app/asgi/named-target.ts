import type { Text } from '../../contracts/text.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { layoutOf } from './layout.ts'

/** What a command that starts an ASGI server is told to serve. */
export interface NamedTarget {
  /** `mysite.asgi:application`, as seen from the folder of manage.py; `MODULE:application` where nothing says the module. */
  readonly target: string
  /** To stand behind the command: what of it is not there yet. */
  readonly note: Text
}

/** The ASGI application of the project by its name, for a help text. */
export function namedTarget(app: App): NamedTarget {
  const layout = layoutOf(app)
  if (layout === undefined)
    return {
      target: 'MODULE:application',
      note: {
        en: ', with the module that builds the application for MODULE',
        fr: ', avec pour MODULE le module qui construit l’application',
      },
    }
  const target = `${layout.asgiModule}:application`
  return readText(app.tree, layout.asgiFile) === undefined
    ? {
        target,
        note: { en: ` (${layout.asgiFile} is not there yet)`, fr: ` (${layout.asgiFile} n’existe pas encore)` },
      }
    : { target, note: { en: '', fr: '' } }
}
