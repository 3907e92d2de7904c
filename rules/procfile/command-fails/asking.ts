import type { App } from '../../../src/app/app.ts'
import { findsNothing } from '../../../src/app/pages/static-files.ts'
import { collects } from '../../../src/app/settings/collectstatic.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { providerOf } from '../../../src/app/settings/management-commands.ts'
import type { Text } from '../../../src/contracts/text.ts'

const noInput = ['--noinput', '--no-input']
/** With these a command says something else and ends. */
const leaving = ['-h', '--help', '--version']

interface Asking {
  /** The Django app whose command it is: another one's of that name, the project's too, does what it likes. */
  readonly of: string
  readonly unless: readonly string[]
  readonly only?: readonly string[]
}

/**
 * Commands that ask before they do anything, and the options that keep them from it: Django's (3.2 to 6.0), and those of
 * django-haystack 3.3, django-extensions 4.1 and django-elasticsearch-dsl 8.0. `createsuperuser` is none: without a terminal
 * it says that it is skipped and ends well.
 */
const asking: ReadonlyMap<string, Asking> = new Map([
  ['flush', { of: 'django.core', unless: noInput }],
  ['rebuild_index', { of: 'haystack', unless: noInput }],
  ['clear_index', { of: 'haystack', unless: noInput }],
  ['reset_db', { of: 'django_extensions', unless: noInput }],
  ['search_index', { of: 'django_elasticsearch_dsl', unless: ['-f', '--force'], only: ['--rebuild', '--delete'] }],
])

/** A command that asks a question where nobody answers. */
export interface AskingCommand extends DecisiveCommand {
  readonly kind: 'asks' | 'asks-overwrite'
  /** What a person may have switched off. */
  readonly unless: readonly Text[]
}

/** Management commands that ask on standard input, which ends at once on a dyno: `input()` raises EOFError. */
export function askingCommands(app: App): AskingCommand[] {
  return decisiveCommands(app).flatMap((one): AskingCommand[] => {
    const { name, step } = one.command
    const isAnswered = step.piped || step.redirects.some(({ operator }) => operator.startsWith('<'))
    if (isAnswered || hasOption(one, leaving) !== false) return []
    const isOf = (module: string) => providerOf(app, one.command) === module
    if (name === 'collectstatic') {
      const asks = overwrites(app, one) && isOf('django.contrib.staticfiles')
      return asks ? [{ ...one, kind: 'asks-overwrite', unless: unlessDisabled(app) }] : []
    }
    const known = asking.get(name)
    if (known === undefined || hasOption(one, known.unless) !== false) return []
    const concerned = known.only === undefined || hasOption(one, known.only) === true
    return concerned && isOf(known.of) ? [{ ...one, kind: 'asks', unless: [] }] : []
  })
}

/** It asks where its folder holds files already, as it does behind the collectstatic of the build. */
function overwrites(app: App, one: DecisiveCommand): boolean {
  return (
    hasOption(one, noInput) === false && one.process.type !== 'bin/pre_compile' && collects(app) && !findsNothing(app)
  )
}

/** Who runs collectstatic on their own may have switched off that of the build, by hand. */
function unlessDisabled(app: App): readonly Text[] {
  if (app.environment.get('DISABLE_COLLECTSTATIC').state !== 'unknown') return []
  return [{ en: 'DISABLE_COLLECTSTATIC is unset', fr: 'DISABLE_COLLECTSTATIC n’est pas définie' }]
}
