import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, Expression } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { type DictPart, dictsOf } from './dict-parts.ts'
import type { LayerUse } from './model.ts'
import { eachStanding, type Standing } from './project-functions.ts'
import { codeOf } from './python-code.ts'

/** A message that is given to the layer. */
export interface SentMessage {
  readonly use: LayerUse
  readonly node: Expression
  /** The group or the channel. */
  readonly to: Expression | undefined
  readonly standing: Standing
}

const sent = new WeakMap<App, readonly SentMessage[]>()

/** Every message that the project sends to a group or a channel, as it is written where the layer is called. */
export function sentMessages(app: App): readonly SentMessage[] {
  return getOrInsert(sent, app, () => {
    const code = codeOf(app)
    const sends = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_send' || kind === 'send')
    return [...new Set(sends.map(({ at }) => at.file))].flatMap((path) => {
      const file = code.file(path)
      const own = sends.filter(({ at }) => at.file === path)
      const found: SentMessage[] = []
      if (file !== undefined)
        eachStanding(file, (node, standing, parents) => {
          if (node.kind !== 'Attribute') return
          const use = own.find(({ at: { span } }) => span.start === node.start && span.end === node.end)
          const call = use && callOf(node, parents)
          const message = call && (call.args[1] ?? call.keywords.find(({ arg }) => arg === 'message')?.value)
          const to =
            call && (call.args[0] ?? call.keywords.find(({ arg }) => arg === 'group' || arg === 'channel')?.value)
          if (use !== undefined && message !== undefined) found.push({ use, node: message, to, standing })
        })
      return found
    })
  })
}

/** `layer.group_send(…)`, `async_to_sync(layer.group_send)(…)` */
function callOf(node: Expression, parents: readonly PythonNode[]): Call | undefined {
  const [outer, parent] = parents.slice(-2)
  if (parent?.kind !== 'Call') return undefined
  if (parent.func === node) return parent
  return outer?.kind === 'Call' && outer.func === parent ? outer : undefined
}

const parts = new WeakMap<SentMessage, readonly (readonly DictPart[])[]>()

/** The dicts that a message may be. */
export function dictsSent(app: App, message: SentMessage): readonly (readonly DictPart[])[] {
  return getOrInsert(parts, message, () => dictsOf(codeOf(app), message.node, message.standing))
}
