import type { Place } from '../../contracts/place.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { calledMethods, eachOwn, memberName, servedConsumers } from './consumer-code.ts'
import { placeIn } from './python-code.ts'

/** An attribute that Channels sets and reads, assigned by a consumer when Channels has read it. */
export interface OwnName {
  readonly consumer: string
  readonly attribute: 'channel_name' | 'groups'
  readonly method: string
  readonly at: Place
}

const found = new WeakMap<App, readonly OwnName[]>()

/**
 * `self.channel_name = …` and `self.groups = …` in what runs after Channels has begun to listen on the name (`__call__`, consumer.py) and
 * has joined the groups (`websocket_connect`, generic/websocket.py, before it calls `connect`). In `__init__` the first is
 * set anew, and the second counts.
 */
export function ownNames(app: App): readonly OwnName[] {
  return getOrInsert(found, app, () =>
    servedConsumers(app).flatMap((code) =>
      calledMethods(app, code)
        .filter(({ moment }) => moment !== 'leave')
        .flatMap(({ node, file, name: method }) => {
          const own: OwnName[] = []
          eachOwn(node, (inner) => {
            for (const target of inner.kind === 'Assign' ? inner.targets : []) {
              const member = memberName(target)
              if (member?.of !== 'self' || (member.name !== 'channel_name' && member.name !== 'groups')) continue
              own.push({ consumer: code.consumer.name, attribute: member.name, method, at: placeIn(file, target) })
            }
          })
          return own
        }),
    ),
  )
}

/** Those by which no message comes: a channel that nothing listens on is put into a group, or no group is joined at all. */
export function deafNames(app: App): OwnName[] {
  return ownNames(app).filter(({ attribute, consumer, at }) => {
    const uses = app.asgi.usesLayer.filter((use) => use.consumer === consumer && use.at.file === at.file)
    const joins = uses.some(({ kind }) => kind === 'group_add')
    if (attribute === 'channel_name') return joins
    const code = servedConsumers(app).find((one) => one.consumer.name === consumer && one.consumer.file === at.file)
    const isCalled = code !== undefined && calledMethods(app, code).some(({ event }) => event)
    return !joins && isCalled && code.consumer.groups === undefined && !code.methods.has('websocket_connect')
  })
}
