import type { Word } from '../../../evaluate/shell/model.ts'
import { mark, marked, plainWord, sub } from '../../../evaluate/shell/word.ts'
import type { OptionFact } from '../../../knowledge/servers/model.ts'
import type { ServerOption, UsageProblem, ValueSource } from '../model.ts'
import type { FactsAt } from './facts.ts'
import { checkValue, extraArgument, missingValue, unexpectedValue, unknownOption } from './usage.ts'

/** A command line as the server's own parser takes it. */
export interface Parsed {
  /** In order of effect: a later one of the same setting wins, or adds to a list. */
  readonly options: readonly ServerOption[]
  readonly positionals: readonly Word[]
  readonly problems: readonly UsageProblem[]
  /** Something on it may stand for any options. */
  readonly open: boolean
}

interface State {
  readonly at: FactsAt
  readonly source: ValueSource
  readonly words: readonly Word[]
  index: number
  readonly options: ServerOption[]
  readonly positionals: Word[]
  readonly problems: UsageProblem[]
  open: boolean
}

/** Parses arguments as argparse, click or getopt would, whichever the server uses. */
export function parseOptions(at: FactsAt, words: readonly Word[], source: ValueSource): Parsed {
  const state: State = { at, source, words, index: 0, options: [], positionals: [], problems: [], open: false }
  const { parser } = at.facts
  while (state.index < words.length) {
    const word = words[state.index] as Word
    const text = marked(word)
    state.index++
    if (word.splits) state.open = true
    else if (text === '--') {
      state.positionals.push(...words.slice(state.index))
      break
    } else if (text.startsWith('--')) longOption(state, word, text)
    else if (text.startsWith('-') && text !== '-' && !isNumber(text)) shortOption(state, word, text)
    else {
      state.positionals.push(word)
      if (parser === 'getopt') {
        state.positionals.push(...words.slice(state.index))
        break
      }
    }
  }
  if (source === 'command') checkPositionals(state)
  return state
}

function isNumber(text: string): boolean {
  return /^-\d+(?:\.\d*)?$|^-\.\d+$/.test(text)
}

function checkPositionals({ at, options, positionals, open, problems }: State): void {
  const named = options.some(({ dest }) => dest === 'app')
  const accepts =
    at.facts.name === 'gunicorn'
      ? Number.POSITIVE_INFINITY
      : at.facts.parser === 'getopt'
        ? Number(!named)
        : at.positionals.length
  const extra = positionals[accepts]
  if (extra !== undefined && !open) problems.push(extraArgument(at, extra))
}

function longOption(state: State, word: Word, text: string): void {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  if (name.includes(mark)) {
    state.open = true
    return
  }
  const found = findLong(state.at, name)
  if (found === 'ambiguous' || found === undefined) {
    const problem = unknownOption(state.at, name, sub(word, 0, name.length).at, found)
    if (problem !== undefined) state.problems.push(problem)
    else state.open = true
    return
  }
  const value = equals === -1 ? undefined : sub(word, equals + 1)
  take(state, found.fact, word, name, value, found.negated)
}

interface Found {
  readonly fact: OptionFact
  readonly negated: boolean
}

function findLong({ options, facts }: FactsAt, name: string): Found | 'ambiguous' | undefined {
  const exact = options.find(({ names, negations }) => names.includes(name) || negations?.includes(name) === true)
  if (exact !== undefined) return { fact: exact, negated: exact.negations?.includes(name) === true }
  if (!facts.abbreviates) return undefined
  const prefixed = options.flatMap((fact) => [
    ...fact.names.filter((long) => long.startsWith(name)).map(() => ({ fact, negated: false })),
    ...(fact.negations ?? []).filter((long) => long.startsWith(name)).map(() => ({ fact, negated: true })),
  ])
  const [only, other] = prefixed
  if (only === undefined) return undefined
  return other === undefined ? only : 'ambiguous'
}

/** `-p 8000`, `-p8000`, `-p=8000` and clustered flags. */
function shortOption(state: State, word: Word, text: string): void {
  const { options } = state.at
  const whole = options.find(({ names }) => names.includes(text))
  if (whole !== undefined) {
    take(state, whole, word, text, undefined, false)
    return
  }
  const letter = text.slice(0, 2)
  const fact = options.find(({ names }) => names.includes(letter))
  if (fact === undefined) {
    const problem = letter.includes(mark) ? undefined : unknownOption(state.at, letter, word.at, undefined)
    if (problem !== undefined) state.problems.push(problem)
    else state.open = true
    return
  }
  if (fact.arity !== 0) {
    take(state, fact, word, letter, sub(word, text[2] === '=' ? 3 : 2), false)
    return
  }
  take(state, fact, word, letter, undefined, false)
  if (text.length > 2) shortOption(state, plainWord(`-${text.slice(2)}`, word.at), `-${text.slice(2)}`)
}

function take(
  state: State,
  fact: OptionFact,
  word: Word,
  written: string,
  attached: Word | undefined,
  negated: boolean,
): void {
  const values = attached === undefined ? following(state, fact) : [attached]
  if (fact.arity === 0 && attached !== undefined) {
    if (written.startsWith('--')) state.problems.push(unexpectedValue(state.at, written, word.at))
    return
  }
  if (typeof fact.arity === 'number' && values.length < fact.arity) {
    if (!state.open) state.problems.push(missingValue(state.at, written, word.at))
    return
  }
  const [value] = values
  const last = values.at(-1)
  const end =
    last !== undefined && last.at.file === word.at.file
      ? Math.max(word.at.span.end, last.at.span.end)
      : word.at.span.end
  const option: ServerOption = {
    name: canonical(fact),
    dest: fact.dest,
    written,
    value: fact.arity === 0 ? plainWord(negated ? 'false' : 'true', word.at) : value,
    valueAt: fact.arity === 0 ? undefined : value?.at,
    at: { file: word.at.file, span: { start: word.at.span.start, end } },
    source: state.source,
  }
  const problem = fact.arity === 0 ? undefined : checkValue(state.at, fact, option)
  if (problem !== undefined) state.problems.push(problem)
  state.options.push(option)
}

/** The words an option takes from those behind it. */
function following(state: State, { arity }: OptionFact): Word[] {
  if (arity === 0) return []
  const out: Word[] = []
  const limit = typeof arity === 'number' ? arity : arity === '?' ? 1 : Number.POSITIVE_INFINITY
  while (out.length < limit && state.index < state.words.length) {
    const word = state.words[state.index] as Word
    if (state.at.facts.parser === 'argparse' && looksLikeOption(state.at, marked(word))) break
    if (word.splits && !isOneValue(word)) state.open = true
    out.push(isOneValue(word) ? { ...word, splits: false } : word)
    state.index++
  }
  return out
}

/**
 * `--timeout $SECONDS`: a variable that is surely set stands for one value; nobody puts blanks into it. `-p $port` means
 * $PORT, however it ends.
 */
function isOneValue({ parts }: Word): boolean {
  return parts.every(
    (part) =>
      typeof part === 'string' ||
      (part.variable !== undefined && (part.nonEmpty || part.variable.toUpperCase() === 'PORT')),
  )
}

function looksLikeOption({ options }: FactsAt, text: string): boolean {
  if (!text.startsWith('-') || text === '-' || isNumber(text)) return false
  if (options.some(({ names }) => names.includes(text))) return true
  return !text.includes(' ')
}

export function canonical({ names, dest }: OptionFact): string {
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? dest
  return long.replace(/^-+/, '')
}
