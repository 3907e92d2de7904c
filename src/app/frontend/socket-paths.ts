import type { ValueHole } from '../../evaluate/javascript/values.ts'
import type { Alphabet } from '../asgi/pattern/language.ts'
import { type CompiledRoute, canMatch, matchesPath } from '../asgi/pattern/match.ts'
import type { UrlPart } from './model.ts'

/** What the holes of a socket's path can hold, by what they are called, and whether such a path reaches a route. */

/** Names of things that are one segment of a path. */
const segment =
  /(?:^|[._-])(?:id|pk|uuid|slug|room|name|user|username|token|code|key|number|group|session)$|(?:Id|ID|Name|Slug|Uuid|UUID|Pk|Code|Key|Room|Group)$|\.(?:id|pk|uuid|slug|name|username)$/
const whole = /path|url|uri|endpoint|route|suffix|location/i

export function isSegment({ name }: ValueHole): boolean {
  return segment.test(name) && !whole.test(name)
}

/** A hole is one segment unless its name says that it holds a path. */
export function narrow(hole: ValueHole): Alphabet {
  return whole.test(hole.name) ? 'any' : 'segment'
}

/** A hole may hold anything unless its name says that it is one segment. */
export function wide(hole: ValueHole): Alphabet {
  return isSegment(hole) ? 'segment' : 'any'
}

/** Whether a path may reach a route: undefined when nobody can tell. */
export function reaches(route: CompiledRoute, path: readonly UrlPart[]): boolean | undefined {
  if (path.every((part) => typeof part === 'string')) return matchesPath(route, path.join(''))
  return canMatch(route, path, narrow)
}
