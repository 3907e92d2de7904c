import type { Place } from '../../contracts/place.ts'
import {
  type DoubleQuotedChild,
  parseWord,
  type Word as WordNode,
  type WordPart,
  wordShift,
} from '../../syntax/shell/shell.ts'
import type { Hole, Part } from '../parts.ts'
import { joinParts } from '../parts.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { alternativesOf } from './braces.ts'
import { matchFiles } from './glob.ts'
import type { Piece, Word } from './model.ts'
import { expandParameter, expandSimple } from './parameters.ts'
import { hasPattern } from './pattern.ts'
import { holeIndex, type ShellSource, sliceSource } from './source.ts'
import { lookup, note, type Shell, unknownHole } from './state.ts'
import { substitute } from './substitution.ts'

/** A stretch of a word during expansion. */
export interface Bit extends Piece {
  /** Quoted or escaped: no splitting, no globbing, kept when empty. */
  readonly quoted: boolean
  /** Comes from an unquoted expansion: blanks in it separate words. */
  readonly splits: boolean
  /** `"$@"` and `"${a[@]}"`: a new word begins here. */
  readonly boundary?: boolean
}

/** Expands words as a command's arguments: splitting, file names, quote removal. */
export function expandWords(shell: Shell, source: ShellSource, nodes: readonly WordNode[]): Word[] {
  return nodes.flatMap((node) => expandWord(shell, source, node))
}

export function expandWord(shell: Shell, source: ShellSource, node: WordNode): Word[] {
  const at = source.place(node.pos, node.end)
  const brace = shell.dialect === 'bash' && node.parts?.some((part) => part.type === 'BraceExpansion') === true
  if (brace) {
    const texts = alternativesOf(source.text.slice(node.pos, node.end))
    const words = texts.map((text) => {
      const inner = sliceSource(source, node.pos, `_ ${text}`, wordShift)
      const plain: ShellSource = { ...inner, place: () => at, verbatim: () => false }
      const word = parseWord(text)
      return word === undefined ? undefined : { source: plain, word }
    })
    return words.flatMap((found) =>
      found === undefined ? [] : fields(shell, bitsOf(shell, found.source, found.word, true), at),
    )
  }
  return fields(shell, bitsOf(shell, source, node, true), at)
}

/** Expands to exactly one word: assignments, redirections, `case` words. */
export function expandOne(shell: Shell, source: ShellSource, node: WordNode): Word {
  return toWord(bitsOf(shell, source, node), source.place(node.pos, node.end), false)
}

export function toWord(bits: readonly Piece[], at: Place, splits: boolean): Word {
  const pieces = joinPieces(bits)
  return { parts: joinParts(pieces.map(({ part }) => part)), pieces, at, splits }
}

/** The word's whole text when nothing of it is unknown. */
export function textOf(word: Word | undefined): string | undefined {
  if (word === undefined || word.splits) return undefined
  return partsText(word.parts)
}

export function partsText(parts: readonly Part[]): string | undefined {
  if (parts.length === 0) return ''
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : undefined
}

/** Joins neighbouring pieces that stand side by side in the same file; empty ones fall away. */
export function joinPieces(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const { part, at, verbatim } of pieces) {
    const last = out.at(-1)
    if (part === '') continue
    const joins =
      typeof part === 'string' &&
      typeof last?.part === 'string' &&
      verbatim &&
      last.verbatim &&
      last.at.file === at.file &&
      last.at.span.end === at.span.start
    if (!joins) out.push({ part, at, verbatim })
    else {
      const span = { start: last.at.span.start, end: at.span.end }
      out[out.length - 1] = {
        part: `${last.part as string}${part as string}`,
        at: { file: at.file, span },
        verbatim: true,
      }
    }
  }
  return out
}

/** @param isArgument of a command: bash takes one that looks like an assignment for one, and expands `A=~` */
export function bitsOf(shell: Shell, source: ShellSource, node: WordNode, isArgument = false): Bit[] {
  const bits =
    node.parts === undefined
      ? literal(source, node.pos, node.end, 'none')
      : node.parts.flatMap((part) => partBits(shell, source, part))
  return tilde(shell, bits, isArgument && shell.dialect === 'bash')
}

function partBits(shell: Shell, source: ShellSource, part: WordPart): Bit[] {
  switch (part.type) {
    case 'Literal':
      return literal(source, part.pos, part.end, 'none')
    case 'BraceExpansion':
      // Where braces mean nothing, what stands in them is expanded all the same.
      return /[$`]/.test(part.text)
        ? [bit(unknownHole(part.text), source.place(part.pos, part.end), false, true)]
        : literal(source, part.pos, part.end, 'none')
    case 'Glob':
    case 'ExtendedGlob':
      return literal(source, part.pos, part.end, 'none')
    case 'SingleQuoted':
      return empty(source, part.pos, part.end, literal(source, part.pos + 1, part.end - 1, 'single'))
    case 'AnsiCQuoted':
      if (shell.dialect === 'sh') {
        return [
          ...literal(source, part.pos, part.pos + 1, 'none'),
          ...literal(source, part.pos + 2, part.end - 1, 'single'),
        ]
      }
      return [{ part: part.value, at: source.place(part.pos, part.end), verbatim: false, quoted: true, splits: false }]
    case 'DoubleQuoted':
    case 'LocaleString': {
      const bits = part.parts.flatMap((child) => quotedBits(shell, source, child))
      const [only] = part.parts
      if (bits.length === 0 && part.parts.length === 1 && isWholeList(only)) return []
      return empty(source, part.pos, part.end, bits)
    }
    case 'ProcessSubstitution':
      return [bit(unknownHole('<()', true), source.place(part.pos, part.end), false, true)]
    default:
      return expansionBits(shell, source, part, false)
  }
}

/** `"$@"` and `"${a[@]}"` without elements are no word at all. */
function isWholeList(part: DoubleQuotedChild | undefined): boolean {
  if (part?.type === 'SimpleExpansion') return part.text === '$@'
  if (part?.type !== 'ParameterExpansion' || part.operation !== undefined) return false
  return part.parameter === '@' || part.index?.value === '@'
}

function empty(source: ShellSource, start: number, end: number, bits: Bit[]): Bit[] {
  return bits.length > 0
    ? bits
    : [{ part: '', at: source.place(start, end), verbatim: false, quoted: true, splits: false }]
}

function quotedBits(shell: Shell, source: ShellSource, child: DoubleQuotedChild): Bit[] {
  if (child.type === 'Literal') return literal(source, child.pos, child.end, 'double')
  return expansionBits(shell, source, child, true)
}

type Expansion = Exclude<DoubleQuotedChild, { type: 'Literal' }>

function expansionBits(shell: Shell, source: ShellSource, part: Expansion, quoted: boolean): Bit[] {
  const at = source.place(part.pos, part.end)
  switch (part.type) {
    case 'SimpleExpansion':
      return expandSimple(shell, part.text.slice(1), at, quoted)
    case 'ParameterExpansion':
      return expandParameter(shell, source, part, at, quoted)
    case 'CommandExpansion':
      return substitute(shell, source, part, at).map((piece) => ({ ...piece, quoted, splits: !quoted }))
    case 'ArithmeticExpansion':
      return [bit(evaluateArithmetic(shell, part.expression, at), at, quoted, false)]
  }
}

export function bit(part: Part, at: Place, quoted: boolean, splits: boolean): Bit {
  return { part, at, verbatim: false, quoted, splits: splits && !quoted }
}

type Quotes = 'none' | 'single' | 'double'

/** Source text `[start, end)` with its escapes taken off, in stretches that stand in the file as they are. */
export function literal(source: ShellSource, start: number, end: number, quotes: Quotes): Bit[] {
  const { text } = source
  const out: Bit[] = []
  let from = start
  const flush = (to: number) => {
    if (to > from) out.push(stretch(source, from, to, quotes !== 'none'))
  }
  for (let i = start; i < end; i++) {
    const char = text[i] as string
    const hole = holeIndex(char)
    const known = hole === undefined ? undefined : source.holes[hole]
    if (known !== undefined) {
      flush(i)
      out.push({ part: known, at: source.place(i, i + 1), verbatim: false, quoted: true, splits: false })
      from = i + 1
    } else if (char === '\\' && quotes !== 'single' && i + 1 < end) {
      const next = text[i + 1] as string
      if (quotes === 'double' && !'$`"\\\n'.includes(next)) continue
      flush(i)
      from = i + 1
      i++
      if (next === '\n') from = i + 1
      else {
        out.push(stretch(source, i, i + 1, true))
        from = i + 1
      }
    }
  }
  flush(end)
  return out
}

function stretch(source: ShellSource, from: number, to: number, quoted: boolean): Bit {
  return {
    part: source.text.slice(from, to),
    at: source.place(from, to),
    verbatim: source.verbatim(from, to),
    quoted,
    splits: false,
  }
}

function tilde(shell: Shell, bits: Bit[], behindName: boolean): Bit[] {
  const [first, ...others] = bits
  if (first === undefined || first.quoted || first.splits || typeof first.part !== 'string') return bits
  const match = (behindName ? /^((?:[A-Za-z_]\w*=)?)~(?=\/|$)/ : /^()~(?=\/|$)/).exec(first.part)
  if (match === null || (first.part.endsWith('~') && others.length > 0)) return bits
  const home = lookup(shell, 'HOME', first.at) ?? []
  const [whole, lead = ''] = match
  const rest: Bit = { ...first, part: first.part.slice(whole.length), verbatim: false }
  return [
    ...(lead === '' ? [] : [{ ...first, part: lead, verbatim: false }]),
    ...home.map((piece) => ({ ...piece, quoted: true, splits: false })),
    ...(rest.part === '' ? [] : [rest]),
    ...others,
  ]
}

/** Splits bits into words, as an unquoted expansion is split at blanks, and expands file patterns. */
export function fields(shell: Shell, bits: readonly Bit[], at: Place): Word[] {
  const words: Bit[][] = []
  let current: Bit[] | undefined
  let vague = false
  const vagueWords = new Set<Bit[]>()
  const end = () => {
    if (current !== undefined) words.push(current)
    if (current !== undefined && vague) vagueWords.add(current)
    current = undefined
    vague = false
  }
  const add = (piece: Bit) => {
    current = [...(current ?? []), piece]
  }
  for (const piece of bits) {
    if (piece.boundary === true) end()
    if (!piece.splits) {
      if (piece.part !== '' || piece.quoted) add(piece)
      continue
    }
    if (typeof piece.part !== 'string') {
      if (mayVary(piece.part)) vague = true
      add(piece)
      continue
    }
    if (splitsOtherwise(shell, piece.part))
      note(shell, at, { en: 'IFS says where words end', fr: 'IFS dit où finissent les mots' })
    for (const [index, text] of piece.part.split(/[ \t\n]+/).entries()) {
      if (index > 0) end()
      if (text !== '') add({ ...piece, part: text, verbatim: piece.verbatim && text === piece.part })
    }
  }
  end()
  return words.flatMap((word) => {
    const files = shell.options.noglob ? undefined : matchFiles(shell, word)
    if (files === undefined && shell.options.nullglob && hasPattern(word)) return []
    return (
      files?.map((name) => toWord([{ part: name, at, verbatim: false }], at, false)) ?? [
        toWord(word, at, vagueWords.has(word)),
      ]
    )
  })
}

/** Whether a text holds a character that separates words by default and not here, or the other way round. */
function splitsOtherwise({ variables }: Shell, text: string): boolean {
  const own = variables.get('IFS')
  if (own === undefined || own.kind === 'unset') return false
  const separators = own.kind === 'text' ? partsText(joinParts(own.pieces.map(({ part }) => part))) : undefined
  if (separators === undefined) return true
  return [...text].some((char) => separators.includes(char) !== ' \t\n'.includes(char))
}

function mayVary(hole: Hole): boolean {
  return hole.chars === 'any' || !hole.nonEmpty
}
