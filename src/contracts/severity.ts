import type { Text } from './text.ts'

/** From the gravest down. */
export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

export const severityNames: Readonly<Record<Severity, Text>> = {
  error: { en: 'error', fr: 'erreur' },
  warning: { en: 'warning', fr: 'avertissement' },
  info: { en: 'info', fr: 'info' },
}
