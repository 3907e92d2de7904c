import type { App } from '../../../src/app/app.ts'
import { givesCoroutine } from '../../../src/app/asgi/consumer-code.ts'
import { type Code, type CodeFile, codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Await, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { walk } from '../../../src/syntax/python/walk.ts'

/** A coroutine function that Celery is given as a task. */
export interface AsyncTask {
  readonly node: FunctionDef
  readonly file: CodeFile
  /** It sends through the channel layer. */
  readonly sends: boolean
}

/**
 * Edits that make the task a function, in which the one thing that it awaits is run to its end. With several, each would run in a loop of
 * its own, which not every client takes.
 */
export function asFunction(app: App, { node, file }: AsyncTask): readonly Edit[] | undefined {
  const awaits: Await[] = []
  let others = false
  walk(node, (inner) => {
    if (inner.kind === 'Await') awaits.push(inner)
    if (inner !== node && /^(?:Async|FunctionDef|Lambda)/.test(inner.kind)) others = true
    if (
      inner.kind === 'ListComp' ||
      inner.kind === 'GeneratorExp' ||
      inner.kind === 'DictComp' ||
      inner.kind === 'SetComp'
    )
      others ||= inner.generators.some(({ isAsync }) => isAsync)
  })
  const [only, ...more] = awaits
  const call = only?.value
  const written = file.text.slice(node.start, node.end)
  const start = node.start + written.search(/async[ \t]+def\b/)
  if (others || more.length > 0 || start < node.start) return undefined
  const at = (from: number, to: number, text: string): Edit => ({
    file: file.path,
    span: { start: from, end: to },
    text,
  })
  const plain = at(start, file.text.indexOf('def', start), '')
  if (only === undefined) return [plain]
  const imported = fromImported(app, file.path, 'asgiref.sync', 'async_to_sync')
  if (call?.kind !== 'Call' || imported === undefined) return undefined
  return [plain, at(only.start, call.func.start, 'async_to_sync('), at(call.func.end, call.func.end, ')'), ...imported]
}

/** Packages that bring a pool, or a worker, which awaits tasks. */
const awaiting = ['celery-aio-pool', 'celery-pool-asyncio', 'aio-celery', 'asynctasq', 'celery-asyncio']

/**
 * Tasks that are coroutine functions: Celery calls them and awaits nothing, so that none of their code runs (every release up to 5.6;
 * celery/celery issue 6552 asks for it). Empty where something else may await them: another pool, a class of task of one's own.
 */
export function asyncTasks(app: App): AsyncTask[] {
  const { dependencies } = app
  const isKnown =
    dependencies.installed('celery').state === 'installed' && atLeast(dependencies, 'celery', '6.0') === false
  if (!isKnown || awaiting.some((name) => dependencies.installed(name).state !== 'absent')) return []
  const code = codeOf(app)
  if (mayAwaitTasks(code)) return []
  return code.files.flatMap((path) => {
    if (code.source(path)?.text.includes('async def') !== true || !/task/.test(code.source(path)?.text ?? '')) return []
    const file = code.file(path)
    return (file?.tree.body ?? []).flatMap((node): AsyncTask[] => {
      if (file === undefined || node.kind !== 'AsyncFunctionDef' || !isTask(app, node, file)) return []
      const sends = app.asgi.usesLayer.some(
        ({ kind, at }) =>
          (kind === 'group_send' || kind === 'send') &&
          at.file === path &&
          node.start <= at.span.start &&
          at.span.end <= node.end,
      )
      return [{ node, file, sends }]
    })
  })
}

/**
 * Some code of the project gives an application a class of tasks of its own, whose `__call__` may await what the function returns:
 * `Celery(task_cls=…)`, `app.Task = …`, a class of applications, another tracer.
 */
function mayAwaitTasks(code: Code): boolean {
  return code.files.some((path) => {
    if (!/\bcelery\b/i.test(code.source(path)?.text ?? '')) return false
    const file = code.file(path)
    let may = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (node.kind === 'Assign') may ||= node.targets.some(changesTasks)
        if (node.kind === 'ClassDef') may ||= node.bases.some((base) => isApplication(base, file))
        if (node.kind === 'Call' && isApplication(node.func, file))
          may ||= node.keywords.some(({ arg }) => arg === undefined || arg === 'task_cls')
        return !may
      })
    return may
  })
}

/** `app.Task`, `app.Task.__call__`, `app.task_cls`, `trace.build_tracer` */
const changesTasks = (target: Expression): boolean =>
  target.kind === 'Attribute' &&
  (/^(?:Task|task_cls|build_tracer)$/.test(target.attr) ||
    (target.attr === '__call__' && target.value.kind === 'Attribute' && target.value.attr === 'Task'))

const isApplication = (node: Expression, file: CodeFile): boolean =>
  /^celery\.(?:app\.(?:base\.)?)?Celery$/.test(dottedOf(node, file) ?? '')

/** The one decorator makes a task of it, by Celery's own class; another one, such as `async_to_sync`, may run the coroutine. */
function isTask(app: App, node: FunctionDef, file: CodeFile): boolean {
  const [only, ...more] = node.decorators
  if (only === undefined || more.length > 0 || givesCoroutine({ ...node, decorators: [] }, file) !== true) return false
  if (only.kind === 'Call' && only.keywords.some(({ arg }) => arg === undefined || arg === 'base')) return false
  return makesTask(app, only.kind === 'Call' ? only.func : only, file)
}

function makesTask(app: App, decorator: Expression, file: CodeFile): boolean {
  if (dottedOf(decorator, file) === 'celery.shared_task') return true
  return (
    decorator.kind === 'Attribute' && decorator.attr === 'task' && isCelery(app, dottedOf(decorator.value, file), file)
  )
}

/** The only value of a name of a module is `Celery(…)`. */
function isCelery(app: App, dotted: string | undefined, from: CodeFile, depth = 0): boolean {
  if (dotted === undefined || depth > 4) return false
  const cut = dotted.lastIndexOf('.')
  const file = cut < 0 ? from : codeOf(app).module(dotted.slice(0, cut))
  const name = dotted.slice(cut + 1)
  const imported = cut < 0 ? undefined : file?.imports.get(name)
  if (imported !== undefined) return imported !== dotted && isCelery(app, imported, from, depth + 1)
  const values = (file?.tree.body ?? []).flatMap((node) =>
    node.kind === 'Assign' && node.targets.some((target) => target.kind === 'Name' && target.id === name)
      ? [node.value]
      : [],
  )
  const [value] = values
  return file !== undefined && values.length === 1 && value?.kind === 'Call' && isApplication(value.func, file)
}
