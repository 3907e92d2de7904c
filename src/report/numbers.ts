import type { Language } from '../contracts/text.ts'

/** Singular and plural in both languages. */
export type Noun = Readonly<Record<Language, readonly [one: string, many: string]>>

/** `0 errors`, `0 erreur`: zero is plural in English and singular in French. */
export function counted(count: number, noun: Noun, language: Language): string {
  const one = language === 'fr' ? count < 2 : count === 1
  return `${count} ${noun[language][one ? 0 : 1]}`
}

/** What reports count. */
export const nouns = {
  error: { en: ['error', 'errors'], fr: ['erreur', 'erreurs'] },
  warning: { en: ['warning', 'warnings'], fr: ['avertissement', 'avertissements'] },
  info: { en: ['info', 'infos'], fr: ['info', 'infos'] },
  suppressed: { en: ['suppressed', 'suppressed'], fr: ['ignoré', 'ignorés'] },
  undetermined: { en: ['undetermined', 'undetermined'], fr: ['indéterminé', 'indéterminés'] },
} as const
