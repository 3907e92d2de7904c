/**
 * The mark that Django writes between thousands where USE_THOUSAND_SEPARATOR is True, by language: NUMBER_GROUPING is 3 and
 * THOUSAND_SEPARATOR this in the formats.py of each language of 3.2.25, 4.2.23 and 6.0 (read 2026-11-30). Of a language that is not here
 * the releases disagree, or it groups no digits.
 */
const byMark: readonly (readonly [mark: string, codes: string])[] = [
  [',', 'cy en en-au en-gb es-mx es-ni es-pr ig ko ml th'],
  ['.', 'ar-dz ca da de el es-ar es-co eu hr id is it lt mk nl pt pt-br ro sl sr sr-latn tr'],
  ['\u00a0', 'az cs de-ch eo fi fr hu ky lv nb nn pl ru sk sv tg tk uk uz'],
]

const marks: ReadonlyMap<string, string> = new Map(
  byMark.flatMap(([mark, codes]) => codes.split(' ').map((code) => [code, mark] as const)),
)

/** The mark of a language, or of the one that it is a form of: `en-us` is `en`. */
export const thousandsMark = (language: string): string | undefined =>
  marks.get(language.toLowerCase()) ?? marks.get(language.toLowerCase().replace(/-.*$/, ''))
