import type { CheckInput } from '../../check.ts'
import { withEdits } from '../apply.ts'
import { type Applied, type Mended, mend, type State, stateOf, type Withheld } from '../mend.ts'
import { asgiModule, routing } from './asgi.ts'
import { commandsFor, type RemainingCommand } from './commands.ts'
import { appJson, gitignore, procfile, pythonVersion, requirements } from './files.ts'
import { reconnect } from './page.ts'
import type { Creator, Preparation } from './preparation.ts'
import {
  allowedHosts,
  channelLayer,
  csrfOrigins,
  database,
  debug,
  secretKey,
  staticFiles,
  staticRoot,
} from './settings.ts'

/** In the order in which they rest on each other: what is installed decides which settings can be written. */
const creators: readonly Creator[] = [
  ...[pythonVersion, requirements, procfile, routing, asgiModule],
  ...[secretKey, debug, csrfOrigins, allowedHosts, database, staticFiles, staticRoot, channelLayer],
  ...[reconnect, gitignore, appJson],
]

/** What has to be done to deploy a project that never was. */
export interface Prepared extends Mended {
  readonly steps: readonly Preparation[]
  readonly commands: readonly RemainingCommand[]
  /** The settings module of the deployed app, where the project has one of its own for it. */
  readonly settings: string | undefined
}

const most = 60

/**
 * Makes what a deploy needs where it is missing, and corrects what is wrong, in memory, until nothing is left. What works is not
 * touched: a second time there is nothing to do.
 */
export function prepare(given: CheckInput, frozen: ReadonlySet<string> = new Set()): Prepared {
  const settings = productionSettings(given)
  const input = settings === undefined ? given : withSettings(given, settings)
  const before = stateOf(input, new Map())
  const steps: Preparation[] = []
  const applied: Applied[] = []
  let withheld: readonly Withheld[] = []
  let state = before
  for (let round = 0; round < 3; round++) {
    const made = createMissing(input, state, frozen)
    const mended = mend(input, { unsafe: true, frozen, start: made.state })
    steps.push(...made.steps)
    applied.push(...mended.applied)
    withheld = mended.withheld
    state = mended.after
    if (made.steps.length === 0 && mended.applied.length === 0) break
  }
  const commands = commandsFor(state.result.app, settings)
  return { before: before.result, after: state, applied, withheld, steps, commands, settings }
}

function createMissing(
  input: CheckInput,
  from: State,
  frozen: ReadonlySet<string>,
): { state: State; steps: Preparation[] } {
  const steps: Preparation[] = []
  let state = from
  for (const creator of creators) {
    for (let count = 0; count < most; count++) {
      const step = creator(state.result.app)
      if (step === undefined || step.edits.some(({ file }) => frozen.has(file))) break
      const changes = withEdits(state.result.report.tree, state.changes, step.edits)
      if (changes === undefined) break
      state = stateOf(input, changes)
      steps.push(step)
    }
  }
  return { state, steps }
}

const production = /(?:^|\.)(?:production|prod|heroku|deploy|deployment)$/

/** A settings module that its name gives to the deployed app, unless the user or the project has chosen one. */
function productionSettings(input: CheckInput): string | undefined {
  const { app } = stateOf(input, new Map()).result
  if (app.settings.choice?.by === 'config-var' || app.settings.choice?.by === 'process') return undefined
  const named = app.project.settings.find(({ module }) => production.test(module))?.module
  return named === app.settings.choice?.module ? undefined : named
}

function withSettings(input: CheckInput, module: string): CheckInput {
  return { ...input, config: { ...input.config, env: { ...input.config.env, DJANGO_SETTINGS_MODULE: module } } }
}
