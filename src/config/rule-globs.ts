import { nearest } from '../nearest.ts'

/** Whether a name stands for rules by a pattern: `settings/*`, `*`. */
export const isRuleGlob = (name: string): boolean => name.includes('*')

/** The rules that a name stands for: an id, or a glob of ids in which `*` stands for any letters. In their own order. */
export function rulesNamed(name: string, ruleIds: readonly string[]): readonly string[] {
  return ruleIds.filter((id) => (isRuleGlob(name) ? matches(name.split('*'), id) : id === name))
}

/** Whether an id begins with the first part, ends with the last, and has the others between them in their order. */
function matches(parts: readonly string[], id: string): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  if (!id.startsWith(first) || !id.endsWith(last)) return false
  const end = id.length - last.length
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = id.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= end
}

/** What was probably meant by a name that stands for no rule: the nearest id, or the glob of the nearest area. */
export function nearestRule(name: string, ruleIds: readonly string[]): string | undefined {
  if (!isRuleGlob(name)) return nearest(name, ruleIds)
  const areas = [...new Set(ruleIds.map((id) => `${id.slice(0, id.indexOf('/'))}/*`))]
  return nearest(name, areas)
}
