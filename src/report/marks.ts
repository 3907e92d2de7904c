import type { Language, Text } from '../contracts/text.ts'
import type { HopState } from '../engine/chain.ts'

/** How the state of a hop is drawn. */
export const marks: Readonly<Record<HopState, string>> = {
  holds: '✓',
  warned: '!',
  breaks: '✗',
  undetermined: '?',
  'not-reached': '~',
  'not-applicable': '–',
}

/** What the mark says. */
export const states: Readonly<Record<HopState, Text>> = {
  holds: { en: 'holds', fr: 'tient' },
  warned: { en: 'holds, with warnings', fr: 'tient, avec des avertissements' },
  breaks: { en: 'breaks', fr: 'casse' },
  undetermined: { en: 'cannot tell', fr: 'on ne peut pas dire' },
  'not-reached': { en: 'not reached', fr: 'pas atteint' },
  'not-applicable': { en: 'does not apply', fr: 'sans objet' },
}

/** The meaning of the marks, for the help text. */
export function legend(language: Language): string {
  return (Object.keys(marks) as HopState[]).map((state) => `${marks[state]} ${states[state][language]}`).join('  ')
}
