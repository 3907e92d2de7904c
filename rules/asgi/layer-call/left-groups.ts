import type { App } from '../../../src/app/app.ts'
import { kindVerdict } from '../../../src/app/asgi/layer-kinds.ts'
import type { LayerUse } from '../../../src/app/asgi/model.ts'
import { type Code, codeOf } from '../../../src/app/asgi/python-code.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Part } from '../../../src/evaluate/parts.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/** A group that a consumer leaves and nothing joins, and the one that it joined instead and never leaves. */
export interface LeftOther {
  readonly use: LayerUse
  readonly joined: LayerUse
  /** When the layer keeps the channel in the group all the same; undefined: it does not, or nobody knows. */
  readonly kept: readonly Condition[] | undefined
}

/**
 * Only where the names differ by what is written out of them; the `groups` of a class are joined and left by Channels itself. What stays in a
 * group stays there with channels_redis' core.py: pubsub.py forgets the groups of a channel that ends, and the layer in memory does when a
 * message for it expires (`_clean_expired`).
 */
export function leftOthers(app: App): LeftOther[] {
  const uses = app.asgi.usesLayer
  const joins = uses.filter(({ kind }) => kind === 'group_add')
  if (joins.length === 0 || asksByName(codeOf(app))) return []
  return uses.flatMap((use) => {
    if (use.kind !== 'group_discard' || !use.ownMember || use.consumer === undefined) return []
    const isHere = (one: LayerUse) => one.consumer === use.consumer && one.at.file === use.at.file
    const given = app.asgi.consumers.find((one) => one.name === use.consumer && one.file === use.at.file)?.groups
    if (given !== undefined || !joins.every((join) => differ(use.name, join.name))) return []
    const left = uses.filter((one) => one.kind === 'group_discard' && isHere(one))
    const joined = joins.find(
      (join) => join.ownMember && isHere(join) && left.every((one) => differ(one.name, join.name)),
    )
    if (joined === undefined) return []
    const answer = kindVerdict(app, joined.alias, (kind) => kind === 'core')
    return [{ use, joined, kept: answer.state === 'holds' ? answer.when : undefined }]
  })
}

/** `getattr(layer, f'group_{action}')`: it may join any group. */
function asksByName(code: Code): boolean {
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes('getattr') === true ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        const [of, name] =
          node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'getattr' ? node.args : []
        const from = of?.kind === 'Attribute' ? of.attr : of?.kind === 'Name' ? of.id : ''
        found ||= from.endsWith('layer') && literalText(name) === undefined
        return !found
      })
    return found
  })
}

/** Whether two names are never the same text, whatever stands in their holes. */
function differ(a: readonly Part[] | undefined, b: readonly Part[] | undefined): boolean {
  if (a === undefined || b === undefined) return false
  const [whole, other] = [wholeText(a), wholeText(b)]
  if (whole !== undefined && other !== undefined) return whole !== other
  const [start, otherStart] = [textAt(a, 0), textAt(b, 0)]
  if (!start.startsWith(otherStart) && !otherStart.startsWith(start)) return true
  const [end, otherEnd] = [textAt(a, -1), textAt(b, -1)]
  return !end.endsWith(otherEnd) && !otherEnd.endsWith(end)
}

const wholeText = (name: readonly Part[]): string | undefined =>
  name.every((part) => typeof part === 'string') ? name.join('') : undefined

/** What is written at an end of a name. */
const textAt = (name: readonly Part[], index: number): string => {
  const part = name.at(index)
  return typeof part === 'string' ? part : ''
}
