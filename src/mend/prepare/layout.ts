import type { App } from '../../app/app.ts'
import { readText } from '../../files/tree.ts'

/** The file of a new text. */
export const created = (file: string, text: string) => ({
  file,
  span: { start: 0, end: 0 },
  text,
  action: 'create' as const,
})

/** Lines that a text file is to have at its end. */
export function appended(app: App, file: string, lines: readonly string[]) {
  const text = readText(app.tree, file)?.text ?? ''
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return { file, span: { start: text.length, end: text.length }, text: `${gap}${lines.join('\n')}\n` }
}
