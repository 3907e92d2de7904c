import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'

/** Whether a page that opens a socket also sends something on it at intervals: a heartbeat of its own. */
export function clientBeats(app: App): boolean {
  return app.frontend.sockets.some(({ at }) => {
    const text = readText(app.tree, at.file)?.text ?? ''
    return /\bsetInterval\s*\(/.test(text) && /\.send\s*\(|\bping\b|heartbeat/i.test(text)
  })
}
