import type { Place } from '../../contracts/place.ts'
import type { Step, Word } from '../../evaluate/shell/model.ts'
import { known } from '../../evaluate/shell/word.ts'
import type { Project, ResolvedModule } from '../project/model.ts'
import { pythonCommand } from './programs/python.ts'
import { baseName } from './programs/unwrap.ts'
import { fromFolder, searchPath } from './servers/invocation.ts'

/** A program that runs tasks of a module that its command line names. */
export type TaskProgram = 'celery' | 'dramatiq' | 'huey_consumer'

/** The command line of one: `celery -A mysite worker`, `dramatiq chat.tasks`, `huey_consumer mysite.huey`. */
export interface TaskCommand {
  readonly program: TaskProgram
  readonly step: Step
  /** The words behind the program. */
  readonly args: readonly Word[]
  /** The module that it imports first; undefined when none is named, or nobody can read it. */
  readonly target: TaskTarget | undefined
}

export interface TaskTarget {
  /** As written, without the option: `mysite`, `mysite.celery:app`. */
  readonly text: string
  readonly at: Place
  /** The module without an attribute after a colon. */
  readonly module: string
  /** Where it is looked for, relative to the root; `open`: somewhere else too. */
  readonly folders: readonly string[]
  readonly open: boolean
}

/** The command that a step runs when it is one of these programs. */
export function taskCommand(step: Step): TaskCommand | undefined {
  const found = programOf(step)
  if (found === undefined) return undefined
  return { ...found, step, target: targetOf(found.program, found.args, step) }
}

const programs: Readonly<Record<string, TaskProgram>> = {
  celery: 'celery',
  dramatiq: 'dramatiq',
  'dramatiq-gevent': 'dramatiq',
  huey_consumer: 'huey_consumer',
  'huey_consumer.py': 'huey_consumer',
}

function programOf(step: Step): Pick<TaskCommand, 'program' | 'args'> | undefined {
  const name = baseName(step.argv[0])
  if (name === undefined) return undefined
  if (Object.hasOwn(programs, name)) return { program: programs[name] as TaskProgram, args: step.argv.slice(1) }
  if (!/^python[\d.]*$/.test(name)) return undefined
  const { kind, operand, args } = pythonCommand(step.argv)
  const module = kind === 'module' ? known(operand?.parts) : undefined
  return module === 'celery' || module === 'dramatiq' ? { program: module, args } : undefined
}

interface OptionValue {
  readonly text: string | undefined
  readonly at: Place
}

/** The value of the last of these options, in its own word or after `=`; its text is undefined when nobody can know it. */
export function optionOf(args: readonly Word[], names: readonly string[]): OptionValue | undefined {
  let found: OptionValue | undefined
  for (const [index, word] of args.entries()) {
    const [lead] = word.parts
    const start = typeof lead === 'string' ? lead : ''
    const name = names.find((one) => start === one || start.startsWith(`${one}=`))
    if (name === undefined) continue
    const next = start === name ? args[index + 1] : word
    const value = start === name ? known(next?.parts) : known(word.parts)?.slice(name.length + 1)
    if (next !== undefined) found = { text: value, at: next.at }
  }
  return found
}

/** Celery's application; the first operand of the others. */
function targetOf(program: TaskProgram, args: readonly Word[], step: Step): TaskTarget | undefined {
  const first = args.find((word) => known(word.parts)?.startsWith('-') !== true)
  const operand = known(first?.parts)
  const named =
    program === 'celery'
      ? optionOf(args, ['-A', '--app'])
      : operand === undefined || first === undefined
        ? undefined
        : { text: operand, at: first.at }
  const text = named?.text
  if (named === undefined || text === undefined || !/^[\w.-]+(?::\w+)?$/.test(text)) return undefined
  const moved = program === 'celery' ? optionOf(args, ['--workdir']) : optionOf(args, ['-p', '--path'])
  const folder = moved === undefined ? step.cwd : moved.text === undefined ? undefined : fromFolder(step, moved.text)
  const { folders, open } = searchPath(step, [folder])
  return { text, at: named.at, module: text.split(':')[0] as string, folders, open }
}

/**
 * The module that is run first: Celery takes `mysite.celery` for `mysite` (celery.app.utils.find_app), and all take
 * `mysite.celery.app` for the attribute of `mysite.celery`. Undefined: there is none in what is pushed.
 */
export function taskModule(
  project: Pick<Project, 'resolve'>,
  { program, target }: Pick<TaskCommand, 'program' | 'target'>,
): { readonly module: string; readonly found: ResolvedModule } | undefined {
  if (target === undefined) return undefined
  const { module, folders } = target
  const parent = module.includes('.') ? module.slice(0, module.lastIndexOf('.')) : undefined
  const names = program === 'celery' ? [`${module}.celery`, module, parent] : [module, parent]
  for (const name of names) {
    const found = name === undefined ? undefined : project.resolve(name, folders)
    if (name !== undefined && found !== undefined && found.kind !== 'namespace') return { module: name, found }
  }
  return undefined
}
