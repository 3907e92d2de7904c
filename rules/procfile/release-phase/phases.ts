import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { onlyValue } from '../../../src/app/pages/installed-apps.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { primary } from '../../../src/app/processes/server-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'

/** A management command in the wrong phase of a deploy. */
export interface MisplacedCommand {
  readonly kind: 'collectstatic' | 'makemigrations' | 'before-server' | 'once' | 'nameless' | 'fieldless'
  /** A field that `createsuperuser --noinput` is not told. */
  readonly field?: string
  /** It runs only when something before it fails: there is no superuser yet. */
  readonly isFallback?: boolean
  readonly process: Process
  readonly command: DjangoCommand
  /** In the Procfile's line; `script` is where it is written when a script runs it. */
  readonly at: Place
  readonly script: Place | undefined
}

/** `release` that collects static files or makes migrations, and management commands before the web server. */
export function misplacedCommands(app: App): MisplacedCommand[] {
  const { release, web } = app.processes
  const inRelease = (release?.django ?? [])
    .filter((one) => writes(app, one))
    .flatMap((command): MisplacedCommand[] => {
      const kind = command.name === 'collectstatic' || command.name === 'makemigrations' ? command.name : undefined
      return kind === undefined || release === undefined
        ? []
        : [{ kind, process: release, command, ...placed(release, command) }]
    })
  const once = [release, web].flatMap((process) => (process === undefined ? [] : superusers(app, process)))
  const [usual] = web?.runs ?? []
  const server = usual === undefined ? undefined : primary(usual)
  if (web === undefined || usual === undefined || server === undefined) return [...inRelease, ...once]
  const before = usual.steps.slice(0, usual.steps.indexOf(server.step))
  const inWeb = web.django
    .filter((one) => writes(app, one))
    .flatMap((command): MisplacedCommand[] => {
      const early = before.some((step) => step.at === command.step.at && !step.fallback)
      if (!early || !['migrate', 'collectstatic', 'makemigrations'].includes(command.name)) return []
      return [
        {
          kind: command.name === 'makemigrations' ? 'makemigrations' : 'before-server',
          process: web,
          command,
          ...placed(web, command),
        },
      ]
    })
  return [...inRelease, ...once, ...inWeb]
}

/**
 * `createsuperuser --noinput` raises a CommandError where no name is given, or a field that the user model requires, and where there
 * is such a user already: so it does at every start but the first (django/contrib/auth/management/commands/createsuperuser.py of
 * 3.0 to 6.0).
 */
function superusers(app: App, process: Process): MisplacedCommand[] {
  const { environment } = app
  return process.django.flatMap((command): MisplacedCommand[] => {
    const { name, args, step } = command
    const options = args.map(({ parts }) => known(parts) ?? '')
    if (name !== 'createsuperuser' || !step.decides) return []
    if (!options.some((option) => option === '--noinput' || option === '--no-input')) return []
    const common = { process, command, ...placed(process, command) }
    const field = fieldLacking(app, options)
    if (field !== undefined) return [{ ...common, kind: 'fieldless', field, isFallback: step.fallback }]
    if (step.fallback) return []
    const isNamed = options.some((option) => /^--(?:username|email)(?:=|$)/.test(option))
    const variables = ['DJANGO_SUPERUSER_USERNAME', 'DJANGO_SUPERUSER_EMAIL'].map((one) => environment.get(one).state)
    return [{ ...common, kind: !isNamed && variables.every((state) => state === 'absent') ? 'nameless' : 'once' }]
  })
}

/** A field of REQUIRED_FIELDS of the project's user model that neither an option nor one of the config vars gives, of which some are known. */
function fieldLacking(app: App, options: readonly string[]): string | undefined {
  const names = app.environment.names().filter((name) => name.startsWith('DJANGO_SUPERUSER_'))
  return requiredFields(app).find((field) => {
    const variable = `DJANGO_SUPERUSER_${field.toUpperCase()}`
    const isGiven = options.some((option) => option === `--${field}` || option.startsWith(`--${field}=`))
    const { state } = app.environment.get(variable)
    const isUnset = state === 'absent' || (state === 'unknown' && names.length > 0)
    // What an option abbreviates, and code that sets the variable before, nobody looks into.
    return isUnset && !isGiven && !options.includes('') && !mentions(app, [variable])
  })
}

/** As the class says it that AUTH_USER_MODEL names: of the project, and in so many words. */
function requiredFields(app: App): readonly string[] {
  const [label, model] = plain(onlyValue(app, 'AUTH_USER_MODEL'))?.split('.') ?? []
  const code = codeOf(app)
  const [path, ...others] = code.files.filter((one) => `/${one}`.endsWith(`/${label}/models.py`))
  const node = path === undefined || others.length > 0 ? undefined : code.file(path)?.classes.get(model ?? '')
  const [value] = (node?.body ?? []).flatMap((one) => {
    const isFields = (target: Expression) => target.kind === 'Name' && target.id === 'REQUIRED_FIELDS'
    return one.kind === 'Assign' && one.targets.some(isFields) ? [one.value] : []
  })
  if (value?.kind !== 'List' && value?.kind !== 'Tuple') return []
  return value.elts.flatMap((one) => (one.kind === 'Constant' && one.value.type === 'str' ? [one.value.value] : []))
}

/** `makemigrations --dry-run` writes nothing, nor does `--check` from Django 4.2 on. */
function writes({ dependencies }: Pick<App, 'dependencies'>, { name, args }: DjangoCommand): boolean {
  if (name !== 'makemigrations') return true
  const options = args.map(({ parts }) => known(parts))
  if (options.includes('--dry-run')) return false
  return !options.includes('--check') || atLeast(dependencies, 'django', '4.2') === false
}

function placed(process: Process, { at, step }: DjangoCommand): { at: Place; script: Place | undefined } {
  const own = process.command.at
  const inside = at.file === own.file && at.span.start >= own.span.start && at.span.end <= own.span.end
  return inside ? { at, script: undefined } : { at: step.chain[0] ?? own, script: at }
}
