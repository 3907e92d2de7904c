import type { App } from '../../../src/app/app.ts'
import { readText } from '../../../src/files/tree.ts'

/** Whether a page that opens a socket also sends something on it at intervals: a heartbeat of its own. */
export function clientBeats(app: App): boolean {
  return app.frontend.sockets.some(({ at }) => {
    const text = readText(app.tree, at.file)?.text ?? ''
    return /\bsetInterval\s*\(/.test(text) && /\.send\s*\(|\bping\b|heartbeat/i.test(text)
  })
}
