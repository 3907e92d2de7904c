import { parseRegex } from '../../../syntax/regex/parse.ts'
import { isProblem, type Regex } from '../../../syntax/regex/regex.ts'
import type { RoutePattern } from '../model.ts'

/** Names under which a pattern hands on parts of the path: `<int:room>`, `(?P<room>…)`; undefined when it cannot be read. */
export function parametersIn({ type, text }: RoutePattern): readonly string[] | undefined {
  if (text === undefined || type === 'include' || type === 'unknown') return undefined
  if (type === 'path') return [...text.matchAll(/<(?:[^>:]+:)?([^>]+)>/g)].map(([, name]) => name as string)
  const parsed = parseRegex(text)
  return isProblem(parsed) ? undefined : groupNames(parsed.regex)
}

function groupNames(regex: Regex): string[] {
  switch (regex.kind) {
    case 'sequence':
      return regex.items.flatMap(groupNames)
    case 'choice':
      return regex.options.flatMap(groupNames)
    case 'group':
      return [...(regex.name === undefined ? [] : [regex.name]), ...groupNames(regex.inner)]
    case 'repeat':
    case 'look':
    case 'other':
      return groupNames(regex.inner)
    default:
      return []
  }
}
