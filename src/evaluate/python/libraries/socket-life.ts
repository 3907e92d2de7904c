import { dict, str, text } from '../constructors.ts'
import type { VisitStep } from '../evaluation.ts'
import { findMethod } from '../interpreter/attributes.ts'
import { callValue } from '../interpreter/calls.ts'
import { awaitValue } from '../interpreter/coroutines.ts'
import type { Machine } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { notModelled } from '../reasons.ts'
import {
  type CallArguments,
  type ClassValue,
  entryOf,
  type FunctionValue,
  type InstanceValue,
  plain,
  type Value,
} from '../value.ts'
import { extended } from './socket-scope.ts'
import { step, timePasses, type VisitedAs, type Visiting } from './socket-step.ts'

/** `ChatConsumer.as_asgi()`, when all that it inherits is Channels'. */
export function consumerOf(app: Value): ClassValue | undefined {
  if (app.type !== 'call' || app.callee.type !== 'method' || app.callee.self.type !== 'class') return undefined
  const { self, function: method } = app.callee
  if (method.type !== 'external' || !/^channels\..*\.as_asgi$/.test(method.path)) return undefined
  const bases = mro(self).filter((base) => base.type !== 'class')
  return bases.every((base) => base.type === 'external' && base.path.startsWith('channels.')) ? self : undefined
}

/** The function of the project's that a class has under a name. */
function own(type: ClassValue, name: string): FunctionValue | undefined {
  for (const base of mro(type)) {
    const found = base.type === 'class' ? base.attributes.get(name)?.value : undefined
    if (found !== undefined) return found.type === 'function' ? found : undefined
  }
  return undefined
}

/** Goes through the life of a consumer that a route leads to, once for what it is made with and given. */
export function consume(
  m: Machine,
  v: Visiting,
  type: ClassValue,
  args: CallArguments,
  scope: Value | undefined,
): void {
  const met = v.met.get(type) ?? []
  const now = { args, scope }
  if (met.some((one) => isSame(one, now)) || taken.some((name) => own(type, name) !== undefined)) return
  v.met.set(type, [...met, now])
  live(m, v, type, args, scope)
  v.self = undefined
  v.hasTasks = false
}

/** What decides of itself what of a consumer is called. */
const taken = ['__call__', '__new__', 'dispatch']

function isSame(a: VisitedAs, b: VisitedAs): boolean {
  const isBare = ({ positional, keywords, open }: CallArguments) => positional.length + keywords.size === 0 && !open
  return (a.args === b.args || (isBare(a.args) && isBare(b.args))) && keysOf(a.scope) === keysOf(b.scope)
}

/** What a scope holds, as far as the middlewares of two routes may differ in it. */
function keysOf(scope: Value | undefined): string {
  if (scope?.type !== 'dict') return ''
  const keys = scope.entries.map(({ key }) => plain(key) ?? '?').sort()
  return [...keys, ...(scope.rest === undefined ? [] : ['…'])].join()
}

/** What Channels calls of a consumer, as long as each comes to an end: it calls one after the other. */
function live(m: Machine, v: Visiting, type: ClassValue, given: CallArguments, scope: Value | undefined): void {
  const unknown = (name: string) => m.unknown(notModelled(name))
  let isMade = false
  let isStuck = false
  const call = (
    name: string,
    stepName: VisitStep,
    positional: readonly Value[],
    keywords: Record<string, Value> = {},
  ) => {
    const fn = own(type, name)
    if (fn === undefined || isStuck || (isMade && v.self === undefined)) return
    if (isMade) timePasses(m, v)
    isStuck = !step(m, v, { step: stepName, of: `${type.name}.${name}`, ofAt: fn.at }, () => {
      if (!isMade) {
        isMade = true
        v.self = prepare(m, callValue(m, type, given), scope)
      }
      if (v.self === undefined) return true
      const named = new Map(Object.entries(keywords))
      const args = { positional: [v.self, ...positional], keywords: named, open: false }
      if (fits(fn, args.positional.length, named)) awaitValue(m, m.call(fn, args.positional, named))
      return true
    })
  }
  const event = (name: string) =>
    dict([{ key: text('type', m.at), value: text(name, m.at), at: m.at }], m.at, unknown('event'))
  if (own(type, 'websocket_connect') !== undefined) call('websocket_connect', 'connect', [event('websocket.connect')])
  else call('connect', 'connect', [])
  if (own(type, 'websocket_receive') !== undefined) call('websocket_receive', 'message', [event('websocket.receive')])
  else if (own(type, 'receive') !== undefined) call('receive', 'message', [], receiveArguments(m, own(type, 'receive')))
  else call('receive_json', 'message', [unknown('content')])
  for (const name of v.options.handlers) if (!name.startsWith('websocket_')) call(name, 'event', [event(name)])
  if (own(type, 'websocket_disconnect') !== undefined)
    call('websocket_disconnect', 'leave', [event('websocket.disconnect')])
  else call('disconnect', 'leave', [unknown('code')])
}

/** Channels gives a text or bytes, by name; a method that has both parameters tells the two apart. */
function receiveArguments(m: Machine, fn: FunctionValue | undefined): Record<string, Value> {
  const names = fn === undefined ? [] : [...fn.node.args.args, ...fn.node.args.kwonly].map(({ name }) => name)
  const both = names.includes('bytes_data') ? ['text_data', 'bytes_data'] : ['text_data']
  return Object.fromEntries(both.map((name) => [name, m.unknown(notModelled(name))]))
}

/** Whether a method can be called like this: one that cannot is another rule's finding. */
function fits({ node }: FunctionValue, positional: number, keywords: ReadonlyMap<string, Value>): boolean {
  const { posonly, args, vararg, kwonly, kwarg } = node.args
  const all = [...posonly, ...args]
  if (all.length < positional && vararg === undefined) return false
  const free = [...all.slice(positional), ...kwonly]
  const named = [...keywords.keys()].every((name) => kwarg !== undefined || free.some((one) => one.name === name))
  return named && free.every((one) => one.default !== undefined || keywords.has(one.name))
}

/** What Channels puts into a consumer before it calls anything of it. */
function prepare(m: Machine, self: Value, scope: Value | undefined): InstanceValue | undefined {
  if (self.type !== 'instance') return undefined
  const { at } = m
  // Whether the user and the session are there is another rule's question.
  const granted = ['cookies', 'session', 'user'].filter((key) => entryOf(scope, key) === undefined)
  const more = Object.fromEntries(granted.map((key) => [key, m.unknown(notModelled(`scope["${key}"]`))]))
  const set = (name: string, value: Value) => self.attributes.set(name, { value, at })
  set('scope', extended(m, scope, more) ?? m.unknown(notModelled('scope')))
  set('channel_layer', m.unknown(notModelled('channel_layer')))
  set('channel_name', str([{ name: 'channel_name', variable: undefined, chars: 'any', nonEmpty: true }], at))
  set('channel_receive', m.unknown(notModelled('channel_receive')))
  set('base_send', m.unknown(notModelled('base_send')))
  if (findMethod(self, 'groups') === undefined && !self.attributes.has('groups'))
    set('groups', { type: 'list', items: [], rest: undefined, at })
  return self
}
