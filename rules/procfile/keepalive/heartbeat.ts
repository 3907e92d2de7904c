import type { App } from '../../../src/app/app.ts'
import { readText } from '../../../src/files/tree.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { walk } from '../../../src/syntax/python/walk.ts'

/** Whether a page that opens a socket also sends something on it at intervals: a heartbeat of its own. */
export function clientBeats(app: App): boolean {
  return app.frontend.sockets.some(({ at }) => {
    const text = readText(app.tree, at.file)?.text ?? ''
    return /\bsetInterval\s*\(/.test(text) && /\.send\s*\(|\bping\b|heartbeat/i.test(text)
  })
}

/**
 * Whether a routed consumer sends at intervals below `window` seconds by itself: a loop that sleeps and sends. An interval
 * that is not written as a number is taken to be short enough.
 */
export function consumerBeats(app: App, window: number): boolean {
  const files = new Set(app.asgi.consumers.filter(({ routed }) => routed).map(({ file }) => file))
  return [...files].some((path) => {
    let beats = false
    const file = parseFile(app.tree, path)
    if (file !== undefined)
      walk(file.module, (node) => {
        if (node.kind !== 'While' && node.kind !== 'AsyncFor' && node.kind !== 'For') return !beats
        let sleeps = false
        let sends = false
        walk(node, (inner) => {
          if (inner.kind !== 'Call') return
          sleeps ||= isShortSleep(inner.func, inner.args[0], window)
          sends ||= inner.func.kind === 'Attribute' && /^(?:send(?:_\w+)?|ping)$/.test(inner.func.attr)
        })
        beats ||= sleeps && sends
        return !beats
      })
    return beats
  })
}

function isShortSleep(func: Expression, seconds: Expression | undefined, window: number): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : undefined
  if (name !== 'sleep') return false
  const value = seconds?.kind === 'Constant' ? seconds.value : undefined
  return value === undefined || !('value' in value) || !(Number(value.value) >= window)
}
