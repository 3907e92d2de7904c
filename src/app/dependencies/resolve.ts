import { packageHistory, type Release } from '../../knowledge/packages/packages.ts'
import { contains, type Specifier } from '../../syntax/requirements/specifier.ts'
import { candidates, requiredBy } from './candidates.ts'

/** Something a solution must respect: a line of the project, or one a release declares. */
export interface Demand {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  readonly extras: readonly string[]
  /** Constraints restrain a version if something else asks for the package. */
  readonly constraint: boolean
}

/** Version by package; `undecided` when the search was cut short. */
export type Solution = ReadonlyMap<string, string> | 'unsatisfiable' | 'undecided'

/** A demand and the chosen package that makes it; undefined: the project. */
interface Posed extends Demand {
  readonly by: string | undefined
}

/** What is asked of one package so far. */
interface Goal {
  readonly posed: readonly Posed[]
  readonly specifiers: readonly Specifier[]
  readonly extras: readonly string[]
  readonly wanted: boolean
}

type Goals = ReadonlyMap<string, Goal>
type Chosen = ReadonlyMap<string, Release>

/** How a chosen package takes part in a dead end: through what it requires, or through its own version. */
type Blame = ReadonlyMap<string, 'requires' | 'version'>

type Outcome =
  | { readonly kind: 'found'; readonly chosen: Chosen }
  | { readonly kind: 'dead'; readonly blame: Blame }
  | { readonly kind: 'cut' }

const MOST_STEPS = 3000

/**
 * Versions of the known packages that satisfy all demands and what the chosen releases require, each as new as possible;
 * packages outside the knowledge base are taken to fit. `python` undefined: any. A search over the package with the fewest
 * candidates first that jumps back to the choice which caused a dead end, and passes over releases that would repeat it.
 */
export function resolve(demands: readonly Demand[], python: string | undefined): Solution {
  let steps = 0

  function search(goals: Goals, chosen: Chosen): Outcome {
    if (++steps > MOST_STEPS) return { kind: 'cut' }
    const next = narrowest(goals, chosen, python)
    if (next === undefined) return { kind: 'found', chosen }
    const { name, goal, releases } = next
    const blame = new Map<string, 'requires' | 'version'>()
    for (const { by } of goal.posed) if (by !== undefined) accuse(blame, by, 'requires')
    const hopeless = new Set<string>()
    for (const release of releases) {
      const signature = (release.requires ?? []).join()
      if (hopeless.has(signature)) continue
      const posed = requiredBy(release, goal.extras, python).map((one) => ({ ...one, constraint: false, by: name }))
      const taken = absorb(goals, new Map(chosen).set(name, release), posed, python)
      const outcome = 'blame' in taken ? { kind: 'dead' as const, ...taken } : search(taken.goals, taken.chosen)
      if (outcome.kind !== 'dead') return outcome
      const own = outcome.blame.get(name)
      if (own === undefined) return outcome
      if (own === 'requires') hopeless.add(signature)
      for (const [other, how] of outcome.blame) if (other !== name) accuse(blame, other, how)
    }
    return { kind: 'dead', blame }
  }

  const posed = demands.map((one) => ({ ...one, by: undefined }))
  const start = absorb(new Map(), new Map(), posed, python)
  const outcome: Outcome = 'blame' in start ? { kind: 'dead', ...start } : search(start.goals, start.chosen)
  if (outcome.kind === 'cut') return 'undecided'
  if (outcome.kind === 'dead') return 'unsatisfiable'
  return new Map([...outcome.chosen].map(([name, { version }]) => [name, version]))
}

function accuse(blame: Map<string, 'requires' | 'version'>, name: string, how: 'requires' | 'version'): void {
  if (blame.get(name) !== 'version') blame.set(name, how)
}

/** The package to choose next: wanted, not chosen, with the fewest releases left. */
function narrowest(
  goals: Goals,
  chosen: Chosen,
  python: string | undefined,
): { name: string; goal: Goal; releases: readonly Release[] } | undefined {
  let best: { name: string; goal: Goal; releases: readonly Release[] } | undefined
  for (const [name, goal] of goals) {
    if (!goal.wanted || chosen.has(name)) continue
    const releases = candidates(name, goal.specifiers, python)
    if (best === undefined || releases.length < best.releases.length) best = { name, goal, releases }
    if (releases.length === 0) break
  }
  return best
}

/** Adds demands, and what chosen releases require for extras that are asked of them late. */
function absorb(
  before: Goals,
  chosen: Chosen,
  posed: readonly Posed[],
  python: string | undefined,
): { readonly goals: Goals; readonly chosen: Chosen } | { readonly blame: Blame } {
  const goals = new Map(before)
  const queue = posed.filter(({ name }) => packageHistory(name) !== undefined)
  for (let i = 0; i < queue.length; i++) {
    const one = queue[i] as Posed
    const goal = goals.get(one.name) ?? { posed: [], specifiers: [], extras: [], wanted: false }
    const fresh = one.extras.filter((extra) => !goal.extras.includes(extra))
    goals.set(one.name, {
      posed: [...goal.posed, one],
      specifiers: [...goal.specifiers, ...one.specifiers],
      extras: [...goal.extras, ...fresh],
      wanted: goal.wanted || !one.constraint,
    })
    const release = chosen.get(one.name)
    if (release === undefined) continue
    if (!contains(one.specifiers, release.version)) {
      const blame = new Map<string, 'requires' | 'version'>([[one.name, 'version']])
      if (one.by !== undefined) accuse(blame, one.by, 'requires')
      return { blame }
    }
    if (fresh.length > 0)
      for (const late of requiredBy(release, fresh, python))
        if (packageHistory(late.name) !== undefined) queue.push({ ...late, constraint: false, by: one.name })
  }
  return { goals, chosen }
}
