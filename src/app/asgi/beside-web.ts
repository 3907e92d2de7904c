import { known } from '../../evaluate/shell/word.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { eachStanding, type ProjectFunction } from './project-functions.ts'
import { type Code, codeOf, dottedOf } from './python-code.ts'
import { type Use, usersOf } from './users-of.ts'

/** What runs a function of the project in another process than the server of the sockets. */
export interface RunBeside {
  readonly kind: 'task' | 'command'
  /** Of the task, or of the management command. */
  readonly name: string
  /** Process type. */
  readonly process: string
}

/**
 * A task of Celery that calls one of these functions, however many functions of modules lie between, where a process runs Celery's worker;
 * a management command that does, where a process other than `web` runs it. Undefined when nothing says so.
 */
export function runBeside(app: App, functions: readonly ProjectFunction[]): RunBeside | undefined {
  const worker = celeryWorker(app)
  const commands = commandsBeside(app)
  if (worker === undefined && commands.size === 0) return undefined
  return firstUser(codeOf(app), functions, (one): RunBeside | undefined => {
    if (worker !== undefined && one.owner === undefined && isTask(one))
      return { kind: 'task', name: one.node.name, process: worker }
    const name = one.owner === undefined ? undefined : commandOf(one.file.path)
    const process = name === undefined ? undefined : commands.get(name)
    return name === undefined || process === undefined ? undefined : { kind: 'command', name, process }
  })
}

/**
 * The management command that calls one of these functions and that no process and no code of the project runs: who runs it, a
 * scheduler or somebody by hand, does so in a dyno of its own.
 */
export function oneOffCommand(app: App, functions: readonly ProjectFunction[]): string | undefined {
  const code = codeOf(app)
  const run = new Set(app.processes.all.flatMap(({ django }) => django.map(({ name }) => name)))
  return firstUser(code, functions, ({ file, owner }) => {
    const name = owner === undefined ? undefined : commandOf(file.path)
    return name === undefined || run.has(name) || isCalled(code, name) ? undefined : name
  })
}

/** Whether some code runs a management command, or one whose name is computed, which may be any. */
function isCalled(code: Code, command: string): boolean {
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes('call_command') === true ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (node.kind !== 'Call' || dottedOf(node.func, file) !== 'django.core.management.call_command') return !found
        const name = node.args[0] ?? node.keywords.find(({ arg }) => arg === 'command_name')?.value
        found ||= (literalText(name) ?? command) === command
        return !found
      })
    return found
  })
}

/** What is so of the first of these functions, of those in which they are named, and so on. */
function firstUser<T>(
  code: Code,
  functions: readonly ProjectFunction[],
  test: (one: ProjectFunction) => T | undefined,
): T | undefined {
  const seen: ProjectFunction[] = [...functions]
  for (let wanted: readonly ProjectFunction[] = seen.slice(); wanted.length > 0 && seen.length < 60; ) {
    for (const one of wanted) {
      const found = test(one)
      if (found !== undefined) return found
    }
    const next = wanted
      .filter(({ owner }) => owner === undefined)
      .flatMap((one) => usersOf(code, one, isModuleOrCommand))
      .filter((one, index, all) => all.findIndex(({ node }) => node === one.node) === index)
      .filter((one) => !seen.some(({ node }) => node === one.node))
    seen.push(...next)
    wanted = next
  }
  return undefined
}

/** The process type that runs Celery's worker. */
export function celeryWorker(app: App): string | undefined {
  return app.processes.all.find(({ steps }) =>
    steps.some(({ argv }) => {
      const words = argv.map(({ parts }) => known(parts))
      return words[0] === 'celery' && words.includes('worker')
    }),
  )?.type
}

/** Management commands that a process runs which neither serves nor ends before the server begins, with its type. */
function commandsBeside(app: App): ReadonlyMap<string, string> {
  return new Map(
    app.processes.all
      .filter(({ type }) => type !== 'web' && type !== 'release')
      .flatMap(({ type, django }) => django.map(({ name }) => [name, type] as const)),
  )
}

const commandOf = (path: string): string | undefined => /(?:^|\/)management\/commands\/(\w+)\.py$/.exec(path)?.[1]

/** `@shared_task`, `@app.task`, `@app.task(bind=True)` */
export function isTask({ node, file }: ProjectFunction): boolean {
  return node.decorators.some((decorator) => {
    const made = decorator.kind === 'Call' ? decorator.func : decorator
    return dottedOf(made, file) === 'celery.shared_task' || (made.kind === 'Attribute' && made.attr === 'task')
  })
}

/** Functions of modules, and methods of commands. */
const isModuleOrCommand = ({ standing: { owner, file } }: Use): boolean =>
  owner === undefined || commandOf(file.path) !== undefined

/** The functions of the project in which these places stand: the outermost of each, with the class of a method. */
export function functionsAround(
  app: App,
  places: readonly { file: string; span: { start: number } }[],
): ProjectFunction[] {
  const code = codeOf(app)
  return places.flatMap(({ file: path, span }) => {
    const file = code.file(path)
    const found: ProjectFunction[] = []
    if (file !== undefined)
      eachStanding(file, (node, { functions: [outer], owner }) => {
        if (node.start === span.start && outer !== undefined && !found.some((one) => one.node === outer))
          found.push({ node: outer, file, owner })
      })
    return found
  })
}
