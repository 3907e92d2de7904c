import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'

/** Where the parts of a project stand that a deploy names. */
export interface ProjectLayout {
  /** The folder of manage.py, `''` for the root: processes run there. */
  readonly folder: string
  /** The ASGI module, `mysite.asgi`, and its file, which may not be there yet. */
  readonly asgiModule: string
  readonly asgiFile: string
}

/** Undefined for a project without a manage.py or a settings module that is known. */
export function layoutOf(app: App): ProjectLayout | undefined {
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
    ) ??
    homeBelow(app, manage.folder) ??
    parts.slice(0, 1)
  return {
    folder: manage.folder,
    asgiModule: [...home, 'asgi'].join('.'),
    asgiFile: inFolder(`${home.join('/')}/asgi.py`),
  }
}

/** The package of the only asgi.py below the folder of manage.py, or of the only wsgi.py. */
function homeBelow(app: App, folder: string): string[] | undefined {
  for (const name of ['asgi.py', 'wsgi.py']) {
    const end = `/${name}`
    const [only, ...others] = app.project.python.filter(
      (path) => path.endsWith(end) && (folder === '' || path.startsWith(`${folder}/`)),
    )
    const below = only?.slice(folder === '' ? 0 : folder.length + 1, -end.length)
    if (below !== undefined && below !== '' && others.length === 0) return below.split('/')
  }
  return undefined
}

/** The dotted name of a Python file below the folder of manage.py. */
export function moduleName({ folder }: ProjectLayout, path: string): string | undefined {
  const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined
  return below?.replace(/\.py$/, '').split('/').join('.')
}

/** The lines of a Procfile: daphne, or gunicorn where no sockets are served, and the migrations before each release. */
export function processLines({ folder, asgiModule }: ProjectLayout): {
  readonly web: string
  readonly plain: string
  readonly release: string
} {
  const inside = folder === '' ? '' : `cd ${folder} && `
  return {
    web: `web: ${inside}daphne -b 0.0.0.0 -p $PORT --proxy-headers ${asgiModule}:application`,
    plain: `web: ${inside}gunicorn ${asgiModule.replace(/asgi$/, 'wsgi')}`,
    release: `release: ${inside}python manage.py migrate --noinput`,
  }
}
