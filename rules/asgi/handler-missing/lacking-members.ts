import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, eachOwn, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { handles, isHandled } from '../../../src/app/asgi/message-faults.ts'
import type { Consumer, LayerUse } from '../../../src/app/asgi/model.ts'
import { type ReachedMethod, reachedMethods } from '../../../src/app/asgi/reached-methods.ts'
import { mayBeReadByHand } from '../../../src/app/asgi/read-by-hand.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Part } from '../../../src/evaluate/parts.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A message to a group in which a consumer is that has no method for it, while another consumer has one. */
export interface LackingMember {
  readonly consumer: Consumer
  readonly type: string
  readonly handler: string
  /** Where the message says its type. */
  readonly at: Place
  /** The name of the group as far as it is written: `user_…`. */
  readonly group: string
  /** Where the consumer joins the group. */
  readonly joinedAt: Place
  readonly when: readonly Text[]
}

/**
 * Channels hands a message to every member of its group, whatever class the member is of. Names are compared as far as they are
 * written, with what stands in them: two that hold one id of the same kind are the same group when both are about the same thing.
 */
export function lackingMembers(app: App): LackingMember[] {
  // The one that handles the message and the one that does not are two.
  if (app.asgi.consumers.length < 2) return []
  const members = servedConsumers(app)
    .filter(
      ({ consumer, methods }) => !consumer.given.open && !methods.has('dispatch') && !methods.has('get_handler_name'),
    )
    .flatMap((code) =>
      joinsOf(app, code).map(({ joined, choosy }) => ({ code, joined, choosy, name: nameOf(joined, code) })),
    )
  return app.asgi.usesLayer.flatMap((use): LackingMember[] => {
    const { type, kind } = use
    const name = kind === 'group_send' ? groupName(use.name) : undefined
    if (type === undefined || name === undefined || !isHandled(app, type.text) || mayBeReadByHand(app, use)) return []
    const handler = type.text.replaceAll('.', '_')
    const seen = new Set<Consumer>()
    return members.flatMap(({ code, joined, choosy, name: own }): LackingMember[] => {
      const { consumer } = code
      if (own?.text !== name.text || joined.alias !== use.alias || use.alias === '?' || seen.has(consumer)) return []
      if (handles(consumer, handler)) return []
      seen.add(consumer)
      const when = name.thing === undefined || (name.isId && !choosy) ? [] : [sameThing(name.thing)]
      return [{ consumer, type: type.text, handler, at: type.at, group: name.shown, joinedAt: joined.at, when }]
    })
  })
}

const sameThing = (thing: string): Text => ({
  en: `sockets of both kinds are open for the same \`${thing}\``,
  fr: `des sockets des deux sortes sont ouverts pour le même \`${thing}\``,
})

interface Join {
  readonly joined: LayerUse
  /** Only some of those who are logged in come to it. */
  readonly choosy: boolean
}

/** Where a consumer puts itself into a group, in methods that a socket comes to. */
function joinsOf(app: App, code: ConsumerCode): Join[] {
  const uses = app.asgi.usesLayer.filter(({ kind, ownMember }) => kind === 'group_add' && ownMember)
  const methods = uses.length === 0 ? [] : reachedMethods(app, code)
  return uses.flatMap((joined) => {
    const method = methods.find(
      ({ file, node }) =>
        file.path === joined.at.file && node.start <= joined.at.span.start && joined.at.span.end <= node.end,
    )
    return method === undefined ? [] : [{ joined, choosy: choosesBefore(method, joined.at) }]
  })
}

/** An `if` around a line, or one before it that may keep the socket from coming there. Who is nobody has no id. */
function choosesBefore({ node }: ReachedMethod, { span }: Place): boolean {
  let chooses = false
  eachOwn(node, (inner) => {
    if (inner.kind !== 'If' || inner.start > span.start || asksForLogin(inner.test)) return
    chooses ||= span.end <= inner.end || [...inner.body, ...inner.orelse].some(leaves)
  })
  return chooses
}

const asksForLogin = (test: Expression): boolean =>
  holds(test, (inner) => inner.kind === 'Attribute' && /^is_(?:authenticated|anonymous)$/.test(inner.attr)) &&
  !holds(test, ({ kind }) => kind === 'BoolOp')

const leaves = (node: PythonNode): boolean => holds(node, ({ kind }) => kind === 'Return' || kind === 'Raise')

function holds(node: PythonNode, test: (inner: PythonNode) => boolean): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= test(inner)
    return !found
  })
  return found
}

/** A class that others derive from may join by what each of them sets: only an id is of the same kind in all of them. */
function nameOf({ name, at }: LayerUse, { classes: [self] }: ConsumerCode): GroupName | undefined {
  const group = groupName(name)
  const isOwn = self?.file.path === at.file && self.node.start <= at.span.start && at.span.end <= self.node.end
  return group?.thing === undefined || group.isId || isOwn ? group : undefined
}

interface GroupName {
  /** Equal for groups that may be the same. */
  readonly text: string
  readonly shown: string
  /** What stands in it that is not written; undefined: nothing does. */
  readonly thing: string | undefined
  /** That is an id, of what the word before it names. */
  readonly isId: boolean
}

/** A name that is written out, or all but one thing of it, behind a word: `user_{self.user.id}` and `user_{user_id}` are alike. */
function groupName(parts: readonly Part[] | undefined): GroupName | undefined {
  const [first, hole] = parts ?? []
  if (parts === undefined || typeof first !== 'string') return undefined
  const holes = parts.filter((part) => typeof part !== 'string')
  if (holes.length === 0) return { text: parts.join(''), shown: parts.join(''), thing: undefined, isId: false }
  const word = /([A-Za-z]+)[^A-Za-z]*$/.exec(first)?.[1]
  if (holes.length > 1 || word === undefined || hole === undefined || typeof hole === 'string') return undefined
  const thing = /^(?:id|pk)$/.test(hole.name) ? `${word}_id` : hole.name.replace(/_pk$/, '_id')
  // An index, a call: nobody can tell what it stands for.
  if (!/^[a-z]\w*$/.test(thing) || thing === 'value') return undefined
  const shape = (between: string) => parts.map((part) => (typeof part === 'string' ? part : between)).join('')
  return { text: shape(`{${thing}}`), shown: shape('…'), thing, isId: thing.endsWith('_id') }
}
