import type { Place } from '../../contracts/place.ts'
import type { ParameterExpansionPart, ParameterOperation, Word as WordNode } from '../../syntax/shell/shell.ts'
import type { Part } from '../parts.ts'
import { joinParts } from '../parts.ts'
import { type Bit, bit, bitsOf, partsText } from './expansion.ts'
import type { Piece, Word } from './model.ts'
import { beginnings, patternOf, reversed, type ShellPattern } from './pattern.ts'
import type { ShellSource } from './source.ts'
import { assign, isSet, lookup, nonEmpty, note, type Shell, unknownHole } from './state.ts'

/** `$NAME`, `$1`, `$@`, `$?` … as bits. */
export function expandSimple(shell: Shell, name: string, at: Place, quoted: boolean): Bit[] {
  if (name === '@' || name === '*') return listBits(shell.positional, name, at, quoted)
  const pieces = parameterValue(shell, name, at)
  if (pieces === undefined && shell.options.nounset) shell.failed = true
  return marked(pieces ?? [], at, quoted)
}

/** `${…}` as bits. */
export function expandParameter(
  shell: Shell,
  source: ShellSource,
  part: ParameterExpansionPart,
  at: Place,
  quoted: boolean,
): Bit[] {
  const { operation, parameter, prefix, index } = part
  if (shell.dialect === 'sh' && isBashOnly(part)) {
    shell.failed = true
    return []
  }
  if (prefix === '#') return [bit(lengthOf(shell, part, at), at, quoted, true)]
  if (prefix === '!') return indirect(shell, source, part, at, quoted)
  const whole = index?.value === '@' || index?.value === '*'
  const isList = parameter === '@' || parameter === '*' || whole
  if (isList && operation === undefined) {
    return listBits(listOf(shell, parameter), whole ? (index?.value ?? '@') : parameter, at, quoted)
  }
  if (operation?.type === 'Default') return defaulted(shell, source, part, operation, at, quoted)
  if (isList) {
    note(shell, at, unknownElements)
    return [bit(unknownHole(part.text), at, quoted, true)]
  }
  const pieces = index === undefined ? parameterValue(shell, parameter, at) : element(shell, parameter, index.value)
  if (pieces === undefined && shell.options.nounset) shell.failed = true
  if (operation === undefined) return marked(pieces ?? [], at, quoted)
  const text = partsText(joinParts((pieces ?? []).map((piece) => piece.part)))
  const result = text === undefined ? undefined : transform(shell, source, operation, text)
  return [bit(result ?? unknownHole(part.text), at, quoted, true)]
}

/** What dash calls a bad substitution. */
function isBashOnly({ operation, prefix, index }: ParameterExpansionPart): boolean {
  if (prefix === '!' || index !== undefined || operation === undefined) return prefix === '!' || index !== undefined
  return operation.type !== 'Default' && operation.type !== 'Remove'
}

function marked(pieces: readonly Piece[], at: Place, quoted: boolean): Bit[] {
  if (pieces.length === 0) return quoted ? [bit('', at, true, false)] : []
  return pieces.map((piece) => ({ ...piece, quoted, splits: !quoted }))
}

function listBits(words: readonly Word[], name: string, at: Place, quoted: boolean): Bit[] {
  if (quoted && name === '*' && words.some((word) => word.splits)) return [bit(unknownHole('$*'), at, true, false)]
  return words.flatMap((word, index) => {
    const bits = marked(word.pieces.length > 0 ? word.pieces : [{ part: '', at, verbatim: false }], at, quoted)
    const [first, ...others] = bits as [Bit, ...Bit[]]
    if (index === 0) return bits
    if (quoted && name === '*') return [bit(' ', at, true, false), first, ...others]
    return [{ ...first, boundary: true, splits: word.splits && quoted ? true : first.splits }, ...others]
  })
}

function listOf(shell: Shell, name: string): readonly Word[] {
  if (name === '@' || name === '*') return shell.positional
  const value = shell.variables.get(name)
  if (value?.kind === 'list') return value.words
  if (value?.kind === 'text')
    return [
      {
        parts: value.pieces.map((p) => p.part),
        pieces: value.pieces,
        at: value.pieces[0]?.at ?? nowhere,
        splits: false,
      },
    ]
  return []
}

const nowhere: Place = { file: '', span: { start: 0, end: 0 } }

function element(shell: Shell, name: string, index: string): readonly Piece[] | undefined {
  const number = Number(index)
  if (name === 'BASH_SOURCE' && number === 0) return text(shell.zero, nowhere)
  if (!Number.isInteger(number)) return [{ part: unknownHole(name), at: nowhere, verbatim: false }]
  return listOf(shell, name).at(number)?.pieces
}

/** The value of a parameter by name; undefined when it is not set. */
function parameterValue(shell: Shell, name: string, at: Place): readonly Piece[] | undefined {
  if (/^[1-9]\d*$/.test(name)) return shell.positional[Number(name) - 1]?.pieces
  if (name === '0') return text(shell.zero, at)
  if (name === 'BASH_SOURCE') return text(shell.zero, at)
  if (name === '#') return text(String(shell.positional.length), at)
  if (name === '?') return [{ part: { ...unknownHole('$?', true), chars: 'digits' }, at, verbatim: false }]
  if (
    name === '$' ||
    name === '!' ||
    name === 'PPID' ||
    name === 'RANDOM' ||
    name === 'SECONDS' ||
    name === 'UID' ||
    name === 'EUID'
  ) {
    const own = lookup(shell, name, at)
    if (shell.variables.has(name)) return own
    return [{ part: { ...unknownHole(`$${name}`, true), chars: 'digits' }, at, verbatim: false }]
  }
  if (name === '-' || name === '_') return [{ part: unknownHole(`$${name}`), at, verbatim: false }]
  return lookup(shell, name, at)
}

function text(value: string, at: Place): Piece[] {
  return [{ part: value, at, verbatim: false }]
}

type DefaultOperation = Extract<ParameterOperation, { type: 'Default' }>

function defaulted(
  shell: Shell,
  source: ShellSource,
  part: ParameterExpansionPart,
  operation: DefaultOperation,
  at: Place,
  quoted: boolean,
): Bit[] {
  const { operator, operand } = operation
  const kind = operator.startsWith(':') ? 'nonempty' : 'set'
  const own = () => expandParameter(shell, source, { ...part, operation: undefined }, at, quoted)
  if (operator.endsWith('?')) return required(shell, part, at, quoted)
  const present = isPresent(shell, part, kind, at)
  if (operator.endsWith('+')) return present ? operandBits(shell, source, operand, quoted) : marked([], at, quoted)
  if (present) return own()
  const bits = operandBits(shell, source, operand, quoted)
  if (operator.endsWith('='))
    assign(
      shell,
      part.parameter,
      { kind: 'text', pieces: bits.map(({ part, at, verbatim }) => ({ part, at, verbatim })) },
      at,
    )
  return bits.length > 0 || !quoted ? bits : marked([], at, quoted)
}

function required(shell: Shell, part: ParameterExpansionPart, at: Place, quoted: boolean): Bit[] {
  const pieces = parameterValue(shell, part.parameter, at)
  if (pieces === undefined) {
    shell.failed = true
    return []
  }
  const strict = pieces.map((p) => (typeof p.part === 'string' ? p : { ...p, part: { ...p.part, nonEmpty: true } }))
  return marked(strict, at, quoted)
}

function isPresent(shell: Shell, part: ParameterExpansionPart, kind: 'set' | 'nonempty', at: Place): boolean {
  const { parameter, index } = part
  if (parameter === '@' || parameter === '*') return shell.positional.length > 0
  if (/^[1-9]\d*$/.test(parameter)) {
    const word = shell.positional[Number(parameter) - 1]
    if (word === undefined) return false
    return kind === 'set' || word.parts.some((p) => (typeof p === 'string' ? p !== '' : true))
  }
  if (/^\W$|^0$/.test(parameter)) return true
  if (index?.value === '@' || index?.value === '*') return listOf(shell, parameter).length > 0
  if (index !== undefined) {
    const pieces = element(shell, parameter, index.value)
    return pieces !== undefined && (kind === 'set' || nonEmpty(shell, pieces, at))
  }
  return isSet(shell, parameter, kind, at)
}

/** The operand of `${X:-…}`: what is unquoted in it is split like the expansion itself. */
function operandBits(shell: Shell, source: ShellSource, operand: WordNode, quoted: boolean): Bit[] {
  return bitsOf(shell, source, operand).map((b) =>
    quoted ? { ...b, quoted: true, splits: false } : { ...b, splits: b.splits || !b.quoted },
  )
}

function lengthOf(shell: Shell, part: ParameterExpansionPart, at: Place): Part {
  const { parameter, index } = part
  const counted = { ...unknownHole(`\${#${parameter}}`, true), chars: 'digits' as const }
  const isList = parameter === '@' || parameter === '*' || index?.value === '@' || index?.value === '*'
  if (isList) {
    const words = listOf(shell, parameter)
    return words.some(({ splits }) => splits) ? counted : String(words.length)
  }
  const known = partsText(joinParts((parameterValue(shell, parameter, at) ?? []).map((p) => p.part)))
  return known === undefined ? counted : String([...known].length)
}

const unknownElements = { en: 'which elements these are is not known', fr: 'on ne sait pas quels éléments ce sont' }

/** `${!name}`, `${!name:-…}`: what `${…}` of the variable is that `name` names. */
function indirect(shell: Shell, source: ShellSource, part: ParameterExpansionPart, at: Place, quoted: boolean): Bit[] {
  const { parameter, index } = part
  const name = partsText(joinParts((parameterValue(shell, parameter, at) ?? []).map((p) => p.part)))
  if (index !== undefined || name === undefined || !/^[A-Za-z_]\w*$/.test(name)) {
    note(shell, at, { en: 'the name of a variable is computed', fr: 'le nom d’une variable est calculé' })
    return [bit(unknownHole(`\${!${parameter}}`), at, quoted, true)]
  }
  return expandParameter(shell, source, { ...part, prefix: undefined, parameter: name }, at, quoted)
}

function transform(
  shell: Shell,
  source: ShellSource,
  operation: ParameterOperation,
  value: string,
): string | undefined {
  switch (operation.type) {
    case 'Remove': {
      const pattern = patternOf(bitsOf(shell, source, operation.operand))
      return pattern === undefined ? undefined : remove(value, pattern, operation.operator)
    }
    case 'Replace': {
      const pattern = patternOf(bitsOf(shell, source, operation.pattern))
      const by = partsText(
        bitsOf(shell, source, operation.replacement)
          .map((b) => b.part)
          .filter((p) => p !== ''),
      )
      return pattern === undefined || by === undefined ? undefined : replace(value, pattern, by, operation.operator)
    }
    case 'Slice':
      return slice(value, operation.offset.value, operation.length?.value)
    case 'CaseModification':
      if (operation.operand !== undefined && operation.operand.value !== '') return undefined
      return changeCase(value, operation.operator)
    default:
      return undefined
  }
}

function remove(value: string, pattern: ShellPattern, operator: '#' | '##' | '%' | '%%'): string {
  const chars = [...value]
  const fromEnd = operator.startsWith('%')
  const lengths = fromEnd ? beginnings(reversed(pattern), chars.toReversed()) : beginnings(pattern, chars)
  const length = operator.length === 2 ? lengths.at(-1) : lengths[0]
  if (length === undefined) return value
  return (fromEnd ? chars.slice(0, chars.length - length) : chars.slice(length)).join('')
}

/** Every place of the text is tried in turn, so longer ones would take quadratic time. */
const maxReplaced = 2000

function replace(
  value: string,
  pattern: ShellPattern,
  by: string,
  operator: '/' | '//' | '/#' | '/%',
): string | undefined {
  const chars = [...value]
  if (chars.length > maxReplaced) return undefined
  if (operator === '/#') {
    const length = beginnings(pattern, chars).at(-1)
    return length === undefined ? value : by + chars.slice(length).join('')
  }
  if (operator === '/%') {
    const length = beginnings(reversed(pattern), chars.toReversed()).at(-1)
    return length === undefined ? value : chars.slice(0, chars.length - length).join('') + by
  }
  if (pattern.tokens.length === 0) return value
  let out = ''
  for (let at = 0; at < chars.length; ) {
    const length = beginnings(pattern, chars.slice(at)).at(-1) ?? 0
    if (length === 0) out += chars[at++]
    else {
      out += by
      at += length
      if (operator === '/') return out + chars.slice(at).join('')
    }
  }
  return out
}

function slice(value: string, offset: string, length: string | undefined): string | undefined {
  const from = Number(offset.trim())
  const size = length === undefined ? undefined : Number(length.trim())
  if (!Number.isInteger(from) || (size !== undefined && !Number.isInteger(size))) return undefined
  const start = from < 0 ? value.length + from : from
  if (start < 0 || start > value.length) return ''
  if (size === undefined) return value.slice(start)
  return size < 0 ? value.slice(start, value.length + size) : value.slice(start, start + size)
}

function changeCase(value: string, operator: '^' | '^^' | ',' | ',,'): string {
  const [first = '', ...others] = [...value]
  if (operator === '^^') return value.toUpperCase()
  if (operator === ',,') return value.toLowerCase()
  return (operator === '^' ? first.toUpperCase() : first.toLowerCase()) + others.join('')
}
