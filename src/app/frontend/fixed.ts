import { type Evaluator, evaluate } from '../../evaluate/javascript/evaluate.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import { isHole, partsOf, type ScriptFrame, type ValueHole } from '../../evaluate/javascript/values.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import type { UrlPart } from './model.ts'

/** The parameters of a query whose values are the same for every socket that the page opens. */
export function fixedParameters(query: readonly UrlPart[], source: ScriptSource): readonly string[] {
  return query.flatMap((part, index) => {
    const before = query[index - 1]
    const name = typeof before === 'string' ? /(?:^|&)([^&=]+)=$/.exec(before)?.[1] : undefined
    return typeof part !== 'string' && name !== undefined && isFixed(part, source) ? [name] : []
  })
}

/** Whether one of the subprotocols is such a value. */
export function offersFixed(e: Evaluator, node: Expression, frame: ScriptFrame): boolean {
  const offered = node.kind === 'Array' ? node.elements : [node]
  return offered.some((one) => {
    const [only, ...others] = evaluate(e, one, frame)
    const holes = only === undefined ? [] : (partsOf(only.value) ?? []).filter(isHole)
    return others.length === 0 && holes.length > 0 && holes.every((hole) => isFixed(hole, frame.source))
  })
}

/** What a template writes, and what the script works out while it is loaded: not in a function, which may run again. */
function isFixed({ kind, at }: ValueHole, source: ScriptSource): boolean {
  if (kind === 'server') return true
  if (kind !== 'value' || at.file !== source.file) return false
  return ![...source.scopes.functions.keys()].some(({ start, end }) => start <= at.span.start && at.span.end <= end)
}
