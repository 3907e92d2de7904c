import type { SocketUrl } from '../../../src/app/frontend/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'

/**
 * Scheme and host as those of the page, where both are written at the beginning of one literal: `'ws://localhost:8000/ws/'` or
 * the same between backquotes.
 */
export function pageHostEdit(tree: FileTree, { schemeAt, host, pageLocation }: SocketUrl): Edit | undefined {
  const text = schemeAt && readText(tree, schemeAt.file)?.text
  if (text === undefined || schemeAt === undefined || host.at?.file !== schemeAt.file) return undefined
  const { start } = schemeAt.span
  const quote = text[start - 1] ?? ''
  const written = new RegExp(`^wss?://${escaped(host.text ?? '')}`).exec(text.slice(start))?.[0]
  if (written === undefined || host.at.span.start !== start + written.indexOf('//') + 2) return undefined
  const end = start + written.length
  if (/[\w:.-]/.test(text[end] ?? '')) return undefined
  const { file } = schemeAt
  const scheme = `${pageLocation}.protocol === 'https:' ?`
  if (quote === '`')
    return { file, span: { start, end }, text: `\${${scheme} 'wss' : 'ws'}://\${${pageLocation}.host}` }
  if (quote !== "'" && quote !== '"') return undefined
  const [wss, ws] = [`${quote}wss://${quote}`, `${quote}ws://${quote}`]
  const test = scheme.replaceAll("'", quote)
  return { file, span: { start: start - 1, end }, text: `(${test} ${wss} : ${ws}) + ${pageLocation}.host + ${quote}` }
}

/** The host of the page with the port that the page itself has: `location.hostname + ':8000/ws/'`, or the same between backquotes. */
export function withoutPort(tree: FileTree, { host }: SocketUrl): Edit | undefined {
  const { at, port, kind } = host
  const text = at && readText(tree, at.file)?.text
  if (text === undefined || at === undefined || port === undefined) return undefined
  const { file, span } = at
  const written = text.slice(span.start, span.end)
  if (kind === 'own' && written.endsWith(`:${port}`))
    return { file, span: { start: span.end - port.length - 1, end: span.end }, text: '' }
  const name = /\blocation\.(hostname)$/.exec(written)?.[1]
  if (kind !== 'page' || name === undefined) return undefined
  const start = span.end - name.length
  const rest = text.slice(span.end)
  const within = new RegExp(`^\\}:${port}(?!\\d)`).exec(rest)?.[0]
  if (within !== undefined) return { file, span: { start, end: span.end + within.length }, text: 'host}' }
  const [joined, operator = '', quote = ''] = new RegExp(`^(\\s*\\+\\s*)(['"]):${port}(?!\\d)`).exec(rest) ?? []
  if (joined === undefined) return undefined
  const end = span.end + joined.length
  return text[end] === quote
    ? { file, span: { start, end: end + 1 }, text: 'host' }
    : { file, span: { start, end }, text: `host${operator}${quote}` }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
