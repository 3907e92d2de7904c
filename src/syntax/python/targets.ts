import type * as ast from './ast.ts'
import { parseOperation, parseStarred, startsExpression } from './expressions.ts'
import { fail, failExpecting } from './failure.ts'
import { advance } from './lexer.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'
import * as T from './tokens.ts'

/** What can be assigned to, looped over and deleted. */

/** `star_targets`, up to the `in` of a loop or comprehension. */
export function parseTargets(p: Parser): ast.Expression {
  const start = p.start
  const first = parseTarget(p)
  if (p.kind !== T.COMMA) return first
  const elts = [first]
  while (p.kind === T.COMMA) {
    advance(p)
    if (!startsExpression(p.kind)) break
    elts.push(parseTarget(p))
  }
  return { kind: 'Tuple', start, end: p.lastEnd, elts }
}

/** `star_target`: one target, perhaps starred. */
export function parseTarget(p: Parser): ast.Expression {
  if (!startsExpression(p.kind)) failExpecting(p, message.IDENTIFIER)
  const target = p.kind === T.STAR ? parseStarred(p, true) : parseOperation(p, T.BIT_OR_LEVEL)
  checkTarget(p, target)
  return target
}

/** Fails unless `node` can stand left of `=`. */
export function checkTarget(p: Parser, node: ast.Expression): void {
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return
    case 'Starred':
      if (node.value.kind === 'Starred') break
      checkTarget(p, node.value)
      return
    case 'Tuple':
    case 'List':
      for (const element of node.elts) checkTarget(p, element)
      return
  }
  fail(p, message.ASSIGNMENT, node.start, node.end)
}

/** Fails unless `node` can stand after `del`. */
export function checkDeletable(p: Parser, node: ast.Expression): void {
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return
    case 'Tuple':
    case 'List':
      for (const element of node.elts) checkDeletable(p, element)
      return
  }
  fail(p, message.DELETION, node.start, node.end)
}
