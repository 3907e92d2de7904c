import type { App } from '../../app/app.ts'
import { readText } from '../../files/tree.ts'

/** Where the parts of a project stand that a deploy names. */
export interface Layout {
  /** The folder of manage.py, `''` for the root: processes run there. */
  readonly folder: string
  /** The ASGI module, `mysite.asgi`, and its file, which may not be there yet. */
  readonly asgiModule: string
  readonly asgiFile: string
}

/** Undefined for a project without a manage.py or a settings module that is known. */
export function layoutOf(app: App): Layout | undefined {
  const [manage] = app.project.manage
  const settings = app.settings.choice?.module ?? app.settings.module
  if (manage === undefined || settings === undefined) return undefined
  const inFolder = (path: string): string => (manage.folder === '' ? path : `${manage.folder}/${path}`)
  // The package beside the settings that holds wsgi.py or asgi.py; the outermost where there is neither.
  const parts = settings.split('.')
  const packages = parts.slice(0, -1).map((_, index) => parts.slice(0, parts.length - 1 - index))
  const home =
    packages.find((one) =>
      ['asgi.py', 'wsgi.py'].some((name) => readText(app.tree, inFolder(`${one.join('/')}/${name}`)) !== undefined),
    ) ?? parts.slice(0, 1)
  return {
    folder: manage.folder,
    asgiModule: [...home, 'asgi'].join('.'),
    asgiFile: inFolder(`${home.join('/')}/asgi.py`),
  }
}

/** The dotted name of a Python file below the folder of manage.py. */
export function moduleName({ folder }: Layout, path: string): string | undefined {
  const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined
  return below?.replace(/\.py$/, '').split('/').join('.')
}

/** The file of a new text. */
export const created = (file: string, text: string) => ({
  file,
  span: { start: 0, end: 0 },
  text,
  action: 'create' as const,
})

/** Lines that a text file is to have at its end. */
export function appended(app: App, file: string, lines: readonly string[]) {
  const text = readText(app.tree, file)?.text ?? ''
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return { file, span: { start: text.length, end: text.length }, text: `${gap}${lines.join('\n')}\n` }
}
