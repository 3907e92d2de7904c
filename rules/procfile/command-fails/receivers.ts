import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
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

/** The function behind the decorator at a place. */
function receiverAt(app: App, { file, span }: Place): FunctionDef | undefined {
  return codeOf(app)
    .file(file)
    ?.tree.body.flatMap((one) => (one.kind === 'FunctionDef' ? [one] : []))
    .find(({ decorators }) => decorators.some(({ start, end }) => start <= span.start && span.end <= end))
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
  if (!names.includes('instance')) return undefined
  for (const statement of body) {
    const asked = askedIn(statement)
    if (asked !== undefined) return asked
    // Behind anything that may leave, nothing is sure: but a row of a migration is no raw one, and is new.
    if (mayLeave(statement)) return undefined
  }
  return undefined
}

/** What is evaluated whenever the statement is come to. */
function askedIn(statement: Statement): Attribute | undefined {
  if (statement.kind === 'If') {
    const inTest = attributeIn(statement.test)
    if (inTest !== undefined || statement.test.kind !== 'Name' || statement.test.id !== 'created') return inTest
    return firstOf(statement.body)
  }
  return ['Assign', 'AnnAssign', 'AugAssign', 'Expr', 'Return'].includes(statement.kind)
    ? attributeIn(statement)
    : undefined
}

function firstOf(body: readonly Statement[]): Attribute | undefined {
  for (const statement of body) {
    const asked = askedIn(statement)
    if (asked !== undefined || mayLeave(statement)) return asked
  }
  return undefined
}

function attributeIn(node: PythonNode): Attribute | undefined {
  if (['Lambda', 'IfExp', 'BoolOp', 'Compare'].includes(node.kind)) {
    const [first] = children(node)
    return node.kind === 'Lambda' || node.kind === 'IfExp' || first === undefined ? undefined : attributeIn(first)
  }
  // `hasattr(instance, …)` and `isinstance(instance, …)` look without asking.
  if (node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'instance')
    return node.attr.startsWith('_') || ofMigrations.has(node.attr) ? undefined : node
  for (const child of children(node)) {
    const found = attributeIn(child)
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
