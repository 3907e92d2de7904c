import type { Span } from '../../../src/contracts/place.ts'
import type { Statement } from '../../../src/syntax/python/ast.ts'

/**
 * What runs in a function once a statement of it has run: something (`followed`), nothing because it leaves there (`leaves`), or nothing
 * because it is the last on its path (`ends`).
 */
export function whatFollows(body: readonly Statement[], at: Span): 'followed' | 'leaves' | 'ends' {
  const index = body.findIndex((one) => holds(one, at))
  const here = body[index]
  if (here === undefined) return 'ends'
  const inner = blocksOf(here).find(({ block }) => block.some((one) => holds(one, at)))
  const within = inner === undefined ? 'ends' : whatFollows(inner.block, at)
  if (within !== 'ends') return within
  if (inner?.goesOn) return 'followed'
  const next = body.slice(index + 1).find(({ kind }) => kind !== 'Pass')
  if (next === undefined) return 'ends'
  const leaves = next.kind === 'Raise' || (next.kind === 'Return' && (next.value?.kind ?? 'Constant') === 'Constant')
  return leaves ? 'leaves' : 'followed'
}

const holds = (one: Span, at: Span): boolean => one.start <= at.start && at.end <= one.end

interface Block {
  readonly block: readonly Statement[]
  /** More of the statement runs after this block: the next turn of a loop, `else`, `finally`. */
  readonly goesOn: boolean
}

function blocksOf(statement: Statement): Block[] {
  const blocks = (goesOn: boolean, ...all: (readonly Statement[])[]) => all.map((block) => ({ block, goesOn }))
  switch (statement.kind) {
    case 'If':
      return blocks(false, statement.body, statement.orelse)
    case 'With':
    case 'AsyncWith':
      return blocks(false, statement.body)
    case 'For':
    case 'AsyncFor':
    case 'While':
      return [...blocks(true, statement.body), ...blocks(false, statement.orelse)]
    case 'Match':
      return blocks(false, ...statement.cases.map(({ body }) => body))
    case 'Try': {
      const cleans = statement.finalbody.length > 0
      return [
        ...blocks(cleans || statement.orelse.length > 0, statement.body),
        ...blocks(cleans, statement.orelse, ...statement.handlers.map(({ body }) => body)),
        ...blocks(false, statement.finalbody),
      ]
    }
    default:
      return []
  }
}
