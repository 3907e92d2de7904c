import type { App } from '../../../src/app/app.ts'
import { findsNothing } from '../../../src/app/pages/static-files.ts'
import { collects } from '../../../src/app/settings/collectstatic.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import type { Text } from '../../../src/contracts/text.ts'

const noInput = ['--noinput', '--no-input']

/**
 * Commands that ask before they do anything, and the options that keep them from it: Django's (3.2 to 6.0), and those of
 * django-haystack 3.3, django-extensions 4.1 and django-elasticsearch-dsl 8.0. `createsuperuser` is none: without a terminal
 * it says that it is skipped and ends well.
 */
const asking: ReadonlyMap<string, { readonly unless: readonly string[]; readonly only?: readonly string[] }> = new Map([
  ['flush', { unless: noInput }],
  ['rebuild_index', { unless: noInput }],
  ['clear_index', { unless: noInput }],
  ['reset_db', { unless: noInput }],
  ['search_index', { unless: ['-f'], only: ['--rebuild', '--delete'] }],
])

/** A command that asks a question where nobody answers. */
export interface AskingCommand extends DecisiveCommand {
  readonly kind: 'asks' | 'asks-overwrite'
  readonly when: readonly Text[]
}

/** Management commands that ask on standard input, which ends at once on a dyno: `input()` raises EOFError. */
export function askingCommands(app: App): AskingCommand[] {
  return decisiveCommands(app).flatMap((one): AskingCommand[] => {
    const { name, step } = one.command
    const isAnswered = step.piped || step.redirects.some(({ operator }) => operator.startsWith('<'))
    if (isAnswered) return []
    if (name === 'collectstatic')
      return overwrites(app, one) ? [{ ...one, kind: 'asks-overwrite', when: unlessDisabled(app) }] : []
    const known = asking.get(name)
    if (known === undefined || hasOption(one, known.unless) !== false) return []
    const concerned = known.only === undefined || hasOption(one, known.only) === true
    return concerned ? [{ ...one, kind: 'asks', when: [] }] : []
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
