import type { Export, Import, ImportedName } from './ast.ts'
import { at, type Cursor, closerOf, eat, endOf, leaveBracket, peek, skipBracket, startOf } from './cursor.ts'
import { parseAssignment } from './expressions.ts'
import { parseStatement } from './statements.ts'
import { decodeEscapes } from './tokens.ts'

/** `import …` as a statement. */
export function parseImport(c: Cursor): Import {
  const start = startOf(c)
  c.index++
  const names: ImportedName[] = []
  if (c.types && at(c, 'type') && !at(c, 'from', 1) && !at(c, ',', 1)) c.index++
  while (peek(c) !== undefined && peek(c)?.type !== 'string' && !at(c, ';')) {
    const token = peek(c) as { type: string; value: string; start: number; end: number; newline: boolean }
    if (at(c, '{'))
      names.push(...parseNames(c).map(({ first, second, span }) => ({ imported: first, local: second, ...span })))
    else if (at(c, '*') && at(c, 'as', 1)) {
      const local = peek(c, 2)
      if (local !== undefined) names.push({ imported: '*', local: local.value, start: token.start, end: local.end })
      c.index += 3
    } else {
      if (token.type === 'name' && token.value !== 'from')
        names.push({ imported: 'default', local: token.value, start: token.start, end: token.end })
      c.index++
    }
  }
  const source = sourceOf(c)
  if (eat(c, 'with') && at(c, '{')) skipBracket(c)
  eat(c, ';')
  return { kind: 'Import', source: source ?? '', names, start, end: endOf(c, start) }
}

/** `{ a, b as c, type D }` */
function parseNames(c: Cursor) {
  const close = closerOf(c)
  c.index++
  const names: { first: string; second: string; span: { start: number; end: number } }[] = []
  while (c.index < close) {
    const token = peek(c)
    if (token === undefined) break
    c.index++
    if (token.type !== 'name' && token.type !== 'string') continue
    if (token.value === 'type' && peek(c)?.type === 'name' && !at(c, 'as')) continue
    let last = token
    if (eat(c, 'as')) {
      last = peek(c) ?? token
      c.index++
    }
    names.push({ first: token.value, second: last.value, span: { start: token.start, end: last.end } })
  }
  leaveBracket(c, close)
  return names
}

function sourceOf(c: Cursor): string | undefined {
  const token = peek(c)
  if (token?.type !== 'string') return undefined
  c.index++
  return decodeEscapes(token.value.slice(1, -1))
}

/** `export …` */
export function parseExport(c: Cursor): Export {
  const start = startOf(c)
  c.index++
  const none = {
    kind: 'Export' as const,
    declaration: undefined,
    default: undefined,
    names: [],
    source: undefined,
    start,
  }
  if (eat(c, 'default')) {
    const value = parseAssignment(c)
    eat(c, ';')
    return { ...none, default: value, end: endOf(c, start) }
  }
  if (c.types && at(c, 'type') && at(c, '{', 1)) c.index++
  if (at(c, '{')) {
    const names = parseNames(c).map(({ first, second }) => ({ local: first, exported: second }))
    const source = eat(c, 'from') ? sourceOf(c) : undefined
    eat(c, ';')
    return { ...none, names, source, end: endOf(c, start) }
  }
  if (eat(c, '*')) {
    if (eat(c, 'as')) c.index++
    eat(c, 'from')
    const source = sourceOf(c)
    eat(c, ';')
    return { ...none, names: [{ local: '*', exported: '*' }], source, end: endOf(c, start) }
  }
  const declaration = parseStatement(c)
  return { ...none, declaration, end: endOf(c, start) }
}
