import type { Place } from '../../../contracts/place.ts'
import type { Text } from '../../../contracts/text.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { known, marked, shown } from '../../../evaluate/shell/word.ts'
import type { OptionFact } from '../../../knowledge/servers/model.ts'
import { nearestOf } from '../../../nearest.ts'
import type { ServerOption, UsageProblem } from '../model.ts'
import { type FactsAt, versionsWith } from './facts.ts'

/** An option the server does not have; undefined when some release has it and the version is not pinned. */
export function unknownOption(
  at: FactsAt,
  option: string,
  place: Place,
  found: 'ambiguous' | undefined,
): UsageProblem | undefined {
  const versions = versionsWith(at.facts, option)
  if (!at.exact && versions !== undefined) return undefined
  const { name } = at.facts
  if (found === 'ambiguous') {
    const matches = at.options.flatMap(({ names }) => names.filter((long) => long.startsWith(option)))
    const list = matches.join(', ')
    const message = {
      en: `\`${option}\` is short for several options of ${name}: ${list}`,
      fr: `\`${option}\` abrège plusieurs options de ${name} : ${list}`,
    }
    return { kind: 'ambiguous-option', option, at: place, message, suggestion: matches[0], versions: undefined }
  }
  const suggestion = nearest(
    option,
    at.options.flatMap(({ names }) => names),
  )
  const message = { en: `${name} has no option \`${option}\``, fr: `${name} n’a pas d’option \`${option}\`` }
  return { kind: 'unknown-option', option, at: place, message, suggestion, versions }
}

export function missingValue(at: FactsAt, option: string, place: Place): UsageProblem {
  const { name } = at.facts
  const message = { en: `\`${option}\` of ${name} needs a value`, fr: `\`${option}\` de ${name} attend une valeur` }
  return { kind: 'missing-value', option, at: place, message, suggestion: undefined, versions: undefined }
}

/** `--proxy-headers=true`: a flag is given or not. */
export function unexpectedValue(at: FactsAt, option: string, place: Place): UsageProblem {
  const { name } = at.facts
  const message = {
    en: `\`${option}\` of ${name} is a flag and takes no value`,
    fr: `\`${option}\` de ${name} est un simple drapeau et n’accepte pas de valeur`,
  }
  return { kind: 'unexpected-value', option, at: place, message, suggestion: undefined, versions: undefined }
}

export function extraArgument(at: FactsAt, word: Word): UsageProblem {
  const { name } = at.facts
  const text = shown(word.parts)
  const message = {
    en: `${name} does not know what to do with the argument \`${text}\``,
    fr: `${name} ne sait que faire de l’argument \`${text}\``,
  }
  return { kind: 'extra-argument', option: text, at: word.at, message, suggestion: undefined, versions: undefined }
}

/** A value the option's type or choices rule out. */
export function checkValue(
  at: FactsAt,
  fact: OptionFact,
  { written, value, valueAt }: ServerOption,
): UsageProblem | undefined {
  if (value === undefined || value.splits) return undefined
  const reason = wrongValue(fact, value)
  if (reason === undefined) return undefined
  const text = shown(value.parts)
  const { name } = at.facts
  const message = {
    en: `\`${written}\` of ${name} takes ${reason.en}, not \`${text}\``,
    fr: `\`${written}\` de ${name} attend ${reason.fr}, pas \`${text}\``,
  }
  return {
    kind: 'invalid-value',
    option: written,
    at: valueAt ?? value.at,
    message,
    suggestion: undefined,
    versions: undefined,
  }
}

/** Spellings of yes and no that click takes. */
const booleans = /^(?:1|0|true|false|t|f|yes|no|y|n|on|off)$/i

function wrongValue(fact: OptionFact, value: Word): Text | undefined {
  const { type, choices, arity } = fact
  const text = known(value.parts)
  const knownPart = value.parts.filter((part) => typeof part === 'string').join('')
  if (type === 'int' && (text === undefined ? /[^\d+\s_-]/.test(knownPart) : !/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text))) {
    return { en: 'a whole number', fr: 'un nombre entier' }
  }
  if (type === 'float' && text !== undefined && (text.trim() === '' || Number.isNaN(Number(text))))
    return { en: 'a number', fr: 'un nombre' }
  if (type === 'bool' && arity !== 0 && text !== undefined && !booleans.test(text.trim()))
    return { en: 'true or false', fr: 'true ou false' }
  const fold = (one: string) => (fact.foldsCase === true ? one.toLowerCase() : one)
  if (choices !== undefined && text !== undefined && !choices.some((one) => fold(String(one)) === fold(text))) {
    const list = choices.join(', ')
    return { en: `one of ${list}`, fr: `une valeur parmi ${list}` }
  }
  return text === undefined ? undefined : outOfBounds(fact, text)
}

function outOfBounds({ type, min, max }: OptionFact, text: string): Text | undefined {
  const number = Number(text.replaceAll('_', ''))
  if ((type !== 'int' && type !== 'float') || Number.isNaN(number)) return undefined
  if (min !== undefined && number < min) return { en: `a number from ${min} on`, fr: `un nombre à partir de ${min}` }
  if (max !== undefined && number > max) return { en: `a number up to ${max}`, fr: `un nombre jusqu’à ${max}` }
  return undefined
}

/** Settings given twice on one command line with different values: the last one wins silently. */
export function repeatedOptions(at: FactsAt, options: readonly ServerOption[]): UsageProblem[] {
  const problems: UsageProblem[] = []
  const last = new Map<string, ServerOption>()
  for (const option of options) {
    const fact = at.options.find(({ dest }) => dest === option.dest)
    const before = last.get(option.dest)
    last.set(option.dest, option)
    if (before === undefined || fact === undefined || fact.repeats === true || fact.arity === 0) continue
    if (before.value === undefined || option.value === undefined || same(before.value, option.value)) continue
    const [lost, wins] = [shown(before.value.parts), shown(option.value.parts)]
    const message = {
      en: `\`${before.written} ${lost}\` has no effect: \`${option.written} ${wins}\` comes later and wins`,
      fr: `\`${before.written} ${lost}\` est sans effet : \`${option.written} ${wins}\` vient après et l’emporte`,
    }
    problems.push({
      kind: 'repeated',
      option: before.written,
      at: before.at,
      message,
      suggestion: undefined,
      versions: undefined,
    })
  }
  return problems
}

function same(a: Word, b: Word): boolean {
  return marked(a) === marked(b) && shown(a.parts) === shown(b.parts)
}

function nearest(option: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '')
  const long = names.filter((name) => name.startsWith('--'))
  return nearestOf(plain(option), long, plain, Math.max(2, Math.floor(option.length / 4)))
}

export function missingArgument(server: string, at: Place): UsageProblem {
  const message = {
    en: `${server} is not told which application to serve`,
    fr: `on ne dit pas à ${server} quelle application servir`,
  }
  return { kind: 'missing-argument', option: '', at, message, suggestion: undefined, versions: undefined }
}
