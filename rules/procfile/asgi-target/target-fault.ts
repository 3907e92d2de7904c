import type { ServerTarget } from '../../../src/app/processes/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Untold } from '../../../src/contracts/untold.ts'

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

/** Why nobody can tell whether a server finds its target. */
export function unknownTarget({ text, resolution, at }: ServerTarget): Untold | undefined {
  if (resolution !== 'undetermined') return undefined
  return {
    what: { en: `\`${text}\``, fr: `\`${text}\`` },
    why: {
      en: 'its module is not in the repository, or defines names that cannot be listed',
      fr: 'son module n’est pas dans le dépôt, ou définit des noms qu’on ne peut pas énumérer',
    },
    at,
  }
}
