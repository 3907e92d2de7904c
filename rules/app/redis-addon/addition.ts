import type { App } from '../../../src/app/app.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'

/** An edit that puts one more add-on at the head of the list that stands at `at`, in the list's own style. */
export function addAddon(app: Pick<App, 'tree'>, { file, span }: Place, service: string): Edit | undefined {
  const text = readText(app.tree, file)?.text
  if (text === undefined) return undefined
  if (text[span.start] === '[') {
    const blanks = /^\s*/.exec(text.slice(span.start + 1))?.[0] ?? ''
    const isEmpty = text[span.start + 1 + blanks.length] === ']'
    const at = span.start + 1
    return {
      file,
      span: { start: at, end: at },
      text: isEmpty ? `"${service}"` : `${blanks}"${service}",${blanks === '' ? ' ' : ''}`,
    }
  }
  if (text[span.start] !== '-') return undefined
  const column = span.start - (text.lastIndexOf('\n', span.start - 1) + 1)
  return { file, span: { start: span.start, end: span.start }, text: `- plan: ${service}\n${' '.repeat(column)}` }
}
