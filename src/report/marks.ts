import type { Language, Text } from '../contracts/text.ts'
import type { HopState } from '../engine/chain.ts'

/** How the state of a hop is drawn. */
export const marks: Record<HopState, string> = { holds: '✓', breaks: '✗', undetermined: '?', 'not-applicable': '–' }

const states: Record<HopState, Text> = {
  holds: { en: 'holds', fr: 'tient' },
  breaks: { en: 'breaks', fr: 'casse' },
  undetermined: { en: 'undetermined', fr: 'indéterminé' },
  'not-applicable': { en: 'does not apply', fr: 'sans objet' },
}

/** The meaning of the marks, for the help text. */
export function legend(language: Language): string {
  return (Object.keys(marks) as HopState[]).map((state) => `${marks[state]} ${states[state][language]}`).join('  ')
}
