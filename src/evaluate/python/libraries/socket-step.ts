import { type Place, placeKey } from '../../../contracts/place.ts'
import type { Misfit, Visit, Visitor } from '../evaluation.ts'
import { activate, Exhausted, type Machine, mark, Raised, standAt, unwind } from '../interpreter/machine.ts'
import { exceptionName } from '../interpreter/raising.ts'
import type { CallArguments, ClassValue, InstanceValue, Value } from '../value.ts'
import { liveIn, liveWith } from './lived-in.ts'
import { messageOf } from './support/raised.ts'

/** Which application a socket is opened on, and what of the rest of the project concerns it. */
export interface VisitOptions {
  readonly module: string
  readonly attribute: string
  /** Names of the methods that messages of the channel layer are sent to. */
  readonly handlers: ReadonlySet<string>
  /** Attributes that code outside of their classes sets somewhere in the project. */
  readonly outside: ReadonlySet<string>
  /**
   * The routers of Channels call an application of ASGI 2 as such, `app(scope)(receive, send)`, as those of Channels 3 do;
   * undefined: nobody knows.
   */
  readonly bridges: boolean | undefined
  /** What `get_default_application()` returns; undefined: nobody knows. */
  readonly defaultApplication: { readonly module: string; readonly attribute: string } | undefined
}

/** What one step of a socket's life may take, as some wait for messages for ever, and all of one visitor together. */
export const budget = { step: 8_000, visitor: 40_000 }

/** What a consumer was made with and given. */
export interface VisitedAs {
  readonly args: CallArguments
  readonly scope: Value | undefined
}

/** What is known of a visitor on the way. */
export interface Visiting {
  readonly visitor: Visitor
  readonly options: VisitOptions
  /** What is left of its budget. */
  left: number
  /** Something happened that is not followed: the application may have been called, or have answered. */
  reached: boolean
  /** Consumers that were visited: each once with the same arguments and scope, whatever routes lead to it. */
  readonly met: Map<ClassValue, VisitedAs[]>
  /** The consumer that is visited. */
  self: InstanceValue | undefined
  /** Some task, thread or callback may change it meanwhile. */
  hasTasks: boolean
  /** What code that is not read was called with. */
  readonly handed: CallArguments[]
}

/** Other requests are served meanwhile, and tasks and events of the consumer run. */
export function timePasses(m: Machine, v: Visiting): void {
  const { outside } = v.options
  const unknown = m.unknown({ en: 'it may have changed meanwhile', fr: 'cela a pu changer entre-temps' })
  liveIn(m, unknown, outside)
  if (v.self !== undefined) liveWith(m, v.self, unknown, outside)
}

/**
 * Runs a step at most this long and notes what came of it. `body` says whether something was called or answered; what the
 * step leaves behind stays. False: its end was not seen.
 */
export function step(m: Machine, v: Visiting, what: Pick<Visit, 'step' | 'of' | 'ofAt'>, body: () => boolean): boolean {
  const before = mark(m)
  const outer = m.taint
  const first = m.events.length
  const { steps } = m
  const most = Math.min(budget.step, v.left)
  m.steps = most
  let ended: Visit['ended'] = 'done'
  let error: Raised | undefined
  let isSeen = true
  let taint = 0
  try {
    activate(m, { file: what.ofAt.file }, () => {
      standAt(m, what.ofAt.span)
      if (!body()) ended = 'ignored'
      taint = m.session.taints.union(m.activation.control, m.taint)
    })
  } catch (thrown) {
    if (thrown instanceof Raised) error = thrown
    else if (thrown instanceof Exhausted) isSeen = m.exhausted = false
    else throw thrown
    unwind(m, before)
    m.taint = outer
  }
  v.left -= most - Math.max(m.steps, 0)
  m.steps = steps
  const events = m.events.slice(first)
  // Once the socket was handed on, what an exception breaks is its end.
  const isRaised = error !== undefined && !error.stated && !(what.step === 'handshake' && v.reached)
  if (isRaised) ended = 'raised'
  else if (ended === 'done' && isRefused(events)) ended = 'refused'
  // Whether it happens must be explored like a value.
  if (ended !== 'done') m.wide = m.session.taints.union(m.wide, error?.taint ?? taint)
  const raised = isRaised ? error : undefined
  const inner = new Set(events.flatMap((event) => (event.type === 'visit' ? event.lacks.map(({ at }) => at) : [])))
  m.events.push({
    type: 'visit',
    visitor: v.visitor,
    ...what,
    ended,
    exception: raised === undefined ? '' : exceptionName(raised.exception),
    message: raised === undefined ? '' : messageOf(m, raised),
    misfit: raised === undefined ? undefined : misfitOf(raised, what.ofAt),
    lacks: events.flatMap((event) =>
      event.type === 'import' && event.fatal === true && !inner.has(event.at)
        ? [{ module: event.module, at: event.at, chain: event.chain }]
        : [],
    ),
    at: raised?.at ?? what.ofAt,
    chain: raised?.chain ?? [],
  })
  return isSeen
}

/** Which application it was that did not fit, if one: what has a `__call__`, or one of a package. */
function misfitOf({ misfit, at }: Raised, start: Place): Misfit | undefined {
  if (misfit?.type === 'external')
    return { kind: 'called', name: misfit.path.slice(misfit.path.lastIndexOf('.') + 1), at }
  if (misfit?.type !== 'function' || misfit.name !== '__call__' || misfit.owner === undefined) return undefined
  const { name, node, module } = misfit.owner
  const named = module.file === undefined ? at : { file: module.file, span: node.nameSpan }
  const { posonly, args, vararg } = misfit.node.args
  if (vararg === undefined && posonly.length + args.length === 2) return { kind: 'takes', name, at: named }
  return placeKey(at) === placeKey(start) ? { kind: 'mistaken', name, at: named } : { kind: 'called', name, at }
}

const answers = /^channels\.generic\.websocket\.\w+\.(accept|close|connect|websocket_connect)$/

/** The socket was closed, and nothing may have accepted it. */
function isRefused(events: Machine['events']): boolean {
  const called = events.flatMap((event) => (event.type === 'call' ? (answers.exec(event.path)?.[1] ?? []) : []))
  return called.includes('close') && called.every((name) => name === 'close')
}
