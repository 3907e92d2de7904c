import type { App } from '../../../src/app/app.ts'
import {
  type ConsumerCode,
  type ConsumerMethod,
  eachOwn,
  memberName,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { placeIn } from '../../../src/app/asgi/python-code.ts'
import { parametersOf, routesTo } from '../../../src/app/asgi/route-parameters.ts'
import { holdsUnknown } from '../../../src/app/asgi/routes.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import { nearestOf } from '../../../src/nearest.ts'
import type { Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A consumer asks the route for a parameter that none of its routes has. */
export interface MissingParameter {
  readonly consumer: string
  readonly method: string
  readonly name: string
  readonly at: Place
  /** What the routes do give, and the first of them. */
  readonly given: readonly string[]
  readonly route: Place
  /** The one that seems to be meant. */
  readonly near: string | undefined
  /** An edit that names the only group of the only route, where it has no name. */
  readonly unnamed: Edit | undefined
}

export function missingParameters(app: App): MissingParameter[] {
  // A consumer may be routed where nobody can see it.
  if (app.asgi.application.some(({ root }) => holdsUnknown(root))) return []
  const found = servedConsumers(app).flatMap((code) => {
    const asked = code.functions.flatMap((method) => keysRead(code, method))
    if (asked.length === 0) return []
    const routes = routesTo(app, code.consumer)
    const names = routes.map(parametersOf)
    const [first] = routes
    if (first === undefined || names.includes(undefined)) return []
    const given = [...new Set(names.flatMap((one) => one ?? []))]
    const tested = new Set(code.functions.flatMap(({ node }) => keysTested(node)))
    return asked
      .filter(({ name }) => !given.includes(name) && !tested.has(name))
      .map((one) => ({
        ...one,
        consumer: code.consumer.name,
        given,
        route: first.at,
        near: meant(one.name, given),
        unnamed:
          routes.length === 1 && given.length === 0 && new Set(asked.map((each) => each.name)).size === 1
            ? named(app, first, one.name)
            : undefined,
      }))
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}

function meant(name: string, given: readonly string[]): string | undefined {
  return given.length === 1 ? given[0] : nearestOf(name, given, (one) => one, Math.max(2, name.length / 2))
}

/** `([-\w]+)` -> `(?P<room>[-\w]+)`, where it is the only group of the pattern. */
function named(app: App, { patterns }: Route, name: string): Edit | undefined {
  const [pattern, ...others] = patterns
  const text = pattern && sourceText(app.tree, pattern.at)
  if (pattern === undefined || text === undefined || others.length > 0) return undefined
  const groups = [...text.matchAll(/(?<!\\)\((?!\?)/g)]
  const [only] = groups
  if (only === undefined || groups.length > 1 || !/^r?["']/.test(text)) return undefined
  const start = pattern.at.span.start + only.index + 1
  return { file: pattern.at.file, span: { start, end: start }, text: `?P<${name}>` }
}

interface KeyRead {
  readonly method: string
  readonly name: string
  readonly at: Place
}

/** `self.scope['url_route']['kwargs']['room']`, where no `try` stands around it. */
function keysRead(code: ConsumerCode, { node, file }: ConsumerMethod): KeyRead[] {
  const found: KeyRead[] = []
  if (!file.text.includes('url_route') || asksRoute(code, node)) return found
  eachOwn(node, (inner, parents) => {
    if (inner.kind !== 'Subscript' || !isParameters(inner.value, node) || isCaught(parents)) return
    const name = literalText(inner.slice)
    const parent = parents.at(-1)
    const isTarget = (parent?.kind === 'Assign' && parent.targets.includes(inner)) || parent?.kind === 'Delete'
    if (name !== undefined && !isTarget) found.push({ method: node.name, name, at: placeIn(file, inner) })
  })
  return found
}

/** It looks which route it is, as a consumer of several does: `if kwargs:`, `if self.scope['path'] == …`, a flag of the class. */
function asksRoute(code: ConsumerCode, node: FunctionDef): boolean {
  let asks = false
  eachOwn(node, (inner) => {
    const tests =
      inner.kind === 'If' || inner.kind === 'While' || inner.kind === 'IfExp'
        ? [inner.test]
        : inner.kind === 'BoolOp'
          ? inner.values
          : inner.kind === 'Match'
            ? [inner.subject]
            : []
    for (const test of tests)
      walk(test, (part) => {
        asks ||= isParameters(part as Expression, node) || isScopeItem(part, ['path', 'url_route', 'type'])
        const member = part.kind === 'Attribute' ? memberName(part) : undefined
        asks ||= member !== undefined && code.methods.has(member.name) && code.methods.get(member.name) === undefined
        // The parameter itself is read there, and not looked for.
        return part.kind !== 'Subscript' || !isParameters(part.value, node)
      })
  })
  return asks
}

const isScopeItem = (node: PythonNode, keys: readonly string[]): boolean =>
  node.kind === 'Subscript' &&
  keys.includes(literalText(node.slice) ?? '') &&
  node.value.kind === 'Attribute' &&
  node.value.attr === 'scope'

function isParameters(node: Expression, around: FunctionDef): boolean {
  if (node.kind === 'Name') {
    const value = onlyAssignment(around, node.id)
    return value !== undefined && value.kind !== 'Name' && isParameters(value, around)
  }
  return item(node, 'kwargs', (route) =>
    item(route, 'url_route', (scope) => scope.kind === 'Attribute' && scope.attr === 'scope'),
  )
}

/** `of['key']` */
function item(node: Expression, key: string, of: (value: Expression) => boolean): boolean {
  return node.kind === 'Subscript' && literalText(node.slice) === key && of(node.value)
}

function isCaught(parents: readonly PythonNode[]): boolean {
  return parents.some((one) => one.kind === 'Try' && one.handlers.length > 0)
}

/** Texts that are looked for with `in`, and keys that code sets itself. */
function keysTested(node: FunctionDef): string[] {
  const found: string[] = []
  eachOwn(node, (inner) => {
    if (inner.kind === 'Compare') found.push(literalText(inner.left) ?? '')
    if (inner.kind === 'Assign')
      for (const target of inner.targets) if (target.kind === 'Subscript') found.push(literalText(target.slice) ?? '')
  })
  return found
}
