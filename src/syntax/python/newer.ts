import type { Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { FormattedValue, JoinedStr, Module } from './ast.ts'
import { isFunction, type PythonNode, walk } from './walk.ts'

/** A spelling that Python refuses before a version (its minor, `3.…`). */
export interface Newer extends Span {
  readonly since: number
  readonly what: Text
}

/** The newest minor version of Python 3 that brought one. */
export const newestSyntax = 14

/** Without one of these a text holds nothing newer than Python 3.10: most files are not walked through. */
const possible = /\b(?:[rR]?[fFtT]|[fFtT][rR])['"]|\bexcept\s*\*|\btype\s+\w|\b(?:def|class)\s+\w+\s*\[/

/**
 * What of a module Python 3.10 refuses and a later one reads, in order: fields of f-strings that hold the quotes around them, a backslash
 * or a line end (PEP 701), parameters and names of types (PEP 695), `except*` (PEP 654) and t-strings (PEP 750).
 */
export function newerSyntax({ body }: Module, text: string): readonly Newer[] {
  if (!possible.test(text)) return []
  const found: Newer[] = []
  const add = (since: number, { start, end }: Span, what: Text) => found.push({ since, start, end, what })
  const visit = (node: PythonNode): void => {
    if (node.kind === 'JoinedStr') for (const { at, what } of newerFields(node, text)) add(12, at, what)
    else if (node.kind === 'TemplateStr') add(newestSyntax, node, { en: 'a t-string', fr: 'une t-string' })
    else if (node.kind === 'Try' && node.star)
      add(11, { start: node.start, end: node.start + 3 }, { en: '`except*`', fr: '`except*`' })
    else if (node.kind === 'TypeAlias') add(12, node, { en: 'the statement `type`', fr: 'l’instruction `type`' })
    else if ((isFunction(node) || node.kind === 'ClassDef') && node.typeParams.length > 0)
      add(12, node.nameSpan, { en: 'parameters of a type', fr: 'des paramètres de type' })
  }
  for (const statement of body) walk(statement, (node) => void visit(node))
  return found.sort((a, b) => a.start - b.start)
}

/** Fields that a tokeniser takes for the end of the string, as all before Python 3.12 do, or in which it refuses a backslash. */
function newerFields(node: JoinedStr, text: string): { at: Span; what: Text }[] {
  const fields = node.values.filter((value): value is FormattedValue => value.kind === 'FormattedValue')
  return literalsAround(node, fields, text).flatMap(({ field, quotes }) => {
    const at = { start: field.start, end: field.end }
    const inside = text.slice(field.start + 1, field.end - 1)
    if (inside.includes(quotes))
      return [
        {
          at,
          what: {
            en: `an f-string that has the quotes \`${quotes}\` around it inside too`,
            fr: `une f-string qui contient aussi les guillemets \`${quotes}\` qui l’entourent`,
          },
        },
      ]
    if (text.slice(field.value.start, field.value.end).includes('\\'))
      return [
        {
          at,
          what: {
            en: 'a backslash in an expression of an f-string',
            fr: 'une barre oblique inverse dans une expression de f-string',
          },
        },
      ]
    const isBroken = quotes.length === 1 && /[\r\n]/.test(inside)
    const what = {
      en: 'a line end in an expression of an f-string',
      fr: 'une fin de ligne dans une expression de f-string',
    }
    return isBroken ? [{ at, what }] : []
  })
}

/** The quotes of the literal that each field stands in: adjacent literals are one node. */
function literalsAround(
  { start, end }: Span,
  fields: readonly FormattedValue[],
  text: string,
): { field: FormattedValue; quotes: string }[] {
  const found: { field: FormattedValue; quotes: string }[] = []
  const opening = /(?:\s|\\\r?\n|#[^\r\n]*)*[A-Za-z]{0,2}('''|"""|'|")/y
  let next = 0
  for (let position = start; position < end; ) {
    opening.lastIndex = position
    const quotes = opening.exec(text)?.[1]
    if (quotes === undefined) break
    position = opening.lastIndex
    while (position < end && !text.startsWith(quotes, position)) {
      const field = fields[next]
      if (field !== undefined && position >= field.start) {
        found.push({ field, quotes })
        position = field.end
        next++
      } else position += text[position] === '\\' ? 2 : 1
    }
    position += quotes.length
  }
  return found
}
