import type { App } from '../../../src/app/app.ts'
import type { DictPart } from '../../../src/app/asgi/dict-parts.ts'
import { mentionsOf } from '../../../src/app/asgi/lazy-query-sets.ts'
import { isHandled, othersHandle } from '../../../src/app/asgi/message-faults.ts'
import { possibleTexts } from '../../../src/app/asgi/possible-texts.ts'
import type { CodeFile } from '../../../src/app/asgi/python-code.ts'
import { codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { mayBeReadByHand } from '../../../src/app/asgi/read-by-hand.ts'
import { dictsSent, type SentMessage, sentMessages } from '../../../src/app/asgi/sent-messages.ts'
import { isForAnother } from '../../../src/app/asgi/workers.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { binds, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A message whose type is replaced by one that a dict behind it brings. */
export interface OverriddenType {
  /** The function that sends it; empty at the top of a module. */
  readonly within: string
  /** The type that is written in the message. */
  readonly type: string
  /** What brings the other one, as written, and where. */
  readonly through: string
  readonly at: Place
  /** A type that it brings and that no consumer handles; undefined: what it brings is not known. */
  readonly other: string | undefined
  /** What gives the other type, as written, and where. */
  readonly value: string
  readonly valueAt: Place
  /** All that a browser sent: it brings whatever somebody writes. */
  readonly sent: boolean
  readonly edits: readonly Edit[] | undefined
}

/** `{"type": "dish.added", **dish.as_message()}` where the second has a key `type` as well, and the like. */
export function overriddenTypes(app: App): OverriddenType[] {
  if (app.asgi.consumers.length === 0 || othersHandle(app)) return []
  const found = sentMessages(app).flatMap((message) => {
    if (mayBeReadByHand(app, message.use) || isForAnother(app, message.use)) return []
    return dictsSent(app, message).flatMap((parts) => overriddenIn(app, message, parts))
  })
  return uniqueBy(found, ({ at, valueAt }) => `${placeKey(at)} ${placeKey(valueAt)}`)
}

function overriddenIn(app: App, message: SentMessage, parts: readonly DictPart[]): OverriddenType[] {
  const code = codeOf(app)
  const last = parts.findLastIndex(({ key, sent }) => key === 'type' || sent)
  const winner = parts[last]
  const written = parts.slice(0, Math.max(0, last)).findLast(({ key }) => key === 'type')
  if (winner?.through === undefined || written === undefined || written.through === winner.through) return []
  const types = possibleTexts(code, written.value, written.standing)
  const [type] = types ?? []
  if (type === undefined || (types?.length ?? 0) > 1) return []
  const { file } = message.standing
  const { value, standing, sent } = winner
  if (sent && mindsType(value, standing.functions, winner.through)) return []
  const texts = sent ? undefined : possibleTexts(code, value, standing)
  const other = texts?.find((one) => !isHandled(app, one))
  if (texts !== undefined && other === undefined) return []
  return [
    {
      within: message.standing.functions.at(-1)?.name ?? '',
      type,
      through: shown(winner.through, file),
      at: placeIn(file, winner.through),
      other,
      value: shown(value, standing.file),
      valueAt: placeIn(standing.file, value),
      sent,
      edits: typeLast(message, written, winner.through, file),
    },
  ]
}

/** The function that has what was sent looks at its type or at its keys, takes them out, or hands it to something that may. */
function mindsType(value: Expression, functions: DictPart['standing']['functions'], through: Expression): boolean {
  const around = functions.at(-1)
  if (around === undefined) return true
  const name = through.kind === 'Name' ? through.id : value.kind === 'Name' ? value.id : undefined
  let minds = false
  const isType = (one: Expression | undefined) => literalText(one) === 'type'
  walk(around, (inner) => {
    if (inner === value) return
    if (inner.kind === 'Subscript') minds ||= isType(inner.slice)
    if (inner.kind === 'Call') minds ||= isType(inner.args[0])
    if (inner.kind === 'Compare') minds ||= isType(inner.left)
  })
  if (minds || name === undefined) return minds
  return mentionsOf(around, name).some(
    ({ mention, parent }) =>
      mention.start < through.start && !leavesKeys(parent) && !binds(parent, name) && mention !== through,
  )
}

/** `content['text']`, `content.get('text')`, `not content`, `print(content)`: what tells nothing of the other keys. */
function leavesKeys(parent: PythonNode): boolean {
  if (parent.kind === 'Subscript') return parent.slice.kind === 'Constant'
  if (parent.kind === 'Attribute') return parent.attr === 'get' || parent.attr === 'setdefault'
  if (parent.kind === 'Call') {
    const { func } = parent
    return harmless.test(func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '')
  }
  return ['If', 'UnaryOp', 'BoolOp', 'FormattedValue'].includes(parent.kind)
}

const harmless = /^(?:isinstance|print|debug|info|warning|error|exception|send_json)$/

function shown(node: Expression, file: CodeFile): string {
  return file.text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 60)
}

/** The pair `"type": …` behind all others of the dict in which it is written. */
function typeLast(
  { node, standing }: SentMessage,
  { value }: DictPart,
  through: Expression,
  file: CodeFile,
): Edit[] | undefined {
  const around = standing.functions.at(-1)
  const dict = node.kind === 'Name' && around !== undefined ? onlyAssignment(around, node.id) : node
  if (dict?.kind !== 'Dict' || !dict.values.includes(through)) return undefined
  const key = dict.keys[dict.values.indexOf(value)]
  const end = dict.values.at(-1)?.end
  const between = /^\s*,\s*/.exec(file.text.slice(value.end, end))?.[0]
  // A parenthesis around the last value, or anything else than a comma behind it, is not moved across.
  if (key === undefined || end === undefined || between === undefined) return undefined
  if (!/^\s*,?\s*(?:#[^\n]*\n\s*)*\}$/.test(file.text.slice(end, dict.end))) return undefined
  const pair = file.text.slice(key.start, value.end)
  return [
    { file: file.path, span: { start: key.start, end: value.end + between.length }, text: '' },
    { file: file.path, span: { start: end, end }, text: `, ${pair}` },
  ]
}
