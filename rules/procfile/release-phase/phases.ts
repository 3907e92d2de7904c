import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { primary } from '../../../src/app/processes/server-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A management command in the wrong phase of a deploy. */
export interface MisplacedCommand {
  readonly kind: 'collectstatic' | 'makemigrations' | 'before-server'
  readonly process: Process
  readonly command: DjangoCommand
  /** In the Procfile's line; `script` is where it is written when a script runs it. */
  readonly at: Place
  readonly script: Place | undefined
}

/** `release` that collects static files or makes migrations, and management commands before the web server. */
export function misplacedCommands(app: Pick<App, 'processes' | 'dependencies'>): MisplacedCommand[] {
  const { release, web } = app.processes
  const inRelease = (release?.django ?? [])
    .filter((one) => writes(app, one))
    .flatMap((command): MisplacedCommand[] => {
      const kind = command.name === 'collectstatic' || command.name === 'makemigrations' ? command.name : undefined
      return kind === undefined || release === undefined
        ? []
        : [{ kind, process: release, command, ...placed(release, command) }]
    })
  const [usual] = web?.runs ?? []
  const server = usual === undefined ? undefined : primary(usual)
  if (web === undefined || usual === undefined || server === undefined) return inRelease
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
  return [...inRelease, ...inWeb]
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
