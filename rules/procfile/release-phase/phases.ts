import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { primary } from '../../../src/app/processes/server-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A management command in the wrong phase of a deploy. */
export interface MisplacedCommand {
  readonly kind: 'collectstatic' | 'makemigrations' | 'before-server' | 'once' | 'nameless'
  readonly process: Process
  readonly command: DjangoCommand
  /** In the Procfile's line; `script` is where it is written when a script runs it. */
  readonly at: Place
  readonly script: Place | undefined
}

/** `release` that collects static files or makes migrations, and management commands before the web server. */
export function misplacedCommands(app: Pick<App, 'processes' | 'dependencies' | 'environment'>): MisplacedCommand[] {
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
 * `createsuperuser --noinput` raises a CommandError where no name is given, and where there is such a user already: so it does
 * at every start but the first (django/contrib/auth/management/commands/createsuperuser.py of 3.0 to 6.0).
 */
function superusers({ environment }: Pick<App, 'environment'>, process: Process): MisplacedCommand[] {
  return process.django.flatMap((command): MisplacedCommand[] => {
    const { name, args, step } = command
    const options = args.map(({ parts }) => known(parts) ?? '')
    if (name !== 'createsuperuser' || !step.decides || step.fallback) return []
    if (!options.some((option) => option === '--noinput' || option === '--no-input')) return []
    const isNamed = options.some((option) => /^--(?:username|email)(?:=|$)/.test(option))
    const variables = ['DJANGO_SUPERUSER_USERNAME', 'DJANGO_SUPERUSER_EMAIL'].map((one) => environment.get(one).state)
    const kind = !isNamed && variables.every((state) => state === 'absent') ? 'nameless' : 'once'
    return [{ kind, process, command, ...placed(process, command) }]
  })
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
