import type { App } from '../../../src/app/app.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'

/** The first `migrate` of a deploy that asks the default database of the web process's settings. */
export function migrating(app: App): DecisiveCommand | undefined {
  const one = decisiveCommands(app).find(({ command }) => command.name === 'migrate')
  if (one === undefined || hasOption(one, ['-h', '--help', '--version', '--database']) !== false) return undefined
  if (one.when.some(({ opaque }) => opaque) || settingsOfCommand(app, one.command) !== app.settings) return undefined
  return commandProvider(app, app.settings, 'migrate') === 'django.core' ? one : undefined
}
