import type { App } from '../../../src/app/app.ts'
import type { Socket } from '../../../src/app/frontend/model.ts'
import { insertFirst } from '../../../src/app/settings/list-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { entryOf, itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'

/** An address that is not what its author means once the server has written it into the script. */
export interface WrittenAddress {
  readonly kind: 'escaped' | 'hostless'
  readonly socket: Socket
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/**
 * Addresses with `&amp;` in their query: a script has no entities, so the next parameter is called `amp;…`; and such that begin with
 * `wss:///`, where the browser takes the first part of the path for the host.
 */
export function writtenAddresses(app: App): WrittenAddress[] {
  if (!app.isDjango) return []
  return app.frontend.sockets.flatMap((socket): WrittenAddress[] => {
    const { urls, argument, at, library } = socket
    // An attribute of HTML is decoded before anybody reads it.
    if (urls.length === 0 || library === 'htmx') return []
    const place = argument ?? at
    if (urls.every(({ query }) => query?.some((part) => typeof part === 'string' && part.includes('&amp;'))))
      return [{ kind: 'escaped', socket, at: place, edits: escapedForScripts(app, place) }]
    const bare = urls.every(({ parts: [first] }) => typeof first === 'string' && /^wss?:\/\/\/[^/]/.test(first))
    return bare ? [{ kind: 'hostless', socket, at: place, edits: withRequest(app, place) }] : []
  })
}

/** `{{ address }}` -> `{{ address|escapejs }}`, where it is the one thing that the template writes there. */
function escapedForScripts(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const written = readText(app.tree, file)?.text.slice(span.start, span.end) ?? ''
  const [only, ...more] = [...written.matchAll(/\{\{\s*[\w.]+(?=\s*\}\})/g)]
  if (only === undefined || more.length > 0 || written.includes('{%')) return undefined
  const at = span.start + only.index + only[0].length
  return [{ file, span: { start: at, end: at }, text: '|escapejs' }]
}

/** Templates that ask `request` are given it, where TEMPLATES lists the context processors of one engine. */
function withRequest(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const written = readText(app.tree, file)?.text.slice(span.start, span.end) ?? ''
  const [only, ...others] = app.settings.get('TEMPLATES')?.alternatives ?? []
  const [engine, ...engines] = itemsOf(only?.value) ?? []
  if (!/\{\{\s*request\./.test(written) || others.length > 0 || engines.length > 0) return undefined
  const list = entryOf(entryOf(engine, 'OPTIONS')?.value, 'context_processors')?.value
  const edits = list && insertFirst(app, list, processor)
  return itemsOf(list)?.some((item) => plain(item) === processor) === true ? undefined : edits
}

const processor = 'django.template.context_processors.request'
