import { at, type Cursor, eat, peek, skipBracket } from './cursor.ts'

/** Moves past `<…>` when what stands there can be type parameters or arguments; false (and no move) otherwise. */
export function skipAngles(c: Cursor): boolean {
  if (!at(c, '<')) return false
  const start = c.index
  let depth = 0
  for (let steps = 0; steps < 400; steps++) {
    const token = peek(c)
    if (token === undefined) break
    if (token.type === 'punctuator') {
      if (token.value === '<') depth++
      else if (/^>+$/.test(token.value)) {
        depth -= token.value.length
        if (depth <= 0) {
          c.index++
          return depth === 0 || restore(c, start)
        }
      } else if (token.value === '(' || token.value === '[' || token.value === '{') {
        skipBracket(c)
        continue
      } else if (!typePunctuators.has(token.value)) break
    } else if (token.type !== 'name' && token.type !== 'string' && token.type !== 'number') break
    c.index++
  }
  return restore(c, start)
}

const typePunctuators = new Set([',', '.', '|', '&', '?', ':', '=>', '=', '...', '-', '+'])

function restore(c: Cursor, index: number): false {
  c.index = index
  return false
}

const prefixes = new Set(['keyof', 'typeof', 'readonly', 'unique', 'infer', 'abstract', 'new', 'asserts'])

/** Moves past one type. */
export function skipType(c: Cursor): void {
  for (let steps = 0; steps < 2000; steps++) {
    while (at(c, '|') || at(c, '&')) c.index++
    skipOperand(c)
    if (at(c, '|') || at(c, '&')) continue
    if (at(c, 'is') && !peek(c)?.newline) {
      c.index++
      continue
    }
    if (at(c, 'extends') && !peek(c)?.newline) {
      c.index++
      skipType(c)
      if (!eat(c, '?')) return
      skipType(c)
      if (!eat(c, ':')) return
      continue
    }
    return
  }
}

function skipOperand(c: Cursor): void {
  while (prefixes.has(peek(c)?.value ?? '') && peek(c, 1)?.type !== 'punctuator') c.index++
  if (at(c, 'new') || at(c, 'abstract') || at(c, 'keyof') || at(c, 'typeof') || at(c, 'readonly')) c.index++
  skipAngles(c)
  const token = peek(c)
  if (token === undefined) return
  if (token.type === 'template') {
    skipTemplate(c)
  } else if (token.value === '(' || token.value === '{' || token.value === '[') {
    skipBracket(c)
    if (token.value === '(' && eat(c, '=>')) {
      skipType(c)
      return
    }
  } else if (token.type === 'name' || token.type === 'string' || token.type === 'number') {
    c.index++
    while (at(c, '.')) c.index += 2
    if (!peek(c)?.newline) skipAngles(c)
  } else if (token.value === '-') c.index += 2
  else return
  while (at(c, '[') && !peek(c)?.newline) skipBracket(c)
}

/** A template token run: head, expressions, tail. */
function skipTemplate(c: Cursor): void {
  const first = peek(c)?.value ?? ''
  c.index++
  if (!first.endsWith('${')) return
  for (let depth = 1; depth > 0 && c.index < c.tokens.length; c.index++) {
    const token = peek(c)
    if (token?.type !== 'template') continue
    if (token.value.startsWith('`') && token.value.endsWith('${')) depth++
    else if (token.value.startsWith('}') && !token.value.endsWith('${')) depth--
  }
}
