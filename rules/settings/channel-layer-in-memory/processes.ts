import type { App } from '../../../src/app/app.ts'
import { oneOffCommand, type RunBeside, runBeside } from '../../../src/app/asgi/beside-web.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import type { Text } from '../../../src/contracts/text.ts'

/** Which processes beside the one that has a socket are to reach it. */
export type ProcessReach =
  /** A task of a Celery worker sends, or a management command of another process. */
  | (RunBeside & { readonly when?: undefined })
  | WebProcesses
  /** A management command that no process runs: whoever runs it does so in a dyno of its own. */
  | { readonly kind: 'one-off'; readonly name: string; readonly when: Text }

/** How many processes serve sockets. */
export type WebProcesses =
  /** They are several, as far as `when` holds. */
  | { readonly kind: 'several'; readonly count: Text; readonly when?: Text }
  /** It is one, unless `when` holds: a config var, or the number of dynos, decides. */
  | { readonly kind: 'perhaps'; readonly when: Text }

/** In which process these functions run: another one than the web process's, or any of those it is. */
export function reachOf(app: App, functions: readonly ProjectFunction[]): ProcessReach {
  const beside = runBeside(app, functions)
  if (beside !== undefined) return beside
  const own = webProcesses(app)
  const command = own.kind === 'perhaps' ? oneOffCommand(app, functions) : undefined
  if (command === undefined) return own
  return { kind: 'one-off', name: command, when: isRun(command) }
}

/** What must be so for a command to matter that no process of the project runs. */
export const isRun = (command: string): Text => ({
  en: `\`${command}\` is run at all`,
  fr: `la commande \`${command}\` est lancée`,
})

/** Of the web process, by its dynos and by the workers of its server. */
export function webProcesses(app: App): WebProcesses {
  const running = app.snapshot?.dynos?.find(({ type }) => type === 'web')?.up
  // What app.json says holds when an app is made by it, and not after each deploy.
  const meant = app.manifest.appJson?.formation.find(({ type }) => type === 'web')?.quantity?.value
  const dynos = running ?? meant ?? 1
  if (dynos > 1) {
    const count = { en: `${dynos} web dynos`, fr: `${dynos} dynos web` }
    const when = { en: 'the app has the dynos that app.json says', fr: 'l’application a les dynos qu’indique app.json' }
    return { kind: 'several', count, ...(running === undefined && { when }) }
  }
  const [only, more] = app.processes.web?.server?.workers.parts ?? []
  const count = typeof only === 'string' && more === undefined ? Number(only) : undefined
  if (count !== undefined && count > 1)
    return { kind: 'several', count: { en: `${count} server processes`, fr: `${count} processus serveur` } }
  const when =
    typeof only === 'object' && only.variable === 'WEB_CONCURRENCY'
      ? {
          en: 'WEB_CONCURRENCY is not 1 (Heroku sets it to 2 or more by the size of the dyno)',
          fr: 'WEB_CONCURRENCY ne vaut pas 1 (Heroku la fixe à 2 ou plus selon la taille du dyno)',
        }
      : { en: 'there is more than one web dyno', fr: 'il y a plus d’un dyno web' }
  return { kind: 'perhaps', when }
}
