import { textParts } from '../../evaluate/javascript/literals.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import { attribute, type Tag, type TagAttribute } from '../../syntax/html/scripts.ts'
import type { Socket } from './model.ts'
import { readUrl } from './url.ts'

/** `<div ws-connect="/ws/room/">`, `<div hx-ws="connect:/ws/room/">`: sockets of htmx, which opens them again by itself. */
export function htmxSockets(source: ScriptSource): Socket[] {
  return source.tags.flatMap((tag) => {
    const found = socketAttribute(tag)
    if (found === undefined) return []
    const { at, prefix } = found
    const span = { start: at.at.start + prefix, end: at.at.end }
    const parts = textParts(source.masked.slice(span.start, span.end), span, source)
    const url = readUrl({ value: { type: 'text', parts }, when: [] }, source)
    return [
      {
        at: placeOf(source, tag),
        opener: at.name,
        library: 'htmx',
        argument: placeOf(source, span),
        urls: url === undefined ? [] : [url],
        subprotocols: undefined,
        offers: undefined,
        fixed: { query: [], subprotocol: false },
        reconnect: { by: 'library' as const },
        codes: [],
        referenced: true,
      },
    ]
  })
}

function socketAttribute(tag: Tag): { at: TagAttribute; prefix: number } | undefined {
  for (const name of ['ws-connect', 'data-ws-connect', 'hx-ws', 'data-hx-ws']) {
    const value = attribute(tag, name)
    const at = tag.attributes.find((one) => one.name.toLowerCase() === name)
    if (value === undefined || at === undefined || value === '') continue
    if (!name.endsWith('hx-ws')) return { at, prefix: 0 }
    const prefix = /^\s*connect:\s*/.exec(value)?.[0].length
    if (prefix !== undefined) return { at, prefix }
  }
  return undefined
}
