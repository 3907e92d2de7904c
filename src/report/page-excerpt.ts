import type { Language } from '../contracts/text.ts'

/**
 * What a page of a rule says before its examples, and where the rest is: a report that holds every page whole is larger than
 * what it reports.
 */
export function pageExcerpt(page: string, url: string, language: Language): string {
  const lines = page.split('\n')
  const sections = lines.flatMap((line, index) => (line.startsWith('## ') ? [index] : []))
  const said = lines
    .slice(0, sections[1] ?? lines.length)
    .join('\n')
    .trim()
  const more = language === 'fr' ? `[Exemples](${url})` : `[Examples](${url})`
  return `${said}\n\n${more}\n`
}
