import type { Part } from '../../evaluate/parts.ts'
import type { App } from '../app.ts'
import type { LayerUse } from './model.ts'

/** Whether code that reads a channel itself (`layer.receive(channel)`) may get this message: no consumer need know it then. */
export function mayBeReadByHand(app: App, sent: LayerUse): boolean {
  const { usesLayer } = app.asgi
  if (!usesLayer.some(({ kind }) => kind === 'receive')) return false
  if (sent.kind === 'send') return true
  return usesLayer.some(({ kind, ownMember, name }) => kind === 'group_add' && !ownMember && mayBeSame(name, sent.name))
}

/** Whether two names may be the same, as far as their beginnings are known. */
function mayBeSame(a: readonly Part[] | undefined, b: readonly Part[] | undefined): boolean {
  if (a === undefined || b === undefined) return true
  const [one, other] = [beginning(a), beginning(b)]
  if (one.isWhole && other.isWhole) return one.text === other.text
  if (one.isWhole) return one.text.startsWith(other.text)
  if (other.isWhole) return other.text.startsWith(one.text)
  return one.text.startsWith(other.text) || other.text.startsWith(one.text)
}

function beginning(name: readonly Part[]): { readonly text: string; readonly isWhole: boolean } {
  const hole = name.findIndex((part) => typeof part !== 'string')
  const known = hole < 0 ? name : name.slice(0, hole)
  return { text: known.join(''), isWhole: hole < 0 }
}
