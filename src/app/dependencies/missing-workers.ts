import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import type { Server } from '../processes/model.ts'

/** A distribution that an option of a server asks for by the name of what it brings. */
export interface NamedPart {
  readonly distribution: string
  /** To be read after "because". */
  readonly because: Text
  readonly at: Place
}

/** Workers that a server knows by name and that live in a package of their own. */
const workerPackages: Readonly<Record<string, readonly string[]>> = {
  gunicorn: ['gevent', 'eventlet', 'tornado'],
  hypercorn: ['trio', 'uvloop'],
}

/** The package of a worker that a server is told to use by its name, where it is not installed. */
export function namedWorker(app: App, server: Server): NamedPart | undefined {
  const option = server.options.findLast(({ dest }) => dest === 'worker_class')
  const value = server.workerClass?.parts ?? option?.value?.parts
  const [text] = value?.length === 1 ? value : []
  if (typeof text !== 'string' || workerPackages[server.name]?.includes(text) !== true) return undefined
  // An extra of the server brings it: gunicorn[gevent].
  const brought = app.dependencies.installed(server.name).extras.includes(text)
  if (brought || app.dependencies.installed(text).state !== 'absent') return undefined
  return {
    at: server.workerClass?.at ?? option?.valueAt ?? server.at,
    distribution: text,
    because: {
      en: `${server.name} is told to use its worker \`${text}\``,
      fr: `on dit à ${server.name} d’utiliser son worker \`${text}\``,
    },
  }
}

/** What uvicorn imports at its start for a value of `--ws`, `--http` and `--loop` (uvicorn/config.py of 0.13 to 0.48). */
const implementations: Readonly<Record<string, readonly string[]>> = {
  ws: ['websockets', 'wsproto'],
  http: ['httptools'],
  loop: ['uvloop'],
}

/** Packages of the implementations that uvicorn is told to use, where they are surely not installed: it ends while it starts. */
export function namedImplementations(app: App, server: Server): NamedPart[] {
  if (server.name !== 'uvicorn' || app.dependencies.installed('uvicorn').extras.includes('standard')) return []
  return Object.entries(implementations).flatMap(([dest, packages]): NamedPart[] => {
    const option = server.options.findLast((one) => one.dest === dest)
    const text = known(option?.value?.parts)
    const distribution = text === 'websockets-sansio' ? 'websockets' : text
    if (option === undefined || text === undefined || distribution === undefined) return []
    if (!packages.includes(distribution) || app.dependencies.installed(distribution).state !== 'absent') return []
    return [
      {
        distribution,
        at: option.valueAt ?? option.at,
        because: {
          en: `uvicorn is told to use \`${text}\` (\`--${dest}\`) and imports it while it starts`,
          fr: `on dit à uvicorn d’utiliser \`${text}\` (\`--${dest}\`), qu’il importe au démarrage`,
        },
      },
    ]
  })
}
