import { severities } from '../contracts/severity.ts'
import type { ExplainedGroup } from './log-report.ts'
import type { LineGroup } from './model.ts'

/** One incident: what tells most of it, and what says no more than that it happened. */
export interface ToldIncident {
  readonly told: ExplainedGroup
  /** The group that `told` is made of. */
  readonly of: ExplainedGroup
  readonly followed: readonly LineGroup[]
}

/** Milliseconds between what ends a process and the platform’s word that it ended. */
const soon = 5000

/**
 * The groups, each incident once: an exit, a crash and the router’s H10 follow from what the process wrote right before, and
 * without such a line from the first of them. Only for one type of process: what ended `web` does not explain a worker.
 */
export function incidentsOf(groups: readonly ExplainedGroup[]): readonly ToldIncident[] {
  const vague = groups.filter(({ group }) => group.meaning.vague === true)
  const follows = new Map<ExplainedGroup, ExplainedGroup[]>()
  for (const type of new Set(vague.map(({ group }) => typeOf(group)))) {
    const own = vague.filter(({ group }) => typeOf(group) === type).sort(byTime)
    const [first] = own
    if (first === undefined) continue
    const cause = causeOf(first.group, groups)
    follows.set(cause ?? first, cause === undefined ? own.slice(1) : own)
  }
  const under = new Set([...follows.values()].flat())
  return groups
    .filter((one) => !under.has(one))
    .map((one) => {
      const followed = follows.get(one) ?? []
      return { told: withCauses(one, followed), of: one, followed: followed.map(({ group }) => group) }
    })
}

/** `web`, which is also what the router speaks of. */
function typeOf({ dynos }: LineGroup): string {
  const [dyno = 'web'] = dynos.keys()
  return dyno.split('.')[0] as string
}

const byTime = (a: ExplainedGroup, b: ExplainedGroup): number => timeOf(a.group) - timeOf(b.group)

const timeOf = ({ first }: LineGroup): number => (first === undefined ? Number.NaN : Date.parse(first))

/** The last thing that a dyno said before the first word that it ended, when that is an error of its own. */
function causeOf(end: LineGroup, groups: readonly ExplainedGroup[]): ExplainedGroup | undefined {
  return groups
    .filter(({ group }) => {
      const { kind, severity, vague } = group.meaning
      if (vague === true || (severity !== 'error' && kind !== 'exception')) return false
      const passed = timeOf(end) - timeOf(group)
      return passed >= 0 && passed <= soon && [...end.dynos.keys()].some((dyno) => group.dynos.has(dyno))
    })
    .sort(byTime)
    .at(-1)
}

/** As grave as the gravest of them; explained by what explains any of them. */
function withCauses(one: ExplainedGroup, followed: readonly ExplainedGroup[]): ExplainedGroup {
  if (followed.length === 0) return one
  const all = [one, ...followed]
  const severity = severities.find((grade) => all.some(({ group }) => group.meaning.severity === grade))
  const { meaning } = one.group
  const graver = severity === undefined || severity === meaning.severity ? meaning : { ...meaning, severity }
  const explained = all.find(({ causes }) => (causes?.length ?? 0) > 0)
  const rules = [...new Set([...meaning.rules, ...(explained?.group.meaning.rules ?? [])])]
  return { ...one, group: { ...one.group, meaning: { ...graver, rules } }, causes: explained?.causes ?? one.causes }
}
