import { daphne } from '../../../knowledge/servers/daphne.generated.ts'
import { granian } from '../../../knowledge/servers/granian.generated.ts'
import { gunicorn } from '../../../knowledge/servers/gunicorn.generated.ts'
import { hypercorn } from '../../../knowledge/servers/hypercorn.generated.ts'
import type { OptionFact, ServerFacts } from '../../../knowledge/servers/model.ts'
import { uvicorn } from '../../../knowledge/servers/uvicorn.generated.ts'
import { waitress } from '../../../knowledge/servers/waitress.generated.ts'

/** Read when a project starts that server: most start one. */
const all: Readonly<Record<string, () => ServerFacts>> = {
  daphne: () => daphne,
  granian: () => granian,
  gunicorn: () => gunicorn,
  hypercorn: () => hypercorn,
  uvicorn: () => uvicorn,
  waitress: () => waitress,
}

/** What a server's command line is at one version (the newest that was read when the version is not known). */
export interface FactsAt {
  readonly facts: ServerFacts
  readonly options: readonly OptionFact[]
  readonly positionals: readonly OptionFact[]
  /** The version is pinned, and not older than what was read: an option that is missing here surely is. */
  readonly exact: boolean
}

export function factsAt(server: string, version: string | undefined): FactsAt | undefined {
  const facts = Object.hasOwn(all, server) ? all[server]?.() : undefined
  if (facts === undefined) return undefined
  const oldest = facts.releases[0] as string
  const exact = version !== undefined && compareReleases(version, oldest) >= 0
  const at = version === undefined ? (facts.releases.at(-1) as string) : exact ? version : oldest
  const live = (fact: OptionFact) => isLive(fact, at)
  return { facts, options: facts.options.filter(live), positionals: facts.positionals.filter(live), exact }
}

function isLive({ since, until }: OptionFact, version: string): boolean {
  if (since !== undefined && compareReleases(version, since) < 0) return false
  return until === undefined || compareReleases(version, until) < 0
}

/** Orders release numbers by their numeric components; suffixes (rc1, post0) are left out of account. */
export function compareReleases(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)]
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbers(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version.replace(/^v/, ''))?.[0] ?? '0').split('.').map(Number)
}

/** Versions of the server that have an option of this name: `>=4.2.2`, `>=2.3.0,<3.0.0`; undefined when none has. */
export function versionsWith(facts: ServerFacts, name: string): string | undefined {
  const entries = facts.options.filter(
    (option) => option.names.includes(name) || option.negations?.includes(name) === true,
  )
  if (entries.length === 0) return undefined
  const since = entries.some((entry) => entry.since === undefined)
    ? undefined
    : entries.map((entry) => entry.since as string).sort(compareReleases)[0]
  const until = entries.some((entry) => entry.until === undefined)
    ? undefined
    : entries
        .map((entry) => entry.until as string)
        .sort(compareReleases)
        .at(-1)
  const bounds = [since === undefined ? '' : `>=${since}`, until === undefined ? '' : `<${until}`].filter(
    (bound) => bound !== '',
  )
  return bounds.join(',')
}
