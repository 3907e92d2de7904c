import type { App } from '../../../src/app/app.ts'
import type { Moment } from '../../../src/app/asgi/consumer-code.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { isDjangoModel } from '../../../src/app/asgi/query-sets.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Expression, Try } from '../../../src/syntax/python/ast.ts'
import { children, opensScope, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { isExpected } from './expected.ts'
import { reachedFunctions } from './reached-functions.ts'

/** `Room.objects.filter(…).first().name`: an attribute of the row that a query may not have. */
export interface MissingRow {
  readonly name: string
  readonly by: string
  readonly at: Place
  readonly moment: Moment
}

/** Attributes that code which a socket reaches takes at once of what `first()` and `last()` give, which is None where no row matches. */
export function missingRows(app: App): MissingRow[] {
  const code = codeOf(app)
  return reachedFunctions(app).flatMap(({ of, moment }) => {
    const found: MissingRow[] = []
    const enter = (node: PythonNode, parents: readonly PythonNode[]): void => {
      const row = node.kind === 'Attribute' ? rowOf(code, node.value, of) : undefined
      if (node.kind === 'Attribute' && row !== undefined && !isLookedFor(row.model, node, parents))
        found.push({ name: node.attr, by: row.by, at: placeIn(of.file, node), moment })
      if (!opensScope(node)) for (const one of children(node)) enter(one, [...parents, node])
    }
    for (const statement of of.node.body) enter(statement, [of.node])
    return found
  })
}

/** The model that `first()` or `last()` of a query asks; in a coroutine the plain methods are refused before. */
function rowOf(code: Code, node: Expression, { node: around, file }: ProjectFunction) {
  const isCoroutine = around.kind === 'AsyncFunctionDef'
  if (isCoroutine !== (node.kind === 'Await')) return undefined
  const call = node.kind === 'Await' ? node.value : node
  if (call.kind !== 'Call' || call.func.kind !== 'Attribute' || call.args.length > 0) return undefined
  const by = call.func.attr
  if (!(isCoroutine ? /^a(?:first|last)$/ : /^(?:first|last)$/).test(by)) return undefined
  const model = managedBy(call.func.value)
  return model !== undefined && isDjangoModel(code, model, file) ? { model: lastName(model), by } : undefined
}

function managedBy(node: Expression): Expression | undefined {
  if (node.kind === 'Attribute') return node.attr === 'objects' ? node.value : undefined
  return node.kind === 'Call' && node.func.kind === 'Attribute' ? managedBy(node.func.value) : undefined
}

const lastName = (node: Expression): string =>
  node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : ''

/** Something before it on its way has to do with that model too (it may make a row, or ask for one), or the error is awaited. */
function isLookedFor(model: string, node: PythonNode, parents: readonly PythonNode[]): boolean {
  if (isExpected('AttributeError', node, parents)) return true
  return parents.some((one, index) => {
    const part = parents[index + 1] ?? node
    if (one.kind === 'Try' && catchesAll(one, part)) return true
    return children(one).some(
      (sibling) => sibling.end <= part.start && names(sibling, model) && !isOtherBranch(one, sibling, part),
    )
  })
}

const catchesAll = ({ body, handlers }: Try, part: PythonNode): boolean =>
  body.some((one) => one === part) &&
  handlers.some(({ type }) => type === undefined || /^(?:Base)?Exception$/.test(lastName(type)))

/** What stands in the other branch of an `if` does not run before. */
const isOtherBranch = (node: PythonNode, sibling: PythonNode, part: PythonNode): boolean =>
  node.kind === 'If' && node.body.some((one) => one === sibling) && node.orelse.some((one) => one === part)

function names(node: PythonNode, name: string): boolean {
  let found = false
  walk(node, (one) => {
    found ||= (one.kind === 'Name' && one.id === name) || (one.kind === 'Attribute' && one.attr === name)
    return !found
  })
  return found
}
