import type { Place, Span } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { hostname, isThisMachine } from '../../knowledge/hosts.ts'
import type { Statement, Try } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { type AnyNode, eachNode } from '../project/nodes.ts'
import { isDevelopmentSwitch } from './verdict.ts'

/** Settings that ask Redis at import and quietly take something else when it does not answer. */
export interface Fallback {
  /** The call that asks. */
  readonly at: Place
  /** What is taken instead. */
  readonly instead: 'memory' | 'localhost'
  readonly insteadAt: Place
}

const PROBES = new Set(['ping', 'connect', 'create_connection', 'connect_ex'])

/** Every such place in the files that the settings are made of. */
export function silentFallbacks(app: App): Fallback[] {
  return (app.settings.evaluation?.files ?? []).flatMap((file) => {
    const parsed = parseFile(app.tree, file)
    if (parsed === undefined || !/redis/i.test(parsed.text) || !/\bexcept\b/.test(parsed.text)) return []
    return fallbacksIn(app, file, parsed.module.body)
  })
}

/** Whether the lines are run on the dyno, as far as no variable says that somebody develops: something happens or is bound in them. */
function isReached({ settings: { evaluation } }: App, file: string, { start, end }: Span): boolean {
  const holds = (at: Place) => at.file === file && start <= at.span.start && at.span.end <= end
  const counts = ({ when }: { readonly when: readonly Condition[] }) => !when.some(isDevelopmentSwitch)
  return (
    evaluation?.paths.some(
      (path) => counts(path) && path.events.some(({ at, chain }) => [at, ...chain].some(holds)),
    ) === true ||
    evaluation
      ?.names()
      .some((name) => evaluation.get(name)?.alternatives.some((one) => counts(one) && holds(one.at))) === true
  )
}

function fallbacksIn(app: App, file: string, body: readonly Statement[]): Fallback[] {
  const found: Fallback[] = []
  const place = ({ start, end }: Span): Place => ({ file, span: { start, end } })
  const owners = functionsOf(body)
  eachNode(body, (node) => {
    if (node.kind !== 'Try' || node.handlers.length === 0) return true
    const probe = probeOf(node)
    if (probe === undefined || reraises(node)) return true
    // When a function is called is not asked.
    if (!owners.has(node) && !isReached(app, file, node)) return true
    const instead = node.handlers.map((handler) => insteadIn(handler.body)).find((one) => one !== undefined)
    const later = instead ?? markedFallback(body, markersOf(node, owners.get(node)))
    if (later !== undefined) found.push({ at: place(probe), instead: later.instead, insteadAt: place(later.node) })
    return true
  })
  return found
}

/** The function each `try` stands in, by name. */
function functionsOf(body: readonly Statement[]): Map<Try, string> {
  const owners = new Map<Try, string>()
  eachNode(body, (node) => {
    if (node.kind !== 'FunctionDef') return true
    eachNode(node.body, (inner) => {
      if (inner.kind === 'Try') owners.set(inner, node.name)
      return true
    })
    return true
  })
  return owners
}

/** The call in a `try` that opens a connection. */
function probeOf(node: Try): AnyNode | undefined {
  let probe: AnyNode | undefined
  eachNode(node.body, (inner) => {
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute') {
      // A logger's `info` is told what to write.
      const asks = PROBES.has(inner.func.attr) || (inner.func.attr === 'info' && inner.args.length === 0)
      if (asks) probe ??= inner
    }
    return probe === undefined
  })
  return probe
}

/** Where a handler raises in some case alone, the project decides when it goes on. */
function reraises(node: Try): boolean {
  return node.handlers.every(({ body }) => {
    let raises = false
    eachNode(body, ({ kind }) => {
      raises ||= kind === 'Raise'
      return !raises
    })
    return raises
  })
}

type Instead = { readonly instead: Fallback['instead']; readonly node: AnyNode }

/** A layer in memory or a local address among these statements. */
function insteadIn(body: unknown): Instead | undefined {
  let found: Instead | undefined
  eachNode(body, (node) => {
    if (found !== undefined) return false
    if (node.kind === 'Constant' && node.value.type === 'str') {
      const text = node.value.value
      if (text === 'channels.layers.InMemoryChannelLayer') found = { instead: 'memory', node }
      else if (namesThisMachine(text)) found = { instead: 'localhost', node }
    }
    return true
  })
  return found
}

/** `localhost`, `redis://127.0.0.1:6379/1` */
const namesThisMachine = (text: string): boolean =>
  isThisMachine(hostname(text.replace(/^rediss?:\/\//, '').replace(/\/.*$/s, '')))

/**
 * Names whose value tells later code that Redis did not answer: set in the handler, or the function that returns it; or a flag that
 * is raised where it does answer and that the handler leaves as it was.
 */
function markersOf(node: Try, owner: string | undefined): ReadonlySet<string> {
  const names = new Set<string>()
  eachNode(node.body, (inner) => {
    if (inner.kind === 'Assign' && inner.value.kind === 'Constant' && inner.value.value.type === 'bool')
      for (const target of inner.targets) if (target.kind === 'Name') names.add(target.id)
    return true
  })
  for (const { body } of node.handlers) {
    eachNode(body, (inner) => {
      if (inner.kind === 'Assign') for (const target of inner.targets) if (target.kind === 'Name') names.add(target.id)
      if (inner.kind === 'Return' && owner !== undefined) names.add(owner)
      return true
    })
  }
  return names
}

function markedFallback(body: readonly Statement[], markers: ReadonlySet<string>): Instead | undefined {
  if (markers.size === 0) return undefined
  const derived = new Set(markers)
  let found: Instead | undefined
  eachNode(body, (node) => {
    if (found !== undefined) return false
    if (node.kind === 'Assign' && mentionsAny(node.value, derived)) {
      for (const target of node.targets) if (target.kind === 'Name') derived.add(target.id)
    }
    if ((node.kind === 'If' || node.kind === 'IfExp') && mentionsAny(node.test, derived))
      found = insteadIn([node.body, node.orelse])
    return true
  })
  return found
}

function mentionsAny(node: unknown, names: ReadonlySet<string>): boolean {
  let found = false
  eachNode(node, (inner) => {
    if (inner.kind === 'Name' && names.has(inner.id)) found = true
    return !found
  })
  return found
}
