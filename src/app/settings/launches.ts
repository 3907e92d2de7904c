import type { Word } from '../../evaluate/shell/model.ts'
import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import type { DjangoCommand, Process } from '../processes/model.ts'
import { baseName } from '../processes/programs/unwrap.ts'
import type { SettingsModel } from './model.ts'
import { settingsOfCommand, type World } from './worlds.ts'

/** A process that starts Django on the way from the push to the socket, as its command line says. */
export interface DjangoStart {
  readonly hop: 'build' | 'release' | 'boot'
  /** The management command; undefined: the web process's server. */
  readonly command: (Pick<DjangoCommand, 'name'> & Partial<DjangoCommand>) | undefined
  /** `sys.argv` of it; undefined stands for a word that nobody knows. */
  readonly argv: readonly (string | undefined)[]
}

/** What starts Django with the settings of a world, in the order in which it runs. */
export function launchesOf(app: App, { hop, process, settings }: World): DjangoStart[] {
  const { hooks, release, web, server } = { ...app.processes, server: app.processes.web?.server }
  const isSame = (other: SettingsModel | undefined) =>
    other !== undefined && (other === settings || other.evaluation === settings.evaluation)
  const commands = (of: Process | undefined, at: DjangoStart['hop']): DjangoStart[] =>
    (of?.django ?? []).flatMap((command) => {
      const { name, step, args } = command
      if (step.fallback || name === 'runserver' || !isSame(settingsOfCommand(app, command))) return []
      return [{ hop: at, command, argv: ['manage.py', name, ...args.map(textOf)] }]
    })
  const build: DjangoStart = {
    hop: 'build',
    command: { name: 'collectstatic' },
    argv: ['manage.py', 'collectstatic', '--noinput'],
  }
  const serves: DjangoStart[] =
    server === undefined || !isSame(app.settings)
      ? []
      : [{ hop: 'boot', command: undefined, argv: argvOf(server.step.argv) }]
  return [
    ...(hop === 'build' && process === undefined ? [build] : []),
    ...hooks.flatMap((hook) => commands(hook, 'build')),
    ...commands(release, 'release'),
    ...commands(web, 'boot'),
    ...serves,
  ]
}

/** `daphne -p $PORT …` and `python -m daphne …` are told by the path of what runs; `python manage.py …` by its own. */
function argvOf(words: readonly Word[]): (string | undefined)[] {
  const [program, ...args] = words
  const name = baseName(program)
  if (name === undefined) return [undefined, ...args.map(textOf)]
  if (!/^python[\d.]*$/.test(name)) return [`/app/.heroku/python/bin/${name}`, ...args.map(textOf)]
  const [first, second, ...others] = args
  if (known(first?.parts) === '-m')
    return [`/app/.heroku/python/lib/${known(second?.parts) ?? ''}/__main__.py`, ...others.map(textOf)]
  return args.map(textOf)
}

/** The text of a word; $PORT is some number. */
function textOf({ parts, splits }: Word): string | undefined {
  const texts = parts.map((part) => (typeof part === 'string' ? part : part.variable === 'PORT' ? '5000' : undefined))
  return texts.includes(undefined) || (splits && !parts.every(isPort)) ? undefined : texts.join('')
}

const isPort = (part: Word['parts'][number]): boolean => typeof part === 'string' || part.variable === 'PORT'
