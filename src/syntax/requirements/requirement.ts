import type { Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { literalEscapes } from '../escapes.ts'
import type { Marker, Operand } from './marker.ts'
import { parseSpecifiers, SPECIFIER_SOURCE, type Specifier } from './specifier.ts'

/** A dependency specifier as PEP 508 writes it. Spans count from the start of the parsed text. */
export interface ParsedRequirement {
  readonly name: string
  readonly nameSpan: Span
  readonly extras: readonly string[]
  readonly specifiers: readonly Specifier[]
  /** From the first clause to the last, parentheses left out; undefined when there is none. */
  readonly specifierSpan: Span | undefined
  readonly url: string | undefined
  readonly marker: Marker | undefined
  readonly markerSpan: Span | undefined
}

export interface RequirementError {
  readonly span: Span
  readonly message: Text
}

class Failure extends Error {
  readonly span: Span
  readonly text: Text

  constructor(span: Span, text: Text) {
    super(text.en)
    this.span = span
    this.text = text
  }
}

const RULES = {
  leftParenthesis: /\(/y,
  rightParenthesis: /\)/y,
  leftBracket: /\[/y,
  rightBracket: /\]/y,
  semicolon: /;/y,
  comma: /,/y,
  quoted: /'[^']*'|"[^"]*"/y,
  operator: /===|==|~=|!=|<=|>=|<|>/y,
  boolean: /\b(?:or|and)\b/y,
  in: /\bin\b/y,
  not: /\bnot\b/y,
  variable:
    /\b(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)|platform[._](?:version|machine|python_implementation)|python_implementation|implementation_(?:name|version)|extras?|dependency_groups)\b/y,
  specifier: new RegExp(SPECIFIER_SOURCE, 'iy'),
  at: /@/y,
  url: /[^ \t]+/y,
  identifier: /\b[a-zA-Z0-9][a-zA-Z0-9._-]*\b/y,
  wildcardTail: /\.\*/y,
  localTail: /\+[a-z0-9]+(?:[-_.][a-z0-9]+)*/y,
  space: /[ \t]+/y,
} as const

type Token = keyof typeof RULES

/** The reader's state: a text and where it stands. */
class Reader {
  readonly text: string
  position = 0
  depth = 0

  constructor(text: string) {
    this.text = text
  }

  peek(token: Token): string | undefined {
    const rule = RULES[token]
    rule.lastIndex = this.position
    return rule.exec(this.text)?.[0]
  }

  take(token: Token): string | undefined {
    const found = this.peek(token)
    if (found !== undefined) this.position += found.length
    return found
  }

  need(token: Token, expected: Text): string {
    const found = this.take(token)
    return found === undefined ? this.fail(expected) : found
  }

  get ended(): boolean {
    return this.position >= this.text.length
  }

  space(): void {
    this.take('space')
  }

  /** Throws; the span runs from `start` (or here) to the end of the word that stands here. */
  fail(expected: Text, start = this.position): never {
    const word = /^[^\s,;()[\]]*/.exec(this.text.slice(this.position))?.[0].length ?? 0
    const end = Math.min(this.text.length, this.position + Math.max(1, word))
    throw new Failure({ start: Math.min(start, end), end }, expected)
  }
}

const expected = (en: string, fr: string): Text => ({ en: `expected ${en}`, fr: `${fr} attendu` })

/** Reads one specifier as `packaging` does; an error instead when it rejects the text. Never throws. */
export function parseRequirement(text: string): ParsedRequirement | RequirementError {
  return guarded(() => requirement(new Reader(text)))
}

/** Reads a marker alone (what stands behind the semicolon). */
export function parseMarker(text: string): Marker | RequirementError {
  return guarded(() => {
    const reader = new Reader(text)
    const parsed = marker(reader)
    if (!reader.ended) reader.fail(expected('the end of the marker', 'fin du marqueur'))
    return parsed
  })
}

export const isError = (value: object): value is RequirementError => 'message' in value

function guarded<T>(read: () => T): T | RequirementError {
  try {
    return read()
  } catch (failure) {
    if (failure instanceof Failure) return { span: failure.span, message: failure.text }
    throw failure
  }
}

function requirement(reader: Reader): ParsedRequirement {
  reader.space()
  const start = reader.position
  const name = reader.need('identifier', expected('a package name', 'nom de paquet'))
  const nameSpan = { start, end: reader.position }
  reader.space()
  const names = extras(reader)
  reader.space()
  const head = { name, nameSpan, extras: names }
  const rest = reader.take('at') === undefined ? versioned(reader) : direct(reader)
  if (!reader.ended) reader.fail(expected('the end of the requirement', 'fin de la dépendance'))
  return { ...head, ...rest }
}

function direct(reader: Reader): Omit<ParsedRequirement, 'name' | 'nameSpan' | 'extras'> {
  reader.space()
  const url = reader.need('url', expected('a URL after @', 'URL après « @ »'))
  const spaced = reader.take('space') !== undefined
  const plain = { specifiers: [], specifierSpan: undefined, url, marker: undefined, markerSpan: undefined }
  if (reader.ended) return plain
  if (!spaced) reader.fail(expected('white space after the URL', 'espace après l’URL'))
  return { ...plain, ...requirementMarker(reader) }
}

function versioned(reader: Reader): Omit<ParsedRequirement, 'name' | 'nameSpan' | 'extras'> {
  const opened = reader.take('leftParenthesis') !== undefined
  reader.space()
  const start = reader.position
  const end = versions(reader)
  const written = reader.text.slice(start, end)
  const specifiers = parseSpecifiers(written)
  if (specifiers === undefined) reader.fail(expected('a version specifier', 'contrainte de version'), start)
  reader.space()
  if (opened) reader.need('rightParenthesis', expected('a closing parenthesis', 'parenthèse fermante'))
  reader.space()
  const parsed = { specifiers, specifierSpan: specifiers.length > 0 ? { start, end } : undefined, url: undefined }
  if (reader.ended) return { ...parsed, marker: undefined, markerSpan: undefined }
  return { ...parsed, ...requirementMarker(reader) }
}

/** Moves over comma-separated clauses; returns where the last of them ends. */
function versions(reader: Reader): number {
  let end = reader.position
  while (reader.take('specifier') !== undefined) {
    if (reader.peek('wildcardTail') !== undefined)
      reader.fail({
        en: '.* goes only with == and != and a plain release number',
        fr: '« .* » ne va qu’avec == et != et un numéro de version simple',
      })
    if (reader.peek('localTail') !== undefined)
      reader.fail({
        en: 'a local version label (+…) goes only with == and !=',
        fr: 'un suffixe de version locale (+…) ne va qu’avec == et !=',
      })
    end = reader.position
    reader.space()
    if (reader.take('comma') === undefined) break
    end = reader.position
    reader.space()
  }
  return end
}

function requirementMarker(reader: Reader): { marker: Marker; markerSpan: Span } {
  if (reader.take('semicolon') === undefined)
    reader.fail({
      en: 'expected a version specifier, a comma or a semicolon here',
      fr: 'contrainte de version, virgule ou point-virgule attendu ici',
    })
  const start = reader.position
  const parsed = marker(reader)
  reader.space()
  return { marker: parsed, markerSpan: { start, end: reader.position } }
}

function extras(reader: Reader): string[] {
  if (reader.take('leftBracket') === undefined) return []
  reader.space()
  const names: string[] = []
  const first = reader.take('identifier')
  if (first !== undefined) {
    names.push(first)
    for (;;) {
      reader.space()
      if (reader.peek('identifier') !== undefined)
        reader.fail(expected('a comma between extras', 'virgule entre les extras'))
      if (reader.take('comma') === undefined) break
      reader.space()
      names.push(reader.need('identifier', expected('an extra after the comma', 'extra après la virgule')))
    }
  }
  reader.space()
  reader.need('rightBracket', expected('a closing bracket', 'crochet fermant'))
  return names
}

/** `and` binds tighter than `or`, as `packaging` evaluates the flat list. */
function marker(reader: Reader): Marker {
  const alternatives: Marker[][] = [[atom(reader)]]
  for (;;) {
    const joint = reader.take('boolean')
    if (joint === undefined) break
    if (joint === 'or') alternatives.push([])
    alternatives.at(-1)?.push(atom(reader))
  }
  const joined = alternatives.map((terms) =>
    terms.length === 1 ? (terms[0] as Marker) : ({ type: 'and', terms } as const),
  )
  return joined.length === 1 ? (joined[0] as Marker) : { type: 'or', terms: joined }
}

function atom(reader: Reader): Marker {
  reader.space()
  if (reader.take('leftParenthesis') === undefined) return comparison(reader)
  // packaging recurses too, and meets Python's limit at about this depth.
  if (++reader.depth > 200)
    reader.fail({ en: 'the parentheses are nested too deeply', fr: 'les parenthèses sont trop imbriquées' })
  reader.space()
  const inner = marker(reader)
  reader.depth--
  reader.space()
  reader.need('rightParenthesis', expected('a closing parenthesis', 'parenthèse fermante'))
  reader.space()
  return inner
}

function comparison(reader: Reader): Marker {
  reader.space()
  const left = operand(reader)
  reader.space()
  const operator = comparator(reader)
  reader.space()
  const right = operand(reader)
  reader.space()
  return { type: 'compare', left, operator, right }
}

function operand(reader: Reader): Operand {
  const variable = reader.take('variable')
  if (variable !== undefined) {
    const name = variable.replaceAll('.', '_')
    return { type: 'variable', value: name === 'python_implementation' ? 'platform_python_implementation' : name }
  }
  const at = reader.position
  const quoted = reader.take('quoted')
  if (quoted === undefined)
    reader.fail(expected('a marker variable or a quoted text', 'variable de marqueur ou texte entre guillemets'))
  const value = pythonText(quoted)
  if (value === undefined)
    reader.fail({ en: 'invalid escape in the text', fr: 'échappement invalide dans le texte' }, at)
  return { type: 'text', value }
}

/** The value of a Python string literal without prefix; undefined when Python rejects it. */
function pythonText(literal: string): string | undefined {
  const body = literal.slice(1, -1)
  if (/[\n\r\0]/.test(body)) return undefined
  if (!body.includes('\\')) return body
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(body)) return undefined
  let broken = false
  const value = body.replace(
    /\\(?:([\n\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([xuUN]))/g,
    (whole, simple?: string, octal?: string, x?: string, u?: string, long?: string, bad?: string) => {
      if (simple !== undefined) return simple === '\n' ? '' : (literalEscapes[simple] ?? whole)
      const code = octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(x ?? u ?? long ?? '', 16)
      if (bad !== undefined || code > 0x10ffff) broken = true
      return broken ? whole : String.fromCodePoint(code)
    },
  )
  return broken ? undefined : value
}

function comparator(reader: Reader): string {
  if (reader.take('in') !== undefined) return 'in'
  if (reader.take('not') !== undefined) {
    reader.need('space', expected('white space after "not"', 'espace après « not »'))
    reader.need('in', expected('"in" after "not"', '« in » après « not »'))
    return 'not in'
  }
  return reader.need(
    'operator',
    expected(
      'a comparison (<=, <, !=, ==, >=, >, ~=, ===, in, not in)',
      'comparaison (<=, <, !=, ==, >=, >, ~=, ===, in, not in)',
    ),
  )
}
