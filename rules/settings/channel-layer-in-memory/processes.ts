import type { App } from '../../../src/app/app.ts'
import {
  eachStanding,
  functionAt,
  type ProjectFunction,
  surelyDotted,
} from '../../../src/app/asgi/project-functions.ts'
import { type Code, codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { HubSender } from './hub.ts'

/** Which processes beside the one that has a socket are to reach it. */
export type ProcessReach =
  /** A task of a Celery worker sends. */
  | { readonly kind: 'worker'; readonly task: string; readonly process: string }
  /** The web process is several, as far as `when` holds. */
  | { readonly kind: 'several'; readonly count: Text; readonly when?: Text }
  /** It is one where a config var, or the number of dynos, says so. */
  | { readonly kind: 'perhaps'; readonly when: Text }

export function reachOf(app: App, senders: readonly HubSender[]): ProcessReach {
  return fromWorker(app, senders) ?? several(app)
}

function several(app: App): ProcessReach {
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

/** A task that calls one of the functions, however many functions lie between, where a process runs Celery's worker. */
function fromWorker(app: App, senders: readonly HubSender[]): ProcessReach | undefined {
  const worker = app.processes.all.find(({ steps }) =>
    steps.some(({ argv }) => {
      const words = argv.map(({ parts }) => parts.filter((part) => typeof part === 'string').join(''))
      return words[0] === 'celery' && words.includes('worker')
    }),
  )
  if (worker === undefined) return undefined
  const code = codeOf(app)
  const seen: ProjectFunction[] = senders
    .filter(({ free }) => free)
    .map(({ node, file }) => ({ node, file, owner: undefined }))
  for (let wanted: readonly ProjectFunction[] = seen.slice(); wanted.length > 0 && seen.length < 60; ) {
    const task = wanted.find((one) => isTask(one))
    if (task !== undefined) return { kind: 'worker', task: task.node.name, process: worker.type }
    const next = wanted
      .flatMap((one) => usersOf(code, one))
      .filter((one, index, all) => all.findIndex(({ node }) => node === one.node) === index)
      .filter((one) => !seen.some(({ node }) => node === one.node))
    seen.push(...next)
    wanted = next
  }
  return undefined
}

/** `@shared_task`, `@app.task`, `@app.task(bind=True)` */
function isTask({ node, file }: ProjectFunction): boolean {
  return node.decorators.some((decorator) => {
    const made = decorator.kind === 'Call' ? decorator.func : decorator
    return dottedOf(made, file) === 'celery.shared_task' || (made.kind === 'Attribute' && made.attr === 'task')
  })
}

/** Functions of modules in which another one is named: called, or handed to what calls it. */
function usersOf(code: Code, wanted: ProjectFunction): ProjectFunction[] {
  const { name } = wanted.node
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    const found: ProjectFunction[] = []
    if (file !== undefined)
      eachStanding(file, (node, standing) => {
        const [outer] = standing.functions
        if (outer === undefined || standing.owner !== undefined || outer === wanted.node) return
        if (node.kind !== 'Name' && node.kind !== 'Attribute') return
        const dotted = surelyDotted(node, standing)
        if (dotted !== undefined && functionAt(code, dotted)?.node === wanted.node)
          found.push({ node: outer, file, owner: undefined })
      })
    return found
  })
}
