import type { App } from '../../../src/app/app.ts'
import { codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import { metIn } from '../../../src/app/settings/start.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import { calleePath, itemsOf, type Value } from '../../../src/evaluate/python/value.ts'
import type { Expression, FunctionDef, Statement } from '../../../src/syntax/python/ast.ts'
import { children, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** A receiver of every model's signal that asks each row for what a row of `django_migrations` does not have. */
export interface CarelessReceiver extends DecisiveCommand {
  readonly receiver: string
  readonly attribute: string
  readonly signal: string
  readonly at: Place
}

/**
 * Receivers of a save without a sender that are connected while Django starts: `migrate` saves a row for each migration that it
 * applies (`MigrationRecorder.record_applied` of 2.0 to 6.0), which has an `app`, a `name`, and when it was `applied`.
 */
export function carelessReceivers(app: App): CarelessReceiver[] {
  const one = decisiveCommands(app).find(({ command }) => command.name === 'migrate')
  if (one === undefined || hasOption(one, ['-h', '--help', '--version', '--fake', '--plan', '--check']) !== false)
    return []
  const settings = settingsOfCommand(app, one.command)
  if (settings === undefined || commandProvider(app, settings, 'migrate') !== 'django.core') return []
  return metIn(app, signalOfEverySender).flatMap(({ key: signal, met: { at, hop, when } }): CarelessReceiver[] => {
    const receiver = (hop === 'build' || hop === 'release') && when.length === 0 ? receiverAt(app, at) : undefined
    const asked = receiver && firstAsked(receiver)
    if (receiver === undefined || asked === undefined) return []
    const place = { file: at.file, span: { start: asked.start, end: asked.end } }
    return [{ ...one, receiver: receiver.name, attribute: asked.attr, signal, at: place }]
  })
}

/** Signals of a row that is saved. */
const saves = /^django\.db\.models\.signals\.(pre_save|post_save)$/

/** `@receiver(post_save)`, `@receiver([post_save, post_delete])`: the signal of a save that is connected for every sender. */
function signalOfEverySender(event: Event): string | undefined {
  if (event.type !== 'call' || event.path !== 'django.dispatch.receiver' || event.args.open) return undefined
  const { positional, keywords } = event.args
  if (keywords.has('sender')) return undefined
  const signals: readonly (Value | undefined)[] = itemsOf(positional[0]) ?? [positional[0]]
  const names = signals.flatMap((one) => (one === undefined ? [] : (saves.exec(calleePath(one) ?? '')?.[1] ?? [])))
  return names[0]
}

/** The function behind the decorator at a place, where no other one stands between the two that may keep rows from it. */
function receiverAt(app: App, { file, span }: Place): FunctionDef | undefined {
  const source = codeOf(app).file(file)
  const isReceiver = (one: Expression) =>
    one.kind === 'Call' && source !== undefined && dottedOf(one.func, source) === 'django.dispatch.receiver'
  return source?.tree.body
    .flatMap((one) => (one.kind === 'FunctionDef' ? [one] : []))
    .find(({ decorators }) => {
      const index = decorators.findIndex(({ start, end }) => start <= span.start && span.end <= end)
      return index >= 0 && decorators.slice(index).every(isReceiver)
    })
}

/** What a row of `django_migrations` has, and every instance of a model. */
const ofMigrations = new Set(
  `id pk app name applied save delete refresh_from_db full_clean clean clean_fields validate_unique validate_constraints check
  objects DoesNotExist MultipleObjectsReturned serializable_value get_deferred_fields date_error_message
  unique_error_message prepare_database_save get_constraints get_applied_display save_base from_db asave adelete arefresh_from_db
  get_next_by_applied get_previous_by_applied`.split(/\s+/),
)

type Attribute = Extract<Expression, { kind: 'Attribute' }>

/** The first attribute that the function surely asks the instance for and that such a row has not. */
function firstAsked({ args, body }: FunctionDef): Attribute | undefined {
  const names = [...args.posonly, ...args.args].map(({ name }) => name)
  return names.includes('instance') ? firstOf(body, new Set()) : undefined
}

/** `given`: what the function itself has given the instance so far. */
function firstOf(body: readonly Statement[], given: Set<string>): Attribute | undefined {
  for (const statement of body) {
    const asked = askedIn(statement, given)
    // Behind anything that may leave, nothing is sure: but a row of a migration is no raw one, and is new.
    if (asked !== undefined || mayLeave(statement)) return asked
    if (assigned(statement).some(isInstance)) return undefined
  }
  return undefined
}

/** What is evaluated whenever the statement is come to, in the order in which Python does. */
function askedIn(statement: Statement, given: Set<string>): Attribute | undefined {
  if (statement.kind === 'If') {
    const inTest = attributeIn(statement.test, given)
    if (inTest !== undefined || statement.test.kind !== 'Name' || statement.test.id !== 'created') return inTest
    return firstOf(statement.body, given)
  }
  if (statement.kind === 'AugAssign') return attributeIn(statement, given)
  if (!('value' in statement) || statement.kind === 'TypeAlias' || statement.value === undefined) return undefined
  const asked = attributeIn(statement.value, given)
  if (asked !== undefined) return asked
  for (const target of assigned(statement)) {
    // `instance.room = …` asks for nothing; `instance.room.name = …` does.
    const isGiven = target.kind === 'Attribute' && isInstance(target.value)
    const before = isGiven ? undefined : attributeIn(target, given)
    if (before !== undefined) return before
    if (isGiven) given.add(target.attr)
  }
  return undefined
}

function assigned(statement: Statement): readonly Expression[] {
  if (statement.kind === 'Assign') return statement.targets.flatMap(parts)
  return statement.kind === 'AnnAssign' ? [statement.target] : []
}

/** `a, instance.b = …` */
function parts(target: Expression): readonly Expression[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.flatMap(parts)
  return target.kind === 'Starred' ? parts(target.value) : [target]
}

const isInstance = (node: Expression): boolean => node.kind === 'Name' && node.id === 'instance'

function attributeIn(node: PythonNode, given: ReadonlySet<string>): Attribute | undefined {
  switch (node.kind) {
    case 'Lambda':
    case 'IfExp':
      return undefined
    case 'BoolOp':
    case 'Compare': {
      const [first] = children(node)
      return first && attributeIn(first, given)
    }
    // What stands behind a test, or is made for each element, need not be evaluated.
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp': {
      const [first] = node.generators
      return first && attributeIn(first.iter, given)
    }
    // `hasattr(instance, …)` and `isinstance(instance, …)` look without asking.
    case 'Attribute':
      if (isInstance(node.value))
        return node.attr.startsWith('_') || ofMigrations.has(node.attr) || given.has(node.attr) ? undefined : node
  }
  for (const child of children(node)) {
    const found = attributeIn(child, given)
    if (found !== undefined) return found
  }
  return undefined
}

/** An `if` that does not hold for such a row is passed by: `if raw:`, `if not created:`. */
function mayLeave(statement: Statement): boolean {
  if (statement.kind !== 'If')
    return !['Assign', 'AnnAssign', 'AugAssign', 'Expr', 'Pass', 'Import', 'ImportFrom'].includes(statement.kind)
  const { test, orelse } = statement
  const isRaw = test.kind === 'Name' && test.id === 'raw'
  const isOld = test.kind === 'UnaryOp' && test.operand.kind === 'Name' && test.operand.id === 'created'
  return !((isRaw || isOld) && orelse.length === 0)
}
