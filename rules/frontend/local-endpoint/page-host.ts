import type { SocketUrl } from '../../../src/app/frontend/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'

const scheme = "location.protocol === 'https:' ?"

/**
 * Scheme and host as those of the page, where both are written at the beginning of one literal: `'ws://localhost:8000/ws/'` or
 * the same between backquotes.
 */
export function pageHostEdit(tree: FileTree, { schemeAt, host }: SocketUrl): Edit | undefined {
  const text = schemeAt && readText(tree, schemeAt.file)?.text
  if (text === undefined || schemeAt === undefined || host.at?.file !== schemeAt.file) return undefined
  const { start } = schemeAt.span
  const quote = text[start - 1] ?? ''
  const written = new RegExp(`^wss?://${escaped(host.text ?? '')}`).exec(text.slice(start))?.[0]
  if (written === undefined || host.at.span.start !== start + written.indexOf('//') + 2) return undefined
  const end = start + written.length
  if (/[\w:.-]/.test(text[end] ?? '')) return undefined
  const { file } = schemeAt
  if (quote === '`') return { file, span: { start, end }, text: `\${${scheme} 'wss' : 'ws'}://\${location.host}` }
  if (quote !== "'" && quote !== '"') return undefined
  const [wss, ws] = [`${quote}wss://${quote}`, `${quote}ws://${quote}`]
  const test = scheme.replaceAll("'", quote)
  return { file, span: { start: start - 1, end }, text: `(${test} ${wss} : ${ws}) + location.host + ${quote}` }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
