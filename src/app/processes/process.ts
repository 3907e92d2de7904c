import { type Place, placeKey } from '../../contracts/place.ts'
import { explore } from '../../evaluate/shell/explore.ts'
import type { MissingFile, NamedProgram, Printed, Step } from '../../evaluate/shell/model.ts'
import { runToEnd, sourceFile } from '../../evaluate/shell/scripts.ts'
import { assign, exportName, newShell, type Shell, type ShellContext } from '../../evaluate/shell/state.ts'
import { plainWord, shown } from '../../evaluate/shell/word.ts'
import { alwaysPresent } from '../../files/present.ts'
import { uniqueBy } from '../../unique-by.ts'
import { dynoOf } from '../environment/environment.ts'
import type { ProcessInputs } from './inputs.ts'
import type { Process, ProcessRun, Server } from './model.ts'
import { launch } from './programs/launch.ts'
import { primary } from './server-verdict.ts'
import { djangoCommand, readServer } from './servers/detect.ts'
import type { Declaration } from './sources.ts'

const maxRuns = 32
const maxCommands = 4000

/** Walks a process's command, once per combination of what only the dyno knows. */
export function readProcess(app: ProcessInputs, declaration: Declaration): Process {
  const { walks, bounded } = explore(maxRuns, (answers): Omit<ProcessRun, 'when' | 'servers'> => {
    const steps: Step[] = []
    const unknowns: ProcessRun['unknowns'][number][] = []
    const missing: MissingFile[] = []
    const awaited: Place[] = []
    const programs: NamedProgram[] = []
    const printed: Printed[] = []
    const context: ShellContext = {
      tree: app.tree,
      launch,
      environment: dynoOf(app, declaration.type),
      layout: declaration.layout,
      answers,
      packages: (name) => app.dependencies.moduleState(name),
      presence: app.presence ?? alwaysPresent,
      steps,
      unknowns,
      missing,
      awaited,
      programs,
      printed,
      waits: false,
      budget: maxCommands,
      running: [],
    }
    start(app, newShell(context), declaration)
    return { steps, unknowns, missing, awaited, programs, printed, waits: context.waits }
  })
  const tooMany = {
    why: { en: 'too many branches to follow them all', fr: 'trop de branches pour les suivre toutes' },
    at: declaration.command.at,
  }
  const known = new Map<string, Server | undefined>()
  const runs = walks.map(({ when, result }): ProcessRun => {
    const servers = result.steps.flatMap((step) => (counts(step) ? (serverOnce(app, step, when, known) ?? []) : []))
    return { when, ...result, servers, unknowns: bounded ? [...result.unknowns, tooMany] : result.unknowns }
  })
  const steps = uniqueBy(
    runs.flatMap((run) => run.steps),
    (step) => `${identity(step)}:${step.cwd}`,
  )
  return {
    type: declaration.type,
    at: declaration.at,
    command: { ...declaration.command, form: declaration.form.kind },
    runs,
    servers: runs.flatMap((run) => run.servers),
    server: usualServer(runs),
    steps,
    django: steps.flatMap((step) => djangoCommand(step) ?? []),
    lost: declaration.lost,
  }
}

/** A step that surely runs and is not swallowed by `$(…)` or kept for a failure. */
function counts(step: Step): boolean {
  return !step.fallback && !step.captured
}

/** Reads the server of a step; the same command in the same surroundings is read once for all runs. */
function serverOnce(
  app: ProcessInputs,
  step: Step,
  when: ProcessRun['when'],
  known: Map<string, Server | undefined>,
): Server | undefined {
  const changes = step.changes.map(({ name, parts }) => `${name}=${parts === undefined ? '' : shown(parts)}`)
  const key = [identity(step), step.cwd, step.folder, ...changes].join('\0')
  if (!known.has(key)) known.set(key, readServer(app, step, when))
  const server = known.get(key)
  return server === undefined ? undefined : { ...server, step: changed(step, server.changes), when }
}

/** The step with the environment that its application finds. */
function changed(step: Step, changes: Server['changes'] = []): Step {
  if (changes.length === 0) return step
  return { ...step, changes: [...step.changes, ...changes], environment: step.environment.forProcess(changes) }
}

function identity({ at, argv }: Step): string {
  const words = argv.map(({ parts, splits }) => `${shown(parts)}${splits ? '?' : ''}`)
  return `${placeKey(at)}:${words.join('\0')}`
}

function start(app: ProcessInputs, shell: Shell, { command, form, image }: Declaration): void {
  for (const { name, value, at } of image?.environment ?? []) {
    const variable = app.environment.get(name)
    if (variable.state === 'known' || variable.state === 'set') continue
    assign(shell, name, { kind: 'text', pieces: [{ part: value, at, verbatim: false }] }, at)
    exportName(shell, name, at)
  }
  if (image === undefined && app.tree.kind('.profile') === 'file')
    sourceFile(shell, [plainWord('/app/.profile', command.at)], command.at)
  if (image !== undefined) shell.dialect = 'sh'
  const entry = (image?.entrypoint ?? []).map(({ text, at }) => exactWord(text, at))
  if (form.kind === 'shell' && entry.length === 0) {
    runToEnd(shell, form.source)
    return
  }
  const words =
    form.kind === 'exec'
      ? form.words.map(({ text, at }) => exactWord(text, at))
      : [plainWord('/bin/sh', command.at), plainWord('-c', command.at), exactWord(form.source.text, command.at)]
  const argv = [...entry, ...words]
  if (argv.length > 0) launch(shell, { argv, at: command.at, prefixed: [], redirects: [], exec: true })
}

/** A word that stands in its file as it is, as far as its length says. */
function exactWord(text: string, at: Process['at']): Step['argv'][number] {
  const verbatim = at.span.end - at.span.start === text.length
  return {
    parts: text === '' ? [] : [text],
    pieces: text === '' ? [] : [{ part: text, at, verbatim }],
    at,
    splits: false,
  }
}

/**
 * The server of the usual run, when nobody sets the config vars the command asks for. Undefined when the outcome of a
 * test or program nobody can foresee would start another one.
 */
function usualServer(runs: readonly ProcessRun[]): Server | undefined {
  const [usual] = runs
  const server = usual === undefined ? undefined : primary(usual)
  if (usual === undefined || server === undefined) return undefined
  const key = (one: Server | undefined) =>
    one === undefined
      ? ''
      : [one.at.file, one.at.span.start, one.step.cwd, one.target?.text, one.speaks.protocol].join('\0')
  const sameVariables = (run: ProcessRun) =>
    run.when.every(
      ({ id, opaque, holds }) => opaque || usual.when.every((other) => other.id !== id || other.holds === holds),
    )
  return runs.every((run) => !sameVariables(run) || key(primary(run)) === key(server)) ? server : undefined
}
