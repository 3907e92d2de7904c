import type * as ast from './ast.ts'
import { parseOperation } from './expressions.ts'
import { expect, fail } from './failure.ts'
import { advance } from './lexer.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'
import { parseTargets } from './targets.ts'
import * as T from './tokens.ts'

export function isComprehension(p: Parser): boolean {
  return p.kind === T.FOR || p.kind === T.ASYNC
}

/** The `for … in … if …` clauses after the element of a comprehension. */
export function parseComprehension(p: Parser, element: ast.Expression): ast.Comprehension[] {
  if (element.kind === 'Starred') fail(p, message.STAR_HERE, element.start, element.end)
  const generators: ast.Comprehension[] = []
  while (isComprehension(p)) {
    const isAsync = p.kind === T.ASYNC
    if (isAsync) advance(p)
    expect(p, T.FOR, 'for')
    const target = parseTargets(p)
    expect(p, T.IN, 'in')
    const iter = parseOperation(p, T.OR_LEVEL)
    const ifs: ast.Expression[] = []
    while (p.kind === T.IF) {
      advance(p)
      ifs.push(parseOperation(p, T.OR_LEVEL))
    }
    generators.push({ target, iter, ifs, isAsync })
  }
  return generators
}
