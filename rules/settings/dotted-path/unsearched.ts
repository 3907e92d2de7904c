import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { isClosed } from '../../../src/app/settings/module-choice.ts'
import { startsOf } from '../../../src/app/settings/start.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { certain } from '../../../src/evaluate/python/certain-value.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/** An app that manage.py alone finds: the server, which runs no manage.py, looks for it elsewhere. */
export interface Unsearched {
  readonly name: string
  readonly folder: string
  readonly manage: string
  readonly at: Place
  /** Where manage.py adds the folder. */
  readonly addedAt: Place
}

/** Apps of the web process's settings in a folder that only manage.py puts on `sys.path`. */
export function unsearched(app: App): Unsearched[] {
  const { settings, project, tree } = app
  const [manage, ...others] = project.manage
  const server = app.processes.web?.server
  const items = itemsOf(certain(settings.get('INSTALLED_APPS'))?.value)
  if (manage === undefined || others.length > 0 || server === undefined || items === undefined || !settings.sure)
    return []
  const added = foldersAdded(app, manage)
  if (added.length === 0 || isAddedElsewhere(app, manage.path)) return []
  const environment = app.environment.forProcess(server.step.changes, { folder: server.step.cwd })
  const folders = isClosed(app, server, environment) ? searched(app) : undefined
  if (folders === undefined) return []
  return items.flatMap((item) => {
    const name = plain(item)?.split('.')[0] ?? ''
    if (name === '' || project.resolve(name, folders) !== undefined) return []
    if (app.dependencies.moduleState(name) === 'installed') return []
    const holder = added.find(
      ({ folder }) =>
        (project.resolve(name, [folder])?.kind ?? 'namespace') !== 'namespace' ||
        tree.kind(`${folder}/${name}/models.py`) === 'file',
    )
    return holder === undefined ? [] : [{ name, manage: manage.path, at: item.at, ...holder }]
  })
}

/** Whether other code of the project adds folders: a module of its own, a server's configuration. When that runs is not asked. */
function isAddedElsewhere(app: App, manage: string): boolean {
  // `-e .`, `./apps`: a part of the project is installed.
  if (!app.dependencies.complete || app.dependencies.requirements.some(({ editable }) => editable)) return true
  const { files, source } = codeOf(app)
  return files.some((path) => path !== manage && /\bsys\.path\b|\baddsitedir\b/.test(source(path)?.text ?? ''))
}

/** The folders of the tree on `sys.path` once any process has read its settings; undefined: there may be others. */
function searched(app: App): string[] | undefined {
  const starts = startsOf(app).map(({ evaluation }) => evaluation)
  const all = app.asgi.evaluation === undefined ? starts : [...starts, app.asgi.evaluation]
  const paths = all.flatMap((evaluation) => evaluation.paths.flatMap(({ searchPath }) => searchPath))
  if (starts.length === 0 || paths.includes(undefined)) return undefined
  const own = app.processes.web?.server?.target?.path ?? []
  return [...own, ...paths.flatMap((path) => (path === '/app' ? [''] : (/^\/app\/(.+)/.exec(path ?? '')?.[1] ?? [])))]
}

/** `sys.path.append(str(BASE_DIR / "apps"))` of manage.py: folders beside it that its text names. */
function foldersAdded({ tree }: App, { path, folder: home }: App['project']['manage'][number]) {
  const found: { folder: string; addedAt: Place }[] = []
  const file = parseFile(tree, path)
  if (file?.text.includes('sys.path') !== true) return found
  eachNode(file.module.body, (node) => {
    if (node.kind !== 'Call' || !isSysPath(node.func)) return true
    const written = node.args.at(-1)
    if (written !== undefined)
      walk(written, (inner) => {
        const text = (literalText(inner) ?? '').replace(/^\.?\/|\/$/g, '')
        const folder = home === '' ? text : `${home}/${text}`
        if (text !== '' && tree.kind(folder) === 'directory')
          found.push({ folder, addedAt: { file: path, span: { start: node.start, end: node.end } } })
      })
    return true
  })
  return found
}

/** `sys.path.append`, `sys.path.insert` */
const isSysPath = (node: Expression): boolean =>
  node.kind === 'Attribute' &&
  (node.attr === 'append' || node.attr === 'insert') &&
  node.value.kind === 'Attribute' &&
  node.value.attr === 'path' &&
  node.value.value.kind === 'Name' &&
  node.value.value.id === 'sys'
