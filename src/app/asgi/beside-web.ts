import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import { eachStanding, functionAt, type ProjectFunction, surelyDotted } from './project-functions.ts'
import { type Code, codeOf, dottedOf } from './python-code.ts'

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
  const code = codeOf(app)
  const worker = celeryWorker(app)
  const commands = commandsBeside(app)
  if (worker === undefined && commands.size === 0) return undefined
  const seen: ProjectFunction[] = [...functions]
  for (let wanted: readonly ProjectFunction[] = seen.slice(); wanted.length > 0 && seen.length < 60; ) {
    const task = worker === undefined ? undefined : wanted.find((one) => one.owner === undefined && isTask(one))
    if (worker !== undefined && task !== undefined) return { kind: 'task', name: task.node.name, process: worker }
    for (const { file, owner } of wanted) {
      const name = owner === undefined ? undefined : commandOf(file.path)
      const process = name === undefined ? undefined : commands.get(name)
      if (name !== undefined && process !== undefined) return { kind: 'command', name, process }
    }
    const next = wanted
      .filter(({ owner }) => owner === undefined)
      .flatMap((one) => usersOf(code, one))
      .filter((one, index, all) => all.findIndex(({ node }) => node === one.node) === index)
      .filter((one) => !seen.some(({ node }) => node === one.node))
    seen.push(...next)
    wanted = next
  }
  return undefined
}

/** The process type that runs Celery's worker. */
function celeryWorker(app: App): string | undefined {
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

/** Functions of modules, and methods of commands, in which a function is named: called, or handed to what calls it. */
function usersOf(code: Code, wanted: ProjectFunction): ProjectFunction[] {
  const { name } = wanted.node
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    const found: ProjectFunction[] = []
    if (file !== undefined)
      eachStanding(file, (node, standing) => {
        const [outer] = standing.functions
        if (outer === undefined || outer === wanted.node) return
        if (standing.owner !== undefined && commandOf(path) === undefined) return
        if (node.kind !== 'Name' && node.kind !== 'Attribute') return
        const dotted = surelyDotted(node, standing)
        if (dotted !== undefined && functionAt(code, dotted)?.node === wanted.node)
          found.push({ node: outer, file, owner: standing.owner })
      })
    return found
  })
}

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
