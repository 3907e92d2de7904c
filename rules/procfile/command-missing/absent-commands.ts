import type { App } from '../../../src/app/app.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { pythonCommand } from '../../../src/app/processes/programs/python.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import { searchPath } from '../../../src/app/processes/servers/invocation.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { MissingFile, Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** Something a process starts that is not there. */
export interface AbsentCommand {
  readonly kind: MissingFile['kind'] | 'module' | 'typo' | 'colon' | 'no-server' | 'program'
  readonly process: Process
  readonly name: string
  readonly instead: string | undefined
  readonly at: Place
}

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

/** Scripts, folders, Celery modules and programs that a process needs and that are surely not there, on the usual run. */
export function absentCommands(app: App): AbsentCommand[] {
  return app.processes.all.flatMap((process) => {
    const [usual] = process.runs
    const missing = (usual?.missing ?? []).filter(({ kind, path }) =>
      kind === 'mode' ? !changesModes(app, usual?.steps ?? []) : kind === 'target' || !isMade(path),
    )
    const found: AbsentCommand[] = missing.map(({ kind, path, at }) => ({
      kind,
      process,
      name: path,
      instead: undefined,
      at,
    }))
    for (const step of usual?.steps ?? []) {
      if (step.fallback) continue
      const name = missingProgram(process, step) ?? missingModule(app, process, step)
      if (name !== undefined) found.push(name)
    }
    const stranger = found.length === 0 ? unknownProgram(app, process) : undefined
    return stranger === undefined ? found : [stranger]
  })
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

/** Programs of the stack, and of runtimes that a buildpack brings. */
const brought =
  /^(?:sh|bash|dash|env|exec|sleep|tail|cat|make|true|false|nohup|time|timeout|node|npm|npx|yarn|pnpm|bun|deno|ruby|bundle|java|php|perl|go|nginx|caddy|python[\d.]*|pip[\d.]*|uv|uvx|poetry|pipenv|pdm|hatch|rye|manage(?:\.py)?|django-admin(?:\.py)?|supervisord|[\w-]*nginx[\w-]*)$/

/** The last thing `web` starts is a program that nothing named in the repository is known to bring. */
function unknownProgram(app: App, process: Process): AbsentCommand | undefined {
  const [run, ...others] = process.runs
  const step = run?.steps.findLast(({ fallback, captured }) => !fallback && !captured)
  const word = step?.argv[0]
  const name = known(word?.parts)
  if (process.type !== 'web' || others.length > 0 || run === undefined || word === undefined || name === undefined)
    return undefined
  const isReadable = run.servers.length === 0 && run.unknowns.length === 0 && step?.cwd !== undefined
  if (!isReadable || !/^[a-z][\w.-]*$/i.test(name) || brought.test(name) || programs.includes(name)) return undefined
  const { appJson, platform } = app.manifest
  const isPlain =
    platform === 'heroku-classic' &&
    appJson?.buildpacks.every(({ text }) => /python/i.test(text)) !== false &&
    ['package.json', 'Aptfile', 'Gemfile', 'go.mod', 'bin/post_compile', 'bin/pre_compile', '.profile'].every(
      (path) => app.tree.kind(path) === undefined,
    )
  const tokens = name.toLowerCase().split(/[-_.]/)
  const mayBring = app.dependencies.requirements.some(
    (one) => one.name === '' || one.name.split('-').some((token) => tokens.includes(token)),
  )
  if (!isPlain || mayBring || !app.dependencies.complete) return undefined
  return { kind: 'program', process, name, instead: undefined, at: word.at }
}

/** `celery -A MODULE`: a module that is neither in the repository nor could be installed. */
function missingModule(app: App, process: Process, step: Step): AbsentCommand | undefined {
  const words = celeryWords(step)
  const index = words?.findIndex((word) => /^(?:-A|--app)(?:=|$)/.test(known(word.parts) ?? '')) ?? -1
  if (words === undefined || index === -1 || step.cwd === undefined) return undefined
  const option = words[index]
  const inline = /^(?:-A|--app)=(.+)$/.exec(known(option?.parts) ?? '')?.[1]
  const word = inline === undefined ? words[index + 1] : option
  const target = inline ?? known(word?.parts)
  if (word === undefined || target === undefined || !/^[\w.]+(?::\w+)?$/.test(target)) return undefined
  const [module = ''] = target.split(':')
  const path = searchPath(step, [step.cwd])
  const parent = module.includes('.') ? module.slice(0, module.lastIndexOf('.')) : undefined
  const resolves = [module, parent].some(
    (name) => name !== undefined && app.project.resolve(name, path.folders) !== undefined,
  )
  if (resolves || path.open || app.dependencies.moduleState(module.split('.')[0] ?? '') === 'installed')
    return undefined
  return { kind: 'module', process, name: module, instead: undefined, at: word.at }
}

function celeryWords(step: Step) {
  if (baseName(step.argv[0]) === 'celery') return step.argv.slice(1)
  if (!/^python[\d.]*$/.test(baseName(step.argv[0]) ?? '')) return undefined
  const { kind, operand, args } = pythonCommand(step.argv)
  return kind === 'module' && known(operand?.parts) === 'celery' ? args : undefined
}
