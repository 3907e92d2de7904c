import { plain, type Value } from '../../../evaluate/python/value.ts'
import { fallbacks, languages, newerLanguages } from '../../../knowledge/languages.ts'
import { all, allItems, isOf, not, some } from './answers.ts'
import type { Answer, SettingsHeld, SystemCheck } from './model.ts'

/** `language_code_re` of django/utils/translation/trans_real.py. */
const CODE = /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*(?:@[a-z0-9]{1,20})?\n?$/i

function isNoCode(value: Value): Answer {
  const code = plain(value)
  if (code !== undefined) return !CODE.test(code)
  return not(isOf(value, 'str'))
}

/** The first of a pair `(code, name)`. */
function codeOf(item: Value): Value | undefined {
  const pair = allItems(item)
  return pair?.length === 2 ? pair[0] : undefined
}

/** Codes under which a language is looked for (`get_supported_language_variant`), the most general last. */
function candidates(code: string): readonly string[] {
  const words = code.split('-')
  const shorter = words.slice(1).map((_, index) => words.slice(0, words.length - 1 - index).join('-'))
  const fallback = fallbacks[code]
  return [code, ...(fallback === undefined ? [] : [fallback]), ...shorter]
}

/** Whether none of LANGUAGES can stand for LANGUAGE_CODE. A language that Django brings no translation of may have one. */
function isUnsupported(held: SettingsHeld): Answer {
  const code = held.get('LANGUAGE_CODE')
  if (code.type === 'none') return true
  const text = plain(code)
  if (text === undefined || text.length > 500) return undefined
  if (text === '') return true
  const listed = held.binds('LANGUAGES')
    ? allItems(held.get('LANGUAGES'))?.map((item) => plain(codeOf(item)))
    : [...languages, ...newerLanguages]
  if (listed === undefined || listed.includes(undefined)) return undefined
  const supported = new Set(held.binds('LANGUAGES') ? (listed as string[]) : languages)
  const wanted = candidates(text)
  const generic = wanted.at(-1) ?? text
  const nearby = (codes: Iterable<string>) => [...codes].some((one) => one.startsWith(`${generic}-`))
  if (wanted.some((one) => supported.has(one) && languages.has(one)) || nearby(supported)) return false
  const alike = listed.map((one) => one?.toLowerCase() ?? '')
  return wanted.some((one) => alike.includes(one.toLowerCase())) || nearby(alike) ? undefined : true
}

const unsupported = {
  id: 'translation.E004',
  asks: ['LANGUAGE_CODE', 'LANGUAGES'],
  standsAt: ['LANGUAGE_CODE', 'LANGUAGES'],
} as const

/** django/core/checks/translation.py of 3.2 to 6.0. */
export const languageChecks: readonly SystemCheck[] = [
  {
    id: 'translation.E001',
    asks: ['LANGUAGE_CODE'],
    standsAt: ['LANGUAGE_CODE'],
    raised: (held) => isNoCode(held.get('LANGUAGE_CODE')),
  },
  {
    id: 'translation.E002',
    asks: ['LANGUAGES'],
    standsAt: ['LANGUAGES'],
    raised: (held) => held.binds('LANGUAGES') && some(held.get('LANGUAGES'), isNoPair),
    culprit: (held) => allItems(held.get('LANGUAGES'))?.find((item) => isNoPair(item) === true),
  },
  {
    id: 'translation.E003',
    asks: ['LANGUAGES_BIDI'],
    standsAt: ['LANGUAGES_BIDI'],
    raised: (held) => some(held.get('LANGUAGES_BIDI'), isNoCode),
    culprit: (held) => allItems(held.get('LANGUAGES_BIDI'))?.find((item) => isNoCode(item) === true),
  },
  // Without any translation collectstatic ends before its summary: "No translation files found for default language".
  { ...unsupported, ofStaticFiles: true, raised: (held) => all(not(hasTranslation(held)), isUnsupported(held)) },
  { ...unsupported, raised: (held) => all(hasTranslation(held), isUnsupported(held)) },
]

/** Whether Django brings a translation that gettext finds for LANGUAGE_CODE: its own or that of the language alone. */
function hasTranslation(held: SettingsHeld): Answer {
  const text = plain(held.get('LANGUAGE_CODE'))?.toLowerCase()
  return text === undefined ? undefined : [text, text.split('-')[0] ?? ''].some((code) => languages.has(code))
}

function isNoPair(item: Value): Answer {
  const code = codeOf(item)
  return code && isNoCode(code)
}
