import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Hop as LinterHop } from '../../src/contracts/hop.ts'
import type { Severity } from '../../src/contracts/severity.ts'
import type { HopState } from '../../src/engine/chain.ts'
import { today } from '../support/app.ts'
import type { Case } from './case.ts'
import type { Project } from './tree.ts'

/** One finding of the linter, as the comparison needs it. */
export interface Said {
  readonly rule: string
  readonly hop: LinterHop
  readonly severity: Severity
  readonly certainty: 'certain' | 'possible'
  /** It is about a process that the rig does not start. */
  readonly beside: boolean
}

/** The state of each hop, as the report draws it. */
export type Chain = Readonly<Partial<Record<LinterHop, HopState>>>

export interface Verdict {
  readonly said: readonly Said[]
  readonly chain: Chain
}

/** URLs as the add-ons set them, for variables that the rig fills with an address of its own. */
const likeTheAddon: Readonly<Record<string, string>> = {
  'rig-tls': 'rediss://:p0f4a1c9e7b3d5@ec2-203-0-113-7.compute-1.amazonaws.com:26379',
  'rig-plain': 'redis://:p0f4a1c9e7b3d5@ec2-203-0-113-7.compute-1.amazonaws.com:26379',
  'rig-postgres': 'postgres://user:p0f4a1c9e7b3d5@ec2-203-0-113-8.compute-1.amazonaws.com:5432/d1',
  'rig-postgres-host': 'ec2-203-0-113-8.compute-1.amazonaws.com',
  'rig-postgres-port': '5432',
  'rig-postgres-user': 'user',
  'rig-postgres-password': 'p0f4a1c9e7b3d5',
  'rig-postgres-name': 'd1',
  'rig-sqlite': 'postgres://user:p0f4a1c9e7b3d5@ec2-203-0-113-8.compute-1.amazonaws.com:5432/d1',
}

/** The config vars that a user would tell the linter: those of its configuration, and those the case names. */
export function linterEnvironment(
  one: Case,
  configured: Readonly<Record<string, string | false>>,
): Record<string, string | false> {
  const env: Record<string, string | false> = { ...configured }
  for (const [name, value] of Object.entries(one.env)) {
    env[name] = value === false ? false : (likeTheAddon[value] ?? value)
  }
  return env
}

/** What the linter says about a case, told only what a user would tell it: the config vars the case names. Throws when a rule does. */
export async function verdictOf(one: Case, project: Project): Promise<Verdict> {
  const loaded = await loadConfig(
    project.tree,
    rules.map(({ id }) => id),
  )
  const env = linterEnvironment(one, loaded.config.env)
  const result = check({
    today,
    tree: project.tree,
    config: { ...loaded.config, env },
    presence: project.presence,
    configProblems: loaded.problems,
  })
  const failure = result.failures[0]
  if (failure !== undefined) throw new Error(`${failure.rule}: ${String(failure.error)}`)
  const said = result.report.findings.map(({ rule, hop, severity, certainty, beside }) => ({
    ...{ rule, hop, severity, certainty, beside },
  }))
  return { said, chain: Object.fromEntries(result.report.chain.map(({ hop, state }) => [hop, state])) }
}
