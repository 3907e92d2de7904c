import { lookup, type ScriptContext } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { childrenOf } from '../../syntax/javascript/walk.ts'
import type { Handler } from './handlers.ts'
import type { Opening } from './openings.ts'
import { type Reach, reaches, targetOf } from './reach.ts'

/**
 * Where the function that opens the socket again asks `document.currentScript` for something on its way: HTML has it null in whatever
 * runs after the script (https://html.spec.whatwg.org/multipage/dom.html#dom-document-currentscript), so that this is a TypeError.
 */
export function scriptAsked(
  opening: Opening,
  again: readonly Partial<Handler>[],
  reach: Reach,
): Expression | undefined {
  const { source } = reach
  const opener = opening.site.context.function
  if (opener === undefined) return undefined
  const isCalled = again.some(
    ({ handler, context }) =>
      handler !== undefined &&
      context !== undefined &&
      reaches(handler, context, {
        source,
        openers: new Set([opener]),
        seen: new Set(),
        unknown: false,
        reloads: false,
      }),
  )
  return isCalled ? askedIn(opener, opening.site.node.end, source, 0) : undefined
}

/** What surely runs of a function before a place of the file. */
function askedIn(
  node: FunctionExpression,
  before: number,
  source: ScriptSource,
  depth: number,
): Expression | undefined {
  const info = source.scopes.functions.get(node)
  if (info === undefined || depth > 2) return undefined
  const context: ScriptContext = { ...info.context, scope: info.inner, function: node }
  for (const statement of node.body) {
    if (statement.start >= before) return undefined
    for (const expression of expressionsOf(statement)) {
      const found = askedBy(expression, context, source, depth)
      if (found !== undefined) return found
    }
    // What stands behind a test may not be reached.
    if (statement.kind !== 'VariableDeclaration' && statement.kind !== 'ExpressionStatement' && !isFunction(statement))
      return undefined
  }
  return undefined
}

const isFunction = ({ kind }: Statement): boolean => kind === 'FunctionStatement' || kind === 'ClassStatement'

/** The expressions of a statement that run whenever it does. */
function expressionsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'VariableDeclaration') return statement.declarators.flatMap(({ init }) => init ?? [])
  if (statement.kind === 'ExpressionStatement') return [statement.expression]
  return statement.kind === 'Return' && statement.value !== undefined ? [statement.value] : []
}

function askedBy(
  node: Expression,
  context: ScriptContext,
  source: ScriptSource,
  depth: number,
): Expression | undefined {
  if (node.kind === 'Function' || node.kind === 'Class') return undefined
  if (node.kind === 'Member' && isScript(node.object, context) && !isOptional(node, source)) return node
  if (node.kind === 'Call') {
    const called = targetOf(node.callee, context, source)?.node
    const inside =
      called?.kind === 'Function' ? askedIn(called, Number.POSITIVE_INFINITY, source, depth + 1) : undefined
    if (inside !== undefined) return inside
  }
  for (const part of surely(node)) {
    const found = askedBy(part, context, source, depth)
    if (found !== undefined) return found
  }
  return undefined
}

/** The parts of an expression that are worked out whatever the others are. */
function surely(node: Expression): readonly Expression[] {
  if (node.kind === 'Conditional') return [node.test]
  // `path ??= …` works out its right side where the left one is empty alone.
  if (node.kind === 'Assignment' && /^(?:&&|\|\||\?\?)=$/.test(node.op)) return [node.target]
  return node.kind === 'Binary' && /^(?:&&|\|\||\?\?)$/.test(node.op) ? [node.left] : childrenOf(node)
}

/** `document.currentScript`, or a name that the same function gives it. */
function isScript(node: Expression, context: ScriptContext): boolean {
  if (node.kind === 'Member')
    return node.name === 'currentScript' && node.object.kind === 'Identifier' && node.object.name === 'document'
  if (node.kind !== 'Identifier') return false
  const [write, ...others] = lookup(context.scope, node.name)?.writes ?? []
  return (
    others.length === 0 &&
    write?.value?.kind === 'Member' &&
    write.context.function === context.function &&
    isScript(write.value, context)
  )
}

/** `a?.b`: nothing is asked of what is null. */
function isOptional({ object, end }: Expression & { readonly object: Expression }, { masked }: ScriptSource): boolean {
  return /^\s*\?\./.test(masked.slice(object.end, end))
}
