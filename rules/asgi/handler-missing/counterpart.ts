import type { App } from '../../../src/app/app.ts'
import type { UnhandledType } from '../../../src/app/asgi/message-faults.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'

/** What Channels calls by itself, or gives to consumers. */
const own =
  /^(?:__\w+__|connect|disconnect|receive|receive_json|send|send_json|accept|close|dispatch|encode_json|decode_json|websocket_\w+)$/

/** The only method of the consumers that a message can be meant for: nothing else calls it, and no other message names it. */
function counterpart(app: App): string | undefined {
  const { consumers, usesLayer } = app.asgi
  const named = new Set(usesLayer.map(({ type }) => type?.text.replaceAll('.', '_')))
  const called = (file: string, name: string) => readText(app.tree, file)?.text.includes(`.${name}(`) === true
  const free = consumers.flatMap(({ methods, file }) =>
    [...methods.keys()].filter((name) => !own.test(name) && !named.has(name) && !called(file, name)),
  )
  const [only, ...others] = new Set(free)
  return others.length === 0 && only?.startsWith('_') === false ? only : undefined
}

interface Correction {
  readonly wanted: string
  readonly edit: Edit
}

/** The type of a message, which is a text, becomes that of the nearest method, or of the only one there is. */
export function renamed(app: App, at: Place, type: string, near: string | undefined): Correction | undefined {
  const wanted = near !== undefined && !own.test(near) ? near : counterpart(app)
  const text = sourceText(app.tree, at)
  if (wanted === undefined || (text !== `'${type}'` && text !== `"${type}"`)) return undefined
  return { wanted, edit: { ...at, text: text.replace(type, type.includes('.') ? wanted.replace('_', '.') : wanted) } }
}

/** A method that is near to the one that is missing, and what gives it that name. */
export interface MethodTypo {
  /** Several messages have the type that asks for it. */
  readonly isConfirmed: boolean
  readonly edits: readonly Edit[]
}

/** Undefined where something says that the method is called as it is meant: a message, a call, another consumer. */
export function methodTypo(app: App, handler: string, near: UnhandledType['near']): MethodTypo | undefined {
  const { consumers, usesLayer } = app.asgi
  if (near === undefined || own.test(near.name) || sourceText(app.tree, near.at) !== near.name) return undefined
  const sent = usesLayer.map(({ type }) => type?.text.replaceAll('.', '_'))
  const isUsed =
    sent.includes(near.name) ||
    consumers.filter(({ methods }) => methods.has(near.name)).length > 1 ||
    consumers.some(({ file }) => readText(app.tree, file)?.text.includes(`.${near.name}(`))
  return isUsed
    ? undefined
    : { isConfirmed: sent.filter((one) => one === handler).length > 1, edits: [{ ...near.at, text: handler }] }
}

/** A message that is written as a dict gets the type of the only method it can be meant for. */
export function typed(app: App, at: Place): Correction | undefined {
  const wanted = counterpart(app)
  const text = sourceText(app.tree, at) ?? ''
  if (wanted === undefined || !/^\{\s*["']/.test(text)) return undefined
  const q = /["']/.exec(text)?.[0] ?? "'"
  const start = at.span.start + text.search(/["']/)
  return {
    wanted,
    edit: { file: at.file, span: { start, end: start }, text: `${q}type${q}: ${q}${wanted.replace('_', '.')}${q}, ` },
  }
}

/** The type, and the method of that name where there is one, without their leading underscores. */
export function withoutUnderscore(app: App, at: Place, type: string, handler: string): readonly Edit[] | undefined {
  const bare = handler.replace(/^_+/, '')
  const text = sourceText(app.tree, at)
  if (text !== `'${type}'` && text !== `"${type}"`) return undefined
  const edit: Edit = { ...at, text: text.replace(/^(["'])[_.]+/, '$1') }
  const { consumers } = app.asgi
  if (consumers.some(({ methods }) => methods.has(bare))) return [edit]
  const methods = consumers.flatMap(({ methods: all }) => all.get(handler) ?? [])
  const names = methods.filter((place) => sourceText(app.tree, place) === handler)
  return methods.length > 0 && names.length === methods.length
    ? [edit, ...names.map((place) => ({ ...place, text: bare }))]
    : undefined
}
