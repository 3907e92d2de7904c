import type { ServerTarget } from '../../../src/app/processes/model.ts'
import type { Place } from '../../../src/contracts/place.ts'

export type TargetFault = 'module' | 'attribute' | NonNullable<ServerTarget['fault']>

/** Why a server cannot load its target, as far as that is certain. A channel layer is another rule's business. */
export function targetFault({ fault, resolution, attribute }: ServerTarget): TargetFault | undefined {
  if (attribute === 'channel_layer') return undefined
  const byNotation =
    fault === 'slash' || fault === 'py-suffix' || fault === 'empty-module' || fault === 'empty-attribute'
  if (resolution === 'undetermined' && !byNotation) return undefined
  if (fault !== undefined) return fault
  if (resolution === 'module-missing') return 'module'
  return resolution === 'attribute-missing' ? 'attribute' : undefined
}

/** The part of the target that is wrong. */
export function faultPlace(target: ServerTarget, fault: TargetFault): Place {
  if (fault === 'module') return target.moduleAt
  return fault === 'attribute' ? (target.attributeAt ?? target.at) : target.at
}
