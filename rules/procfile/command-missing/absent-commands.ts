import type { App } from '../../../src/app/app.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { isManager, programState } from '../../../src/app/processes/path-programs.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import { taskCommand } from '../../../src/app/processes/task-target.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { MissingFile, Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { absentDjangoCommands, absentTasks } from './absent-subcommands.ts'
import { unbroughtScripts } from './buildpack-scripts.ts'

/** Something a process starts that is not there. */
export interface AbsentCommand {
  readonly kind:
    | MissingFile['kind']
    | 'module'
    | 'module-elsewhere'
    | 'typo'
    | 'colon'
    | 'no-server'
    | 'program'
    | 'manager'
    | 'command'
    | 'command-typo'
    | 'command-app'
    | 'celery-typo'
    | 'celery-option'
    | 'celery-application'
  readonly process: Process
  readonly name: string
  readonly instead: string | undefined
  readonly at: Place
  /** What must be so for the process to end with it. */
  readonly when?: readonly Text[]
  /** The same in other processes. */
  readonly others?: readonly AbsentCommand[]
}

/** Commands of every Django: for these nothing has to be looked up. */
const everyday = new Set(['migrate', 'makemigrations', 'check', 'runserver'])

/** What the build or a buildpack makes, so that it may be missing from the repository. */
const made =
  /(?:^|\/)(?:node_modules|\.heroku|\.venv|venv|vendor|build|dist|out|staticfiles|static|media|target|\.next)(?:\/|$)/

const isMade = (path: string): boolean => made.test(path) || /(?:^|\/)bin\//.test(path)

const programs = [
  'daphne',
  'gunicorn',
  'uvicorn',
  'hypercorn',
  'granian',
  'waitress-serve',
  'python',
  'python3',
  'celery',
  'honcho',
  'newrelic-admin',
  'poetry',
  'pipenv',
]

/** Scripts, folders, commands, modules and programs that a process needs and that are not there, on the usual run. */
export function absentCommands(app: App): AbsentCommand[] {
  const { all, scripts, hooks } = app.processes
  return joined([
    ...[...all, ...scripts].flatMap((process) => absentIn(app, process)),
    ...hooks.flatMap((hook) => absentDjangoCommands(app, hook)),
  ])
}

/** Several workers that name one package that holds no application: told once, at the first. */
function joined(all: readonly AbsentCommand[]): AbsentCommand[] {
  const found: AbsentCommand[] = []
  for (const one of all) {
    const target = targetOf(one)
    const first = target === undefined ? undefined : found.findIndex((other) => targetOf(other) === target)
    if (first === undefined || first === -1) found.push(one)
    else found[first] = { ...found[first]!, others: [...(found[first]?.others ?? []), one] }
  }
  return found
}

/** What has to be loaded by a process beside the chain; undefined: it is about something else. */
function targetOf({ kind, name, process: { type } }: AbsentCommand): string | undefined {
  if (type === 'web' || type === 'release') return undefined
  const loads = kind === 'module' || kind === 'module-elsewhere' || kind === 'celery-application'
  return loads ? name.split('.')[0] : undefined
}

function absentIn(app: App, process: Process): AbsentCommand[] {
  const [usual] = process.runs
  const missing = (usual?.missing ?? []).filter(({ kind, path }) =>
    kind === 'mode' ? !changesModes(app, usual?.steps ?? []) : kind === 'target' || isOfLineEnds(kind) || !isMade(path),
  )
  const found: AbsentCommand[] = missing.map(({ kind, path, at }) => ({
    kind,
    process,
    name: path,
    instead: undefined,
    at,
    ...(isOfLineEnds(kind) && { when: [asItIs] }),
  }))
  for (const step of usual?.steps ?? []) {
    const name = step.fallback ? undefined : missingProgram(process, step)
    if (name !== undefined) found.push(name)
  }
  for (const { name, at } of unbroughtScripts(app, process))
    found.push({ kind: 'script', process, name, instead: undefined, at })
  const manager = absentManager(app, process)
  if (manager !== undefined) found.push(manager)
  if (process.django.some(({ name }) => !everyday.has(name))) found.push(...absentDjangoCommands(app, process))
  if (process.steps.some((step) => taskCommand(step) !== undefined)) found.push(...absentTasks(app, process))
  const stranger = found.length === 0 ? unknownProgram(app, process) : undefined
  return stranger === undefined ? found : [stranger]
}

const isOfLineEnds = (kind: MissingFile['kind']): boolean => kind === 'interpreter' || kind === 'line-ends'

/** With core.autocrlf git commits other line ends than the disk has. */
const asItIs: Text = {
  en: 'git commits its line ends as they are (core.autocrlf converts none)',
  fr: 'git enregistre ses fins de ligne telles quelles (core.autocrlf n’en convertit aucune)',
}

/** The command itself, a hook of the build or a Dockerfile may make scripts executable. */
function changesModes(app: App, steps: readonly Step[]): boolean {
  return (
    !['heroku-classic', 'heroku-fir'].includes(app.manifest.platform) ||
    ['bin/pre_compile', 'bin/post_compile'].some((path) => app.tree.kind(path) === 'file') ||
    steps.some(({ argv }) => baseName(argv[0]) === 'chmod')
  )
}

function missingProgram(process: Process, step: Step): AbsentCommand | undefined {
  const word = step.argv[0]
  const name = known(word?.parts)
  if (word === undefined || name === undefined || name.includes('/')) return undefined
  // A pasted command whose program became the process type: procfile/syntax says so, and this is what follows from it.
  if (isTarget(name) && programs.includes(process.type)) return undefined
  // `hatch run prod:migrate`: a task of the manager's own file.
  if (step.wrappers.some((one) => isManager(one.name)) && isTarget(name)) return undefined
  if (isTarget(name)) return { kind: 'no-server', process, name, instead: undefined, at: word.at }
  if (/^[\w-]+:$/.test(name)) return { kind: 'colon', process, name, instead: undefined, at: word.at }
  if (name.length < 5 || programs.includes(name)) return undefined
  const instead = programs.find((program) => program.length > 5 && swapsOneLetter(name, program))
  return instead === undefined ? undefined : { kind: 'typo', process, name, instead, at: word.at }
}

/** `mysite.asgi:application` where the program should stand. */
const isTarget = (name: string): boolean => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(?:\(\))?$/.test(name)

/** One letter missing, doubled, replaced, or two neighbours swapped. */
function swapsOneLetter(written: string, program: string): boolean {
  if (written === program) return false
  for (let i = 0; i <= program.length; i++) {
    const [before, after] = [program.slice(0, i), program.slice(i)]
    if (before + after.slice(1) === written) return true
    if (after.length > 1 && before + after[1] + after[0] + after.slice(2) === written) return true
    if (written.length === program.length && written.slice(0, i) === before && written.slice(i + 1) === after.slice(1))
      return true
    if (written.length === program.length + 1 && written.slice(0, i) === before && written.slice(i + 1) === after)
      return true
  }
  return false
}

/** `poetry run daphne …`: the first on the usual run, which ends with it. */
function absentManager(app: App, process: Process): AbsentCommand | undefined {
  for (const { name, at, fallback, captured, background } of process.runs[0]?.programs ?? []) {
    if (fallback || captured || background || !isManager(name)) continue
    const state = programState(app, name)
    if (state.state === 'build') return { kind: 'manager', process, name, instead: undefined, at }
    if (state.state === 'unknown') dynoHas(app, process, name, state.why, at)
  }
  return undefined
}

function dynoHas(app: App, { type }: Process, name: string, why: Text, at: Place): void {
  const what = { en: `whether the dyno has \`${name}\``, fr: `si le dyno a \`${name}\`` }
  app.inquiry.cannotTell({ what, why, at, hop: type === 'release' ? 'release' : 'boot' })
}

/** The last thing that a process starts is a program that nothing is known to bring. */
function unknownProgram(app: App, process: Process): AbsentCommand | undefined {
  const [run, ...others] = process.runs
  if (run === undefined || others.length > 0 || run.unknowns.length > 0 || run.servers.length > 0) return undefined
  const program = run.programs.at(-1)
  const step = run.steps.findLast(({ fallback, captured }) => !fallback && !captured)
  if (program === undefined || program.fallback || program.captured || step?.cwd === undefined) return undefined
  const { name, at } = program
  if (!/^[a-z][\w.-]*$/i.test(name)) return undefined
  const state = programState(app, name)
  if (state.state === 'unknown' && process.type === 'release') dynoHas(app, process, name, state.why, at)
  if (state.state !== 'unlikely') return undefined
  const when: Text = {
    en: `no requirement and no buildpack brings a program called \`${name}\``,
    fr: `aucune dépendance ni aucun buildpack n’apporte de programme appelé \`${name}\``,
  }
  return { kind: 'program', process, name, instead: undefined, at, when: [when] }
}
