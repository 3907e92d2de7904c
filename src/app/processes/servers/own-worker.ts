import type { Place } from '../../../contracts/place.ts'
import { certain } from '../../../evaluate/python/certain-value.ts'
import { numberOf } from '../../../evaluate/python/equality.ts'
import { evaluate } from '../../../evaluate/python/evaluate.ts'
import { mro } from '../../../evaluate/python/interpreter/mro.ts'
import { type ClassValue, entryOf, plain } from '../../../evaluate/python/value.ts'
import { known } from '../../../evaluate/shell/word.ts'
import type { Effective } from '../model.ts'
import type { Invocation } from './invocation.ts'
import type { SearchPath } from './target.ts'

/** A worker class of the project that derives from one of a package. */
export interface OwnWorker {
  /** The class of the package, by its dotted path. */
  readonly base: string
  /** Seconds between pings as its CONFIG_KWARGS say; undefined: they cannot be read, or `init` decides. `said`: where they stand. */
  readonly pings: number | undefined
  /** The implementation of WebSockets that it chooses: `auto`, `wsproto`; undefined: not known. */
  readonly ws: string | undefined
  readonly said: Place | undefined
}

/** What uvicorn's workers ping at when nothing is said. */
const usual = 20

/** The class of the project that `-k mysite.workers.PatientWorker` names, when it derives from a worker of uvicorn. */
export function ownWorker(
  { app, step }: Invocation,
  worker: Effective,
  { folders }: SearchPath,
  isUvicorn: (path: string) => boolean,
): OwnWorker | undefined {
  const text = known(worker.parts)
  const dot = text?.lastIndexOf('.') ?? -1
  if (text === undefined || dot <= 0) return undefined
  const [module, name] = [text.slice(0, dot), text.slice(dot + 1)]
  if (app.project.resolve(module, folders) === undefined) return undefined
  const evaluation = evaluate({
    tree: app.tree,
    module,
    environment: step.environment,
    searchPath: folders,
    packages: (top) => app.dependencies.moduleState(top),
  })
  const found = evaluation.certainCrash === undefined ? certain(evaluation.get(name))?.value : undefined
  if (found?.type !== 'class') return undefined
  const order = mro(found)
  const base = order.find((one) => one.type === 'external' && isUvicorn(one.path))
  if (base?.type !== 'external') return undefined
  const own = order.filter((one): one is ClassValue => one.type === 'class')
  const decides = own.some(({ attributes }) => attributes.has('__init__') || attributes.has('init_process'))
  return { base: base.path, ...(decides ? { pings: undefined, ws: undefined, said: undefined } : pingsOf(own)) }
}

/** `ws` and `ws_ping_interval` among the arguments that the class hands to uvicorn's configuration; no interval sends no pings. */
function pingsOf(own: readonly ClassValue[]): Pick<OwnWorker, 'pings' | 'ws' | 'said'> {
  const config = own.flatMap(({ attributes }) => attributes.get('CONFIG_KWARGS')?.value ?? [])[0]
  if (config === undefined) return { pings: usual, ws: 'auto', said: undefined }
  const isWhole = config.type === 'dict' && config.rest === undefined
  const library = entryOf(config, 'ws')
  const ws = library === undefined ? (isWhole ? 'auto' : undefined) : plain(library.value)
  const entry = entryOf(config, 'ws_ping_interval')
  const interval = entry === undefined ? undefined : numberOf(entry.value)
  if (entry?.value.type === 'none') return { pings: 0, ws, said: entry.value.at }
  if (interval !== undefined) return { pings: Number(interval), ws, said: entry?.value.at }
  const isUsual = isWhole && entry === undefined && ws !== undefined && ['auto', 'websockets'].includes(ws)
  return { pings: isUsual ? usual : undefined, ws, said: undefined }
}
