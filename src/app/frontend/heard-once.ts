import { lookup, type ScriptContext } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'
import { calledFrom, type Handler, isWithin, messageHandlers } from './handlers.ts'
import type { Opening } from './openings.ts'
import { rootOf, targetOf } from './reach.ts'
import type { Uses } from './uses.ts'

/**
 * The handler of messages that the first socket alone is given: every one is set where the code comes by once, around the function that
 * opens the socket again. Undefined where there is none, or one of them may be set again.
 */
export function heardOnce(
  names: readonly string[],
  opening: Opening,
  triggers: readonly Handler[],
  source: ScriptSource,
  uses: Uses,
): Expression | undefined {
  const functions = triggers.flatMap(({ handler, context }) =>
    handler === undefined ? [] : [targetOf(handler, context, source)?.node ?? handler],
  )
  const again = calledFrom(functions, source)
  const { node, context } = opening.site
  // Another socket is opened in its place.
  if (!again.some((one) => isWithin(node, one)) || opening.site.assigned === undefined) return undefined
  // Whoever is handed the socket may set it up.
  if (names.some((name) => uses.givenOut.has(name) || uses.handedTo.has(name))) return undefined
  const around = functionsAround(context, source)
  const heard = messageHandlers(names, source, uses)
  const isOnce = ({ handler, context: where }: Handler) =>
    handler !== undefined &&
    where.repeated !== true &&
    !again.some((one) => isWithin(handler, one)) &&
    (where.function === undefined || around.includes(where.function)) &&
    isSameVariable(opening.site.assigned, context, where)
  return heard.every(isOnce) ? heard[0]?.handler : undefined
}

/** The functions around a place but the innermost, outwards. */
function functionsAround({ function: innermost }: ScriptContext, source: ScriptSource): readonly FunctionExpression[] {
  const found: FunctionExpression[] = []
  let inner = innermost && source.scopes.functions.get(innermost)?.context.function
  while (inner !== undefined && !found.includes(inner)) {
    found.push(inner)
    inner = source.scopes.functions.get(inner)?.context.function
  }
  return found
}

/** Whether a name is at both places the variable that holds the socket; of other objects nobody knows which they are. */
function isSameVariable(target: Expression | undefined, opening: ScriptContext, handler: ScriptContext): boolean {
  const name = target?.kind === 'Identifier' ? rootOf(target) : undefined
  return name !== undefined && lookup(opening.scope, name) === lookup(handler.scope, name)
}
