import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { onlyValue } from '../../../src/app/pages/installed-apps.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import type { DjangoCommand, Process, ProcessRun } from '../../../src/app/processes/model.ts'
import { primary } from '../../../src/app/processes/server-verdict.ts'
import { djangoCommand } from '../../../src/app/processes/servers/detect.ts'
import { ofUsualRun } from '../../../src/app/processes/usual-run.ts'
import { providerOf } from '../../../src/app/settings/management-commands.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Environment } from '../../../src/evaluate/environment.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'

/** A management command in the wrong phase of a deploy. */
export interface MisplacedCommand {
  readonly kind: 'collectstatic' | 'makemigrations' | 'before-server' | 'once' | 'nameless' | 'fieldless'
  /** A field that `createsuperuser --noinput` is not told. */
  readonly field?: string
  /** What must be so besides. */
  readonly when?: readonly (Condition | Text)[]
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
  const created = ofUsualRun(process, creating, ({ at }) => placeKey(at))
  return created.flatMap(({ one: command, when }): MisplacedCommand[] => {
    const { args, step } = command
    const isDjangos = providerOf(app, command) === 'django.contrib.auth'
    // Where what a program comes to decides, it may have asked whether there is one.
    if (!isDjangos || when.some(({ opaque }) => opaque)) return []
    const options = args.map(({ parts }) => known(parts) ?? '')
    const common = { process, command, ...placed(process, command) }
    const lacking = fieldLacking(app, step.environment, options)
    const conditions = [...when, ...(step.fallback ? [noSuperuser] : [])]
    if (lacking !== undefined)
      return [{ ...common, ...lacking, kind: 'fieldless', when: [...conditions, ...lacking.when] }]
    if (step.fallback) return []
    const isNamed = options.some((option) => /^--(?:username|email)(?:=|$)/.test(option))
    const variables = ['DJANGO_SUPERUSER_USERNAME', 'DJANGO_SUPERUSER_EMAIL'].map((one) => step.environment.get(one))
    const isNameless = !isNamed && variables.every(({ state }) => state === 'absent')
    return [{ ...common, kind: isNameless ? 'nameless' : 'once', when }]
  })
}

/** `createsuperuser --noinput` that ends its process when it fails. */
function creating({ steps }: ProcessRun): DjangoCommand[] {
  const commands = steps.filter(({ decides }) => decides).flatMap((step) => djangoCommand(step) ?? [])
  return commands.filter(
    ({ name, args }) =>
      name === 'createsuperuser' && args.some(({ parts }) => /^--no-?input$/.test(known(parts) ?? '')),
  )
}

/**
 * A field of REQUIRED_FIELDS of the project's user model that neither an option gives nor a config var, and what must be so for
 * that. Where no such variable is known, the others are set by hand as well.
 */
function fieldLacking(
  app: App,
  environment: Environment,
  options: readonly string[],
): { readonly field: string; readonly when: readonly Text[] } | undefined {
  // What an option abbreviates nobody looks into.
  if (options.includes('')) return undefined
  const isSetUp = environment.names().some((name) => name.startsWith('DJANGO_SUPERUSER_'))
  const [lacking] = requiredFields(app).flatMap((field) => {
    const variable = `DJANGO_SUPERUSER_${field.toUpperCase()}`
    const isGiven = options.some((option) => option === `--${field}` || option.startsWith(`--${field}=`))
    const { state } = environment.get(variable)
    // Code may set the variable before.
    if (isGiven || (state !== 'absent' && (state !== 'unknown' || !isSetUp)) || mentions(app, [variable])) return []
    return [{ field, when: state === 'absent' ? [] : [unset(variable)] }]
  })
  return lacking
}

const unset = (variable: string): Text => ({
  en: `\`${variable}\` is unset`,
  fr: `\`${variable}\` n’est pas définie`,
})

/** What runs behind `||` looks for one first. */
const noSuperuser: Text = { en: 'there is no superuser yet', fr: 'il n’y a pas encore de superutilisateur' }

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

/** In the Procfile's line, and where it is written when a script runs it. */
export function placed(process: Process, { at, step }: DjangoCommand): { at: Place; script: Place | undefined } {
  const own = process.command.at
  const inside = at.file === own.file && at.span.start >= own.span.start && at.span.end <= own.span.end
  return inside ? { at, script: undefined } : { at: step.chain[0] ?? own, script: at }
}
