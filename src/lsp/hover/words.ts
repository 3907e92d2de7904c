import type { Language } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { conditionText } from '../../show/settings.ts'
import type { Checked } from '../project.ts'

/** What the hovers share. */
export interface HoverContext {
  readonly checked: Checked
  readonly language: Language
  /** A name or a value as it stands, in the client's form. */
  readonly code: (text: string) => string
  readonly strong: (text: string) => string
}

/** What is told of a place: lines, and the span of it. */
export interface Told {
  readonly lines: readonly string[]
  readonly span: { readonly start: number; readonly end: number }
}

/** ` when X is set`, or nothing. */
export function whenText(when: readonly Condition[], language: Language): string {
  if (when.length === 0) return ''
  return `${language === 'fr' ? ' quand ' : ' when '}${conditionText(when, language)}`
}

/** A name and what is said of it, with the space that French wants. */
export function labelled(name: string, text: string, language: Language): string {
  return `${name}${language === 'fr' ? '\u00a0' : ''}: ${text}`
}

export function holds(span: { readonly start: number; readonly end: number }, offset: number): boolean {
  return span.start <= offset && offset <= span.end
}
