import type { Expression, Statement } from '../../syntax/javascript/ast.ts'
import type { Guard } from './scopes.ts'

/** What is known behind an `if` that leaves on one side. */
export function guardAfter(statement: Statement): Guard | undefined {
  if (statement.kind !== 'If') return undefined
  const { test, then, otherwise } = statement
  const [left, stays] = [leaves(then), otherwise === undefined || !leaves(otherwise)]
  if (left === !stays) return undefined
  return { test, equals: undefined, holds: !left }
}

function leaves(statement: Statement): boolean {
  if (statement.kind === 'Block') return statement.body.some(leaves)
  return statement.kind === 'Return'
}

/** The bodies of a `switch`, each with what leads there: its cases, those that fall into it, or none of the others. */
export function casesOf({ subject, cases }: Extract<Statement, { kind: 'Switch' }>): {
  readonly body: readonly Statement[]
  readonly guard: Guard | undefined
}[] {
  const tests = cases.flatMap(({ test }) => test ?? [])
  let falling: readonly (Expression | undefined)[] = []
  return cases.map(({ test, body }) => {
    const reached = [...falling, test]
    const last = body.at(-1)
    falling = last !== undefined && (leaves(last) || last.kind === 'Skipped') ? [] : reached
    const others = tests.filter((one) => !reached.includes(one))
    if (!reached.includes(undefined)) {
      return { body, guard: { test: subject, equals: reached.flatMap((one) => one ?? []), holds: true } }
    }
    return { body, guard: others.length === 0 ? undefined : { test: subject, equals: others, holds: false } }
  })
}
