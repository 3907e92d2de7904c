import type { App } from '../../../src/app/app.ts'
import { type CodeFile, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { boundNames } from '../../../src/app/project/nodes.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { nearest } from '../../../src/nearest.ts'
import type { Call, ClassDef, Expression } from '../../../src/syntax/python/ast.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { isFunction, literalText, walk } from '../../../src/syntax/python/walk.ts'

/** What the code of a project says of the tasks that it registers. */
export interface ProjectTasks {
  /** Whether surely nothing registers a task of this name: its package is the project's own, and its module has no such task. */
  lacks(name: string, folders: readonly string[]): boolean
  /** The function of that name, which is no task; else a task whose own name is the same, or nearly so. */
  near(name: string): NearTask | undefined
}

export interface NearTask {
  readonly name: string
  readonly at: Place
  readonly isTask: boolean
}

/** What makes a task of a function, by its last name. */
const makers = /^(?:task|shared_task|periodic_task|db_task|register_task|register)$/

/** The tasks of a project, as far as its code names them. */
export function projectTasks(app: App): ProjectTasks {
  const code = codeOf(app)
  /** By the names that their modules give them. */
  const plain = new Map<string, Place>()
  /** The same by their files, which may be imported under other names. */
  const inFiles = new Set<string>()
  const functions = new Map<string, Place>()
  /** Names that code gives, and functions that a call makes tasks of. */
  const given = new Set<string>()
  let computed = app.project.bounded
  const read = (file: CodeFile): void => {
    computed ||= file.tree.problems.length > 0 && file.text.includes('task')
    walk(file.tree, (node) => {
      if (isFunction(node)) {
        const name = { name: `${file.module}.${node.name}`, at: placeIn(file, node.nameSpan) }
        if (node.decorators.some((one) => makers.test(lastName(one)))) plain.set(name.name, name.at)
        if (node.decorators.length === 0) functions.set(name.name, name.at)
        else inFiles.add(`${file.path} ${node.name}`)
        computed ||= node.name === 'gen_task_name'
      }
      if (node.kind === 'ClassDef' && node.bases.some((one) => /Task$/.test(lastName(one)))) fromClass(node)
      if (node.kind === 'Call' && makers.test(lastName(node))) fromCall(node)
    })
  }
  const say = (value: Expression): void => {
    const text = literalText(value)
    if (text === undefined) computed = true
    else given.add(text)
  }
  const fromClass = (node: ClassDef): void => {
    for (const { value } of bindingsOf(node).get('name') ?? [])
      if (value === undefined) computed = true
      else say(value)
  }
  const fromCall = ({ args, keywords }: Call): void => {
    for (const { arg, value } of keywords)
      if (arg === undefined) computed = true
      else if (arg === 'name') say(value)
    // `app.task(clean)`, and `app.task(name)(clean)`, which is read as one of this name.
    for (const one of args) given.add(one.kind === 'Name' ? one.id : (literalText(one) ?? ''))
  }
  for (const path of app.project.python) {
    const file = code.file(path)
    if (file === undefined) computed = true
    else if (file.text.includes('ask')) read(file)
  }
  return {
    lacks: (name, folders) => !computed && !given.has(name) && isLacking(app, name, folders, { given, inFiles }),
    near(name) {
      const own = functions.get(name)
      if (own !== undefined) return { name, at: own, isTask: false }
      const all = [...plain].map(([text, at]) => ({ name: text, at, isTask: true }))
      const last = lastPart(name)
      const like = nearest(
        last,
        all.map((one) => lastPart(one.name)),
      )
      return all.find((one) => lastPart(one.name) === like)
    },
  }
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** `task` of `app.task`, `shared_task` of `shared_task(bind=True)`. */
function lastName(node: Expression): string {
  if (node.kind === 'Call') return lastName(node.func)
  return node.kind === 'Attribute' ? node.attr : node.kind === 'Name' ? node.id : ''
}

interface Known {
  readonly given: ReadonlySet<string>
  readonly inFiles: ReadonlySet<string>
}

function isLacking(app: App, name: string, folders: readonly string[], { given, inFiles }: Known): boolean {
  const cut = name.lastIndexOf('.')
  const [top = ''] = name.split('.')
  if (cut < 0 || !/^\w+(?:\.\w+)+$/.test(name) || app.dependencies.moduleState(top) === 'installed') return false
  const root = app.project.resolve(top, folders)
  if (root === undefined || (root.kind === 'namespace' && name.split('.').length < 3)) return false
  const found = app.project.resolve(name.slice(0, cut), folders)
  // A folder that other folders of the path may have too.
  if (found?.kind === 'namespace') return false
  const file = found && codeOf(app).file(found.file)
  if (found === undefined) return root.kind !== 'namespace'
  const bound = file && boundNames(file.tree)
  const last = name.slice(cut + 1)
  if (file === undefined || bound === undefined || given.has(last) || inFiles.has(`${file.path} ${last}`)) return false
  if (!bound.has(last)) return true
  const [only, ...others] = bindingsOf(file.tree).get(last) ?? []
  // A function that nothing makes a task of.
  return only !== undefined && others.length === 0 && isFunction(only.by) && only.by.decorators.length === 0
}
