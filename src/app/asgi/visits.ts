import { type Place, placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { EvaluatedPath, Event, Misfit, Visit, Visitor, VisitStep } from '../../evaluate/python/evaluation.ts'
import { neverOfBrowsers } from '../../evaluate/python/libraries/socket-scope.ts'
import { visitSocket } from '../../evaluate/python/libraries/socket-visit.ts'
import { perFile } from '../../files/per-file.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { parsedFile } from '../../syntax/python/file.ts'
import { isFunction, type PythonNode, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { runModule } from '../settings/run-module.ts'
import { verdict } from '../settings/verdict.ts'
import { atLeast } from '../settings/versions.ts'
import { defaultApplicationName } from './default-application.ts'
import { mayHaveMore } from './given-attributes.ts'
import { lineage } from './lineage.ts'
import type { Consumer } from './model.ts'
import { codeOf } from './python-code.ts'
import { findServed } from './served.ts'
import { setOutside } from './set-outside.ts'

/** What surely goes wrong in a step of a socket's life. */
export interface SocketFault {
  readonly step: VisitStep
  /** What was called: `TokenMiddleware`, `ChatConsumer.connect`. */
  readonly of: string
  readonly ofAt: Place
  readonly ended: 'raised' | 'ignored'
  readonly exception: string
  readonly message: string
  readonly at: Place
  readonly chain: readonly Place[]
  readonly when: readonly (Condition | Text)[]
  /** Only for a browser: the header that none sends, as no page can choose it. */
  readonly header: string | undefined
  /** It is the call of an application that fails, with other arguments than it takes. */
  readonly misfit: Misfit | undefined
  /** It comes of a text that was asked for where all keys are bytes. */
  readonly bytes: boolean
}

/** Something is asked for by a text where all keys are bytes, as those of the scope's headers and of its query are: never there. */
export interface SocketMiss {
  readonly name: string
  readonly at: Place
  readonly chain: readonly Place[]
  /** Each socket is turned away after that. */
  readonly refused: boolean
}

/** A package that a step imports and that is not installed. */
export interface SocketLack {
  readonly step: VisitStep
  readonly of: string
  readonly module: string
  readonly at: Place
  readonly chain: readonly Place[]
  readonly when: readonly (Condition | Text)[]
}

export interface SocketVisits {
  readonly faults: readonly SocketFault[]
  readonly lacks: readonly SocketLack[]
  readonly misses: readonly SocketMiss[]
}

const visits = new WeakMap<App, SocketVisits>()
const nothing: SocketVisits = { faults: [], lacks: [], misses: [] }

/**
 * What a browser’s socket meets in the application that the web process serves: where every path that lets it in ends so. From
 * Channels 3 on, as applications of ASGI 2 are called otherwise.
 */
export function socketVisits(app: App): SocketVisits {
  return getOrInsert(visits, app, () => visit(app))
}

type SeenVisit = Visit & { readonly at: Place; readonly chain: readonly Place[] }

function visit(app: App): SocketVisits {
  const found = findServed(app)
  if (found === undefined || found.served.from !== 'web' || found.served.file === undefined) return nothing
  if (atLeast(app.dependencies, 'channels', '3.0') === false || app.asgi.evaluation?.certainCrash !== undefined)
    return nothing
  const { module, attribute } = found.served
  const handlers = new Set(
    app.asgi.usesLayer.flatMap(({ type, kind }) =>
      type !== undefined && (kind === 'group_send' || kind === 'send') ? [type.text.replaceAll('.', '_')] : [],
    ),
  )
  // That an event leads into a method that Channels calls for something else is another rule's finding.
  for (const name of ['connect', 'receive', 'receive_json', 'disconnect']) handlers.delete(name)
  const code = codeOf(app)
  const outside = setOutside(code)
  const isFour = atLeast(app.dependencies, 'channels', '4.0')
  const bridges = isFour === undefined ? undefined : !isFour
  const named = defaultApplicationName(app)
  const defaultApplication = named?.isSure === true ? named : undefined
  const more = [bridges, defaultApplication?.module, defaultApplication?.attribute].join()
  const evaluation = runModule(app, module, found.searchPath, found.environment, {
    key: `socket ${attribute} ${[...handlers].join()} ${[...outside].sort().join()} ${more}`,
    run: (m) => visitSocket(m, { module, attribute, handlers, outside, bridges, defaultApplication }),
  })
  if (evaluation.bounded) return nothing
  const paths = evaluation.paths.filter(({ crash }) => crash === undefined)
  const steps = new Map<string, SeenVisit>()
  for (const { visits: seen } of paths.map(seenOn)) for (const one of seen) getOrInsert(steps, stepKey(one), () => one)
  const asked = keysAsked(paths)
  const faults = [...steps.values()].flatMap((one) => faultOf(app, paths, one, asked) ?? [])
  return {
    faults,
    lacks: [...steps.values()].flatMap((one) => lacksOf(paths, one)),
    misses: missesOf(paths, asked, new Set(faults.map(({ at }) => placeKey(at)))),
  }
}

type KeyAsked = Extract<Event, { type: 'key' }>

/** What is asked for by a text where all keys are bytes, by place; not in files that ask such a dict for bytes as well. */
function keysAsked(paths: readonly EvaluatedPath[]): ReadonlyMap<string, KeyAsked> {
  const all = paths.flatMap(({ events }) => events.flatMap((event) => (event.type === 'key' ? [event] : [])))
  const both = new Set(all.flatMap(({ name, at }) => (name === undefined ? [at.file] : [])))
  return new Map(
    all.flatMap((one) => (one.name === undefined || both.has(one.at.file) ? [] : [[placeKey(one.at), one] as const])),
  )
}

function missesOf(
  paths: readonly EvaluatedPath[],
  asked: ReadonlyMap<string, KeyAsked>,
  told: ReadonlySet<string>,
): SocketMiss[] {
  return [...asked].flatMap(([key, { name = '', at, chain }]) =>
    told.has(key) ? [] : [{ name, at, chain, refused: paths.every(({ events }) => isTurnedAway(events, key)) }],
  )
}

/** Whether the consumer that is come to next after this place turns its socket away. */
function isTurnedAway(events: readonly Event[], key: string): boolean {
  const first = events.findIndex((event) => event.type === 'key' && placeKey(event.at) === key)
  const next = first < 0 ? undefined : events.slice(first).find((event) => event.type === 'visit')
  return next?.type === 'visit' && next.step === 'connect' && next.ended === 'refused'
}

function seenOn({ when, events }: EvaluatedPath): { when: readonly Condition[]; visits: SeenVisit[] } {
  return { when, visits: events.flatMap((event) => (event.type === 'visit' ? [event] : [])) }
}

/** What happens to one visitor is the same step for another. */
const stepKey = ({ step, of, ofAt }: Visit): string => `${step} ${of} ${placeKey(ofAt)}`

/** What came of a step for one visitor on the paths that come to it. */
function outcomes(paths: readonly EvaluatedPath[], step: Visit, visitor: Visitor) {
  return paths.flatMap((path) => {
    const { when, visits: seen } = seenOn(path)
    const met = seen.filter((other) => other.visitor === visitor && stepKey(other) === stepKey(step))
    // The same consumer on several routes: where one of them is fine, it does not fail with every socket.
    const one = met.find((other) => !isFault(other)) ?? met[0]
    return one === undefined ? [] : [{ when, visit: one }]
  })
}

/** Exceptions that follow from the code alone. Others may come of what the evaluator knows too little of. */
const telling = new Set([
  'AttributeError',
  'ImportError',
  'KeyError',
  'ModuleNotFoundError',
  'NameError',
  'TypeError',
  'UnboundLocalError',
])

const isFault = ({ ended, exception, message }: Visit): boolean =>
  ended === 'ignored' || (ended === 'raised' && telling.has(exception) && !message.includes('…'))
const sameFault = (a: SeenVisit, b: SeenVisit): boolean =>
  a.ended === b.ended && a.exception === b.exception && placeKey(a.at) === placeKey(b.at)

/** The fault in which a step ends on every path that does not refuse the socket. */
function faultFor(paths: readonly EvaluatedPath[], step: Visit, visitor: Visitor) {
  const met = outcomes(paths, step, visitor)
  // A socket that is refused on purpose breaks nothing; one that is refused before a fault shows nothing of it.
  const admitted = met.filter(({ visit: { ended } }) => ended !== 'refused')
  const first = admitted.find(({ visit: one }) => isFault(one))?.visit
  if (first === undefined) return undefined
  const answer = verdict(admitted, ({ visit: one }) => sameFault(one, first))
  return answer.state === 'holds' ? { fault: first, when: answer.when } : undefined
}

function faultOf(
  app: App,
  paths: readonly EvaluatedPath[],
  step: Visit,
  asked: ReadonlyMap<string, KeyAsked>,
): SocketFault | undefined {
  const any = faultFor(paths, step, 'any')
  const bare = faultFor(paths, step, 'bare browser')
  const full = faultFor(paths, step, 'browser')
  const found =
    any ?? (bare !== undefined && full !== undefined && sameFault(bare.fault, full.fault) ? full : undefined)
  if (found === undefined) return undefined
  const { fault, when } = found
  const { of, ofAt, ended, exception, message, misfit, at, chain } = fault
  if (at.file === '' || (ended !== 'raised' && ended !== 'ignored') || mayBeDefined(app, fault)) return undefined
  const header = any === undefined ? /^b'([\w-]+)'$/.exec(message)?.[1]?.toLowerCase() : undefined
  if (any === undefined && (header === undefined || !neverSent(app, header))) return undefined
  const bytes = asked.has(placeKey(at))
  return { step: fault.step, of, ofAt, ended, exception, message, misfit, at, chain, when, header, bytes }
}

/** What asks for a password by `WWW-Authenticate` is given it with each request of the page, with a WebSocket too. */
const neverSent = (app: App, header: string): boolean =>
  neverOfBrowsers.has(header) && !(header === 'authorization' && isGiven(app, 'WWW-Authenticate'))

function lacksOf(paths: readonly EvaluatedPath[], step: SeenVisit): SocketLack[] {
  const met = outcomes(paths, step, 'any')
  const all = new Map(met.flatMap(({ visit: { lacks } }) => lacks.map((lack) => [placeKey(lack.at), lack] as const)))
  return [...all].flatMap(([key, { module, at, chain }]) => {
    const has = ({ lacks }: Visit) => lacks.some((lack) => placeKey(lack.at) === key)
    const concerned = met.filter(({ visit: one }) => has(one) || one.ended !== 'refused')
    const answer = verdict(concerned, ({ visit: one }) => has(one))
    return answer.state === 'holds' ? [{ step: step.step, of: step.of, module, at, chain, when: answer.when }] : []
  })
}

/** `'Room' object has no attribute 'members'`, `name 'log' is not defined`: some file of the project may still give it that. */
function mayBeDefined(app: App, { exception, message }: Visit): boolean {
  if (exception === 'NameError') return setOutside(codeOf(app)).has(nameMissing.exec(message)?.[1] ?? '')
  const [, type, name] = exception === 'AttributeError' ? (attributeMissing.exec(message) ?? []) : []
  return (
    name !== undefined &&
    (isGiven(app, name) || app.asgi.consumers.some((one) => one.name === type && mayGetMore(app, one)))
  )
}

const nameMissing = /^name '(\w+)' is not defined$/
const attributeMissing = /(?:^'(\w+)' object )?has no attribute '(\w+)'$/

function mayGetMore(app: App, consumer: Consumer): boolean {
  const code = codeOf(app)
  const file = code.file(consumer.file)
  const node = file?.classes.get(consumer.name)
  return file !== undefined && node !== undefined && mayHaveMore(code, lineage(code, file, node).own)
}

/** Whether some code of the project gives this name to an object: by assignment, in a class, as a keyword or as a text. */
function isGiven(app: App, name: string): boolean {
  const code = codeOf(app)
  return code.files.some((path) => {
    const source = code.file(path) === undefined ? undefined : code.source(path)
    return source !== undefined && namesGiven(source).has(name)
  })
}

const namesGiven = perFile((source): ReadonlySet<string> => {
  const names = new Set<string>()
  walk(parsedFile(source).module, (node) => noteGiven(node, names))
  return names
})

function noteGiven(node: PythonNode, names: Set<string>): void {
  const targets =
    node.kind === 'Assign' ? node.targets : 'target' in node && node.target !== undefined ? [node.target] : []
  for (const target of targets)
    walk(target, (inner) => {
      if (inner.kind === 'Attribute') names.add(inner.attr)
      else if (inner.kind === 'Name') names.add(inner.id)
    })
  if (isFunction(node) || node.kind === 'ClassDef') names.add(node.name)
  else if (node.kind === 'Constant' && node.value.type === 'str') names.add(node.value.value)
  else if (node.kind === 'Call') for (const { arg } of node.keywords) if (arg !== undefined) names.add(arg)
}
