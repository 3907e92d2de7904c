import type { Expression, Jsx } from './ast.ts'
import { type Cursor, closerOf, endOf, leaveBracket, peek, startOf } from './cursor.ts'
import { parseExpression } from './expressions.ts'

/** An element or fragment, the cursor on its `<`. Only the expressions in it are kept. */
export function parseJsx(c: Cursor): Jsx {
  const start = startOf(c)
  const expressions: Expression[] = []
  // Elements that were opened and not closed yet.
  let open = 0
  do {
    const token = peek(c)
    if (token === undefined) break
    if (isMark(c, '<')) {
      c.index++
      const closing = isMark(c, '/')
      const selfClosed = readTag(c, expressions)
      open += closing ? -1 : selfClosed ? 0 : 1
    } else if (isMark(c, '{')) readBraces(c, expressions)
    else if (token.type === 'jsx-text' || token.type === 'jsx-name' || token.type === 'jsx') c.index++
    else break
  } while (open > 0)
  return { kind: 'Jsx', expressions, start, end: endOf(c, start) }
}

/** Name and attributes up to `>`; whether it ended in `/>`. */
function readTag(c: Cursor, expressions: Expression[]): boolean {
  let slash = false
  for (;;) {
    const token = peek(c)
    if (token === undefined) return true
    if (isMark(c, '>')) {
      c.index++
      return slash
    }
    if (isMark(c, '{')) readBraces(c, expressions)
    else if (isMark(c, '<')) expressions.push(parseJsx(c))
    else if (
      token.type === 'jsx' ||
      token.type === 'jsx-name' ||
      token.type === 'string' ||
      token.type === 'jsx-text'
    ) {
      slash = token.type === 'jsx' && token.value === '/'
      c.index++
    } else return true
  }
}

function readBraces(c: Cursor, expressions: Expression[]): void {
  const close = closerOf(c)
  c.index++
  const before = c.index
  if (peek(c)?.value === '...') c.index++
  if (c.index < close) expressions.push(parseExpression(c))
  c.index = Math.max(c.index, before)
  leaveBracket(c, close)
}

function isMark(c: Cursor, value: string): boolean {
  const token = peek(c)
  return token?.type === 'jsx' && token.value === value
}
