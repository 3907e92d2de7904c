import type { Language } from '../../src/contracts/text.ts'

/** What a reader chose, kept in this browser; it works without a store. */

export const schemes = ['system', 'light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`dynolint-${name}`)
  } catch {
    return null
  }
}

export function store(name: 'language' | 'scheme', value: string): void {
  try {
    localStorage.setItem(`dynolint-${name}`, value)
  } catch {
    // Forbidden here: the choice holds until the page is closed.
  }
}

export function preferredLanguage(): Language {
  const chosen = stored('language')
  if (chosen === 'fr' || chosen === 'en') return chosen
  return navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}

export const preferredScheme = (): Scheme => schemes.find((one) => one === stored('scheme')) ?? 'system'

export function applyScheme(scheme: Scheme): void {
  document.documentElement.style.colorScheme = scheme === 'system' ? 'light dark' : scheme
}
