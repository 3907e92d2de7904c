import type { App } from '../../../src/app/app.ts'
import type { Moment } from '../../../src/app/asgi/consumer-code.ts'
import { bodyOf, type ProjectFunction, surelyDotted } from '../../../src/app/asgi/project-functions.ts'
import { type Code, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { ownWrites } from '../../../src/evaluate/python/attribute-writes.ts'
import type { ClassDef, ExceptHandler, Expression } from '../../../src/syntax/python/ast.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { builtinNames } from '../../../src/syntax/python/builtin-names.ts'
import { children, literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { isExpected } from './expected.ts'
import { reachedFunctions } from './reached-functions.ts'

/** `error.message` of an exception that has none: Python 2.6 deprecated it, Python 3 has not got it. */
export interface MissingMessage {
  /** What the handler calls the exception. */
  readonly name: string
  readonly at: Place
  readonly moment: Moment
  /** Other classes derive from the one that is caught, and may have a message. */
  readonly derived: boolean
}

/** Exceptions from which hardly any class derives that adds to them, and none of a package that Django projects use. */
const final = new Set(
  (
    'KeyError IndexError AttributeError NameError TypeError ZeroDivisionError OverflowError AssertionError UnicodeDecodeError UnicodeEncodeError ' +
    'StopIteration RecursionError FileNotFoundError ModuleNotFoundError json.JSONDecodeError json.decoder.JSONDecodeError ' +
    'django.core.exceptions.ObjectDoesNotExist django.core.exceptions.MultipleObjectsReturned'
  ).split(' '),
)

/** Where code that a socket reaches reads `message` of an exception that Python or Django defines without one. */
export function missingMessages(app: App): MissingMessage[] {
  const code = codeOf(app)
  let own: ReadonlySet<string> | undefined
  return reachedFunctions(app).flatMap(({ of, moment }) => {
    const found: MissingMessage[] = []
    walk(of.node, (node) => {
      if (node.kind !== 'ExceptHandler' || node.name === undefined || node.type === undefined) return
      const reads = readsOf(node, node.name)
      const kind = reads.length === 0 ? undefined : kindOf(node.type, of)
      if (kind === undefined) return
      own ??= basesWithMessage(code)
      if (kind === 'derived' ? own.size > 0 : lastNames(node.type).some((one) => own?.has(one))) return
      const { name } = node
      found.push(...reads.map((read) => ({ name, at: placeIn(of.file, read), moment, derived: kind === 'derived' })))
    })
    return found
  })
}

/** `error.message` in a handler where nothing asks for it first, and where the name is the exception still. */
function readsOf(handler: ExceptHandler, name: string): Expression[] {
  const found: Expression[] = []
  let asked = false
  const enter = (node: PythonNode, parents: readonly PythonNode[]): void => {
    if (node.kind === 'ExceptHandler' && node.name === name) return
    const isOwn = node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === name
    if (isOwn && node.attr === 'message' && !isExpected('AttributeError', node, parents)) found.push(node)
    const [of, attribute] = node.kind === 'Call' ? node.args : []
    const isOf = of?.kind === 'Name' && of.id === name
    asked ||= isOf && literalText(attribute) === 'message'
    // `'message' in dir(error)`, `vars(error)`, `error.__dict__`
    asked ||= isOf && node.kind === 'Call' && node.func.kind === 'Name' && /^(?:dir|vars)$/.test(node.func.id)
    asked ||= isOwn && node.attr === '__dict__'
    asked ||= 'targets' in node && node.targets.some((one) => isNamed(one, name))
    // What is an object of another class has perhaps got one.
    asked ||= node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'isinstance'
    for (const one of children(node)) enter(one, [...parents, node])
  }
  for (const statement of handler.body) enter(statement, [handler])
  return asked ? [] : found
}

/** `error = …` or `error.message = …` */
const isNamed = (target: Expression, name: string): boolean =>
  (target.kind === 'Name' && target.id === name) || (target.kind === 'Attribute' && isNamed(target.value, name))

/** Undefined: one of the classes may have a message. */
function kindOf(type: Expression, of: ProjectFunction): 'final' | 'derived' | undefined {
  if (type.kind !== 'Tuple') return kindOfOne(type, of)
  const kinds = type.elts.map((one) => kindOfOne(one, of))
  if (kinds.length === 0 || kinds.includes(undefined)) return undefined
  return kinds.includes('derived') ? 'derived' : 'final'
}

function kindOfOne(type: Expression, of: ProjectFunction): 'final' | 'derived' | undefined {
  if (type.kind === 'Attribute' && /^(?:DoesNotExist|MultipleObjectsReturned)$/.test(type.attr) && isModel(type.value))
    return 'final'
  const dotted = surelyDotted(type, bodyOf(of)) ?? ''
  if (final.has(dotted)) return 'final'
  if (type.kind !== 'Name' || !builtinNames.has(type.id) || of.file.stars.length > 0) return undefined
  if (bindingsOf(of.file.tree).has(type.id) || bindingsOf(of.node).has(type.id)) return undefined
  return final.has(type.id) ? 'final' : 'derived'
}

/** `Room`, `chat.models.Room`, `self.model`; a module may have an exception of such a name that is not Django's. */
const isModel = (node: Expression): boolean =>
  (node.kind === 'Name' && /^[A-Z]/.test(node.id)) ||
  (node.kind === 'Attribute' && (/^[A-Z]/.test(node.attr) || node.attr === 'model'))

/** What the exceptions of the project that have a message of their own derive from, by the last names of those. */
function basesWithMessage(code: Code): ReadonlySet<string> {
  const all = code.files.flatMap((path) => [...(code.file(path)?.classes.values() ?? [])])
  const found = new Set<string>()
  const enter = (node: ClassDef): void => {
    for (const name of node.bases.flatMap(lastNames)) {
      if (found.has(name)) continue
      found.add(name)
      for (const one of all) if (one.name === name) enter(one)
    }
  }
  for (const node of all) {
    const isException = [node.name, ...node.bases.flatMap(lastNames)].some((name) => exceptional.test(name))
    const { methods, open } = ownWrites(node)
    if (isException && (bindingsOf(node).has('message') || methods.has('message') || open)) enter(node)
  }
  return found
}

const exceptional = /(?:Error|Exception|Warning|DoesNotExist|MultipleObjectsReturned|StopIteration)$/

/** `KeyError` of `builtins.KeyError`, and of each that a tuple has. */
function lastNames(node: Expression): string[] {
  if (node.kind === 'Tuple') return node.elts.flatMap(lastNames)
  return node.kind === 'Attribute' ? [node.attr] : node.kind === 'Name' ? [node.id] : []
}
