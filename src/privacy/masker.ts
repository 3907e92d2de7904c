import { isSecretName } from './names.ts'
import { mannerOf, merged, secretsIn } from './secrets.ts'
import type { Hidden } from './tokens.ts'

/** What stands for a secret. */
export const hiddenText = '…'

/** A file as far as secrets are looked for in it. */
export interface Readable {
  readonly path: string
  readonly text: string
}

export interface Masker {
  /** What must not be shown of a part of a file: its own secrets, and values of the others that stand there. */
  hidden(file: Readable, start: number, end: number): readonly Hidden[]
  /** A text about the project in which no secret stands: none of its files' values, and nothing that looks like one. */
  mask(text: string): string
}

/** They follow from the file alone: who checks again with the files that did not change looks for none in them. */
const inFiles = new WeakMap<Readable, readonly Hidden[]>()

/** A masker that knows the secrets of some files, which are read when the first text is masked. */
export function maskerOf(files: () => Iterable<Readable>): Masker {
  let known: readonly string[] | undefined
  const secretsOf = (file: Readable): readonly Hidden[] => {
    const found = inFiles.get(file) ?? secretsIn(file.text, mannerOf(file.path))
    inFiles.set(file, found)
    return found
  }
  const values = (): readonly string[] => {
    known ??= knownValues(
      [...files()].flatMap((file) => secretsOf(file).map(({ start, end }) => file.text.slice(start, end))),
    )
    return known
  }
  return {
    hidden(file, start, end) {
      const part = file.text.slice(start, end)
      const elsewhere = occurrences(part, values()).concat(secretsIn(part, mannerOf(file.path)))
      const own = secretsOf(file).filter((one) => one.end > start && one.start < end)
      return merged([
        ...own.map((one) => ({ start: Math.max(one.start, start), end: Math.min(one.end, end) })),
        ...elsewhere.map((one) => ({ start: one.start + start, end: one.end + start })),
      ])
    },
    mask(text) {
      if (text === '') return text
      return cover(text, merged([...occurrences(text, values()), ...secretsIn(text, 'python')]))
    },
  }
}

function occurrences(text: string, values: readonly string[]): Hidden[] {
  const found: Hidden[] = []
  for (const value of values)
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
      found.push({ start: at, end: at + value.length })
  return found
}

/** A text with some of its parts hidden. */
export function cover(text: string, parts: readonly Hidden[]): string {
  let out = ''
  let at = 0
  for (const { start, end } of parts) {
    out += text.slice(at, start) + hiddenText
    at = end
  }
  return out + text.slice(at)
}

/** The values to look for, each in the forms in which a message may say it, longest first. */
function knownValues(values: readonly string[]): string[] {
  const all = new Set<string>()
  for (const value of values) {
    for (const line of value.split(/\r?\n/)) {
      const whole = line.trim()
      // A message may hold a part: what stands beside a placeholder, a word that no sentence has.
      const parts = whole.split(/\{[^{}]*\}|[\s=:,;&]+/).filter((part) => part.length >= 8 && /\d/.test(part))
      for (const form of [whole, whole.replace(/\\(.)/g, '$1'), decoded(whole), ...parts])
        if (isTelling(form)) all.add(form)
    }
  }
  return [...all].sort((a, b) => b.length - a.length)
}

/** Short words and numbers stand everywhere: where they are a secret, their name says so. */
function isTelling(value: string): boolean {
  // `os.environ['GITHUB_TOKEN']`: the name of a config var tells nobody its value.
  const isName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) && isSecretName(value)
  return (
    !isName &&
    value.length >= 5 &&
    value.length <= 4000 &&
    !/^(?:[a-z]{1,11}|[A-Z]{1,11}|\d{1,5}|[A-Z]?[a-z]{1,11})$/.test(value)
  )
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // Not an encoding: it is looked for as it stands.
    return value
  }
}

/** What is told of a hidden value. */
export function measure(value: string, language: 'en' | 'fr'): string {
  const count = value.length
  return language === 'fr' ? `${hiddenText} (${count} caractères)` : `${hiddenText} (${count} characters)`
}

/** Keys of documents whose values say where or of what kind something is. */
const structural = new Set(['file', 'line', 'column', 'type', 'variable', 'undetermined', 'at', 'when'])

/** A document for `JSON.stringify` without secrets: below a name that says so every text is measured, all others are masked. */
export function maskDocument(
  value: unknown,
  mask: (text: string) => string,
  language: 'en' | 'fr',
  secret = false,
): unknown {
  if (typeof value === 'string') return secret && value !== '' ? measure(value, language) : mask(value)
  if (Array.isArray(value)) return value.map((item) => maskDocument(item, mask, language, secret))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const inner = structural.has(key) ? false : secret || isSecretName(key)
      return [key, maskDocument(item, mask, language, inner)]
    }),
  )
}
