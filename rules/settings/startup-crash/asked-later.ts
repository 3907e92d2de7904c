import type { App } from '../../../src/app/app.ts'
import { nodesAround } from '../../../src/app/project/around.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { heldStatement, tried, withoutStatement } from '../../../src/app/project/statement-edits.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { isFunction } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A way to a start that no table has to be there for. */
export interface AskedLater {
  readonly kind: 'choices' | 'ready'
  readonly edits: readonly Edit[]
}

/** What makes the queries of a file at the start ones of later, or lets the start go on without their answer; all, or none. */
export function askedLater(app: App, places: readonly Place[]): AskedLater | undefined {
  const ways = { choices: choicesWhenAsked, ready: readyWithoutTables } as const
  for (const kind of ['choices', 'ready'] as const) {
    const found = places.map((at) => ways[kind](app, at))
    if (found.includes(undefined)) continue
    const edits = found.flatMap((one) => one ?? [])
    return { kind, edits: uniqueBy(edits, ({ file, span, text }) => `${file} ${span.start} ${span.end} ${text}`) }
  }
  return undefined
}

/** The fields of a form that take a function for their choices, which is asked for each form. */
const asksForChoices = /(?:^|\.)(?:Typed)?(?:Multiple)?ChoiceField$/

/** `choices=[… for one in One.objects.all()]`, or a function of the same file that is called there. */
function choicesWhenAsked(app: App, at: Place): readonly Edit[] | undefined {
  const around = nodesAround(app.tree, at)
  const field = around.findLast((node): node is Call => node.kind === 'Call' && isChoiceField(node))
  const own = field && choicesOf(field)
  if (own !== undefined && own.start <= at.span.start && at.span.end <= own.end) {
    const start = { start: own.start, end: own.start }
    return [{ file: at.file, span: start, text: 'lambda: ' }]
  }
  const asking = around.findLast((node): node is FunctionDef => isFunction(node as FunctionDef))
  if (asking === undefined || asking.kind !== 'FunctionDef') return undefined
  return calledForChoices(app, at.file, asking.name)
}

/** Edits that hand the function on which every field of the file calls for its choices; undefined where none does. */
function calledForChoices(app: App, file: string, name: string): readonly Edit[] | undefined {
  const found: Edit[] = []
  eachNode(parseFile(app.tree, file)?.module.body, (node) => {
    const choices = node.kind === 'Call' && isChoiceField(node) ? choicesOf(node) : undefined
    if (choices?.kind !== 'Call' || choices.args.length > 0 || choices.keywords.length > 0) return true
    if (choices.func.kind === 'Name' && choices.func.id === name)
      found.push({ file, span: { start: choices.func.end, end: choices.end }, text: '' })
    return true
  })
  return found.length === 0 ? undefined : found
}

const isChoiceField = ({ func }: Call): boolean => asksForChoices.test(dottedName(func) ?? '')

const choicesOf = ({ keywords }: Call): Expression | undefined => keywords.find(({ arg }) => arg === 'choices')?.value

/** A query in `ready()` itself: where it cannot be answered, the start goes on. */
function readyWithoutTables(app: App, at: Place): readonly Edit[] | undefined {
  const held = heldStatement(app.tree, at)
  if (held?.holder === undefined || held.holder.kind !== 'FunctionDef' || held.holder.name !== 'ready') return undefined
  const edit = tried(app.tree, at.file, held, [
    'except DatabaseError:',
    '\tpass  # No tables before the first migration.',
  ])
  const imported = fromImported(app, at.file, 'django.db', 'DatabaseError')
  return edit === undefined || imported === undefined ? undefined : [...imported, edit]
}

/** A question of which nothing uses the answer: without it the start asks nobody. */
export function notAsked(app: App, at: Place, call: string): readonly Edit[] | undefined {
  if (!/\.(?:ping|info|time|dbsize|exists|get)\(\)$/.test(call)) return undefined
  const held = heldStatement(app.tree, at)
  if (held?.statement.kind !== 'Expr') return undefined
  const { start, end } = held.statement
  if (sourceText(app.tree, { file: at.file, span: { start, end } }) !== sourceText(app.tree, at)) return undefined
  const edit = withoutStatement(app.tree, at.file, held)
  return edit && [edit]
}
