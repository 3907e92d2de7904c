import type { Text } from '../../contracts/text.ts'
import type { Mapped } from './lines.ts'

/** A word as a shell would pass it, with the range it takes in the line. */
export interface OptionWord {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** The options of one line that matter to what is installed. */
export interface LineOptions {
  readonly requirements: readonly OptionWord[]
  readonly constraints: readonly OptionWord[]
  readonly editables: readonly OptionWord[]
  /** `sha256:…` */
  readonly hashes: readonly string[]
  readonly indexUrls: readonly OptionWord[]
  readonly noIndex: boolean
  /** Any `-f`/`--find-links`. */
  readonly findLinks: readonly OptionWord[]
  /** `--pre`, `--all-releases`. */
  readonly prereleases: boolean
}

export interface OptionError {
  readonly start: number
  readonly end: number
  readonly message: Text
}

/** Splits "requirement --option value" at the first word that begins with `-`, words being parted by blanks alone. */
export function breakOptions(line: string): number {
  if (line.startsWith('-')) return 0
  const at = line.indexOf(' -')
  return at < 0 ? line.length : at + 1
}

type Split = { readonly words: readonly OptionWord[] } | { readonly failedAt: number }

/** Python's `shlex.split`, with positions. */
export function shellWords(line: string, from = 0): Split {
  const words: OptionWord[] = []
  let text = ''
  let start = -1
  let quote = ''
  for (let i = from; i < line.length; i++) {
    const c = line[i] as string
    if (quote !== '') {
      if (c === quote) quote = ''
      else if (c === '\\' && quote === '"') {
        const next = line[i + 1]
        if (next === undefined) return { failedAt: i }
        text += next === '\\' || next === '"' ? next : c + next
        i++
      } else text += c
    } else if (c === ' ' || c === '\t' || c === '\r' || c === '\n') {
      if (start >= 0) words.push({ text, start, end: i })
      text = ''
      start = -1
    } else {
      if (start < 0) start = i
      if (c === '\\') {
        const next = line[i + 1]
        if (next === undefined) return { failedAt: i }
        text += next
        i++
      } else if (c === "'" || c === '"') quote = c
      else text += c
    }
  }
  if (quote !== '') return { failedAt: start }
  if (start >= 0) words.push({ text, start, end: line.length })
  return { words }
}

type Kind = 'value' | 'flag'

/** Everything pip allows in a requirements file (pip 26.3: `SUPPORTED_OPTIONS` and `SUPPORTED_OPTIONS_REQ`). */
const LONG: Readonly<Record<string, Kind>> = {
  '--index-url': 'value',
  '--pypi-url': 'value',
  '--extra-index-url': 'value',
  '--no-index': 'flag',
  '--constraint': 'value',
  '--requirement': 'value',
  '--editable': 'value',
  '--find-links': 'value',
  '--no-binary': 'value',
  '--only-binary': 'value',
  '--prefer-binary': 'flag',
  '--require-hashes': 'flag',
  '--no-require-hashes': 'flag',
  '--pre': 'flag',
  '--all-releases': 'value',
  '--only-final': 'value',
  '--trusted-host': 'value',
  '--use-feature': 'value',
  '--hash': 'value',
  '--config-settings': 'value',
}

const SHORT: Readonly<Record<string, string>> = {
  i: '--index-url',
  c: '--constraint',
  r: '--requirement',
  e: '--editable',
  f: '--find-links',
  C: '--config-settings',
}

const FEATURES = new Set([
  'fast-deps',
  'inprocess-build-deps',
  'venv-isolation',
  'truststore',
  'no-binary-enable-wheel-cache',
  'build-constraint',
])

/** Reads the options from `from` on as pip's optparse does: abbreviations, `-rfile`, `--` and all. */
export function parseOptions(line: Mapped, from: number): LineOptions | OptionError {
  const split = shellWords(line.text, from)
  if ('failedAt' in split)
    return {
      start: split.failedAt,
      end: line.text.length,
      message: { en: 'a quote or backslash is left open', fr: 'guillemet ou barre oblique inverse sans suite' },
    }
  const found: { name: string; value: OptionWord }[] = []
  const error = scan(split.words, found) ?? found.map(({ name, value }) => invalid(name, value)).find((e) => e)
  if (error !== undefined) return error
  const of = (...names: string[]) => found.filter(({ name }) => names.includes(name)).map(({ value }) => value)
  return {
    requirements: of('--requirement'),
    constraints: of('--constraint'),
    editables: of('--editable'),
    hashes: of('--hash').map(({ text }) => text),
    indexUrls: of('--index-url', '--pypi-url', '--extra-index-url'),
    noIndex: of('--no-index').length > 0,
    findLinks: of('--find-links'),
    prereleases: of('--pre', '--all-releases').length > 0,
  }
}

function scan(words: readonly OptionWord[], found: { name: string; value: OptionWord }[]): OptionError | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as OptionWord
    if (word.text === '--') return undefined
    if (word.text.startsWith('--')) {
      const [written = '', ...rest] = word.text.split('=')
      const given = word.text.includes('=') ? { ...word, text: rest.join('=') } : undefined
      const name = fullName(written)
      if (name === undefined) return noSuchOption(word, written)
      if (LONG[name] === 'flag') {
        if (given !== undefined)
          return { ...word, message: { en: `${name} takes no value`, fr: `${name} ne prend pas de valeur` } }
        found.push({ name, value: word })
        continue
      }
      const value = given ?? words[++i]
      if (value === undefined) return needsValue(word, name)
      found.push({ name, value })
    } else if (word.text.startsWith('-') && word.text.length > 1) {
      const letter = word.text[1] as string
      const name = SHORT[letter]
      if (name === undefined) return noSuchOption(word, `-${letter}`)
      const value = word.text.length > 2 ? { ...word, text: word.text.slice(2) } : words[++i]
      if (value === undefined) return needsValue(word, `-${letter}`)
      found.push({ name, value })
    }
  }
  return undefined
}

/** The option a possibly abbreviated name stands for. */
function fullName(written: string): string | undefined {
  if (written in LONG) return written
  const candidates = Object.keys(LONG).filter((name) => name.startsWith(written))
  return candidates.length === 1 ? candidates[0] : undefined
}

const noSuchOption = (word: OptionWord, name: string): OptionError => ({
  ...word,
  message: {
    en: `pip knows no option ${name} in a requirements file`,
    fr: `pip ne connaît pas l’option ${name} dans un fichier de dépendances`,
  },
})

const needsValue = (word: OptionWord, name: string): OptionError => ({
  ...word,
  message: { en: `${name} needs a value`, fr: `${name} demande une valeur` },
})

function invalid(name: string, value: OptionWord): OptionError | undefined {
  const bad = (en: string, fr: string): OptionError => ({ ...value, message: { en, fr } })
  const { text } = value
  if (name === '--hash' && !/^sha(?:256|384|512):/.test(text))
    return bad('a hash reads sha256:…, sha384:… or sha512:…', 'une empreinte s’écrit sha256:…, sha384:… ou sha512:…')
  if (name === '--config-settings' && !text.includes('='))
    return bad('a configuration setting reads KEY=VALUE', 'une option de build s’écrit CLÉ=VALEUR')
  if (name === '--use-feature' && !FEATURES.has(text))
    return bad(`pip knows no feature ${text}`, `pip ne connaît pas la fonctionnalité ${text}`)
  const list = ['--no-binary', '--only-binary', '--all-releases', '--only-final'].includes(name)
  if (list && text.startsWith('-')) return bad(`${name} needs a value`, `${name} demande une valeur`)
  return undefined
}
