import type { App } from '../../../src/app/app.ts'
import { eachStanding, type Standing } from '../../../src/app/asgi/project-functions.ts'
import { codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Socket, SocketUrl } from '../../../src/app/frontend/model.ts'
import { seesHttp } from '../../../src/app/pages/sees-http.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A socket whose address begins with what a view or a context processor made of the request’s scheme. */
export interface SchemeOfRequest {
  readonly socket: Socket
  readonly url: SocketUrl
  /** The variable of the template. */
  readonly name: string
  /** What makes it. */
  readonly at: Place
}

/**
 * Sockets that get `ws://` because Django takes what came by https for http: the variable with which the address begins is given to
 * templates under its name, and wherever that is done it is made of `request.build_absolute_uri()`, `is_secure()` or `scheme`.
 */
export function schemesOfRequests(app: App): SchemeOfRequest[] {
  const open = app.frontend.sockets.flatMap((socket) =>
    socket.urls.flatMap((url) => {
      const name = variableOf(url)
      return name === undefined ? [] : [{ socket, url, name }]
    }),
  )
  if (open.length === 0 || !seesHttp(app)) return []
  const given = new Map([...new Set(open.map(({ name }) => name))].map((name) => [name, givenAs(app, name)]))
  return open.flatMap((one) => {
    const all = given.get(one.name) ?? []
    const [first] = all
    return first !== undefined && all.every(({ isPlain }) => isPlain) ? [{ ...one, at: first.at }] : []
  })
}

/** `{{ live_base }}`, with which the address begins. */
function variableOf({ parts }: SocketUrl): string | undefined {
  const [first] = parts
  return first !== undefined && typeof first !== 'string' && first.kind === 'server' && /^\w+$/.test(first.name)
    ? first.name
    : undefined
}

interface Given {
  readonly at: Place
  /** Of an http request it is `ws`, or begins with `ws:`. */
  readonly isPlain: boolean
}

/** Everything that the project puts under a name: `{'live_base': …}`, `context['live_base'] = …`, `render(…, live_base=…)`. */
function givenAs(app: App, name: string): Given[] {
  const code = codeOf(app)
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    const found: Given[] = []
    if (file !== undefined)
      eachStanding(file, (node, standing) => {
        for (const value of valuesIn(node, name))
          found.push({ at: placeIn(file, value), isPlain: isPlain(value, standing, 0) })
      })
    return found
  })
}

function valuesIn(node: PythonNode, name: string): Expression[] {
  if (node.kind === 'Dict') return node.values.filter((_, index) => literalText(node.keys[index]) === name)
  if (node.kind === 'Call') return node.keywords.flatMap(({ arg, value }) => (arg === name ? [value] : []))
  const isEntry = (target: Expression) => target.kind === 'Subscript' && literalText(target.slice) === name
  return node.kind === 'Assign' && node.targets.some(isEntry) ? [node.value] : []
}

/** Whether an expression begins with the `ws` that the scheme of the request decides on, where that is http. */
function isPlain(node: Expression, standing: Standing, depth: number): boolean {
  if (depth > 6) return false
  const again = (inner: Expression) => isPlain(inner, standing, depth + 1)
  switch (node.kind) {
    case 'Name': {
      const around = standing.functions.at(-1)
      const value = around && onlyAssignment(around, node.id)
      return value !== undefined && again(value)
    }
    case 'JoinedStr': {
      const [first] = node.values
      return first?.kind === 'FormattedValue' && again(first.value)
    }
    case 'BinOp':
      return node.op === '+' && again(node.left)
    case 'IfExp': {
      const negated = node.test.kind === 'UnaryOp' && node.test.op === 'not'
      const test = node.test.kind === 'UnaryOp' ? node.test.operand : node.test
      const [https, http] = negated ? [node.orelse, node.body] : [node.body, node.orelse]
      return asksHttps(test) && beginsWith(https, 'wss') && beginsWith(http, 'ws')
    }
    case 'Call':
      return isReplaced(node)
    default:
      return false
  }
}

/** `request.build_absolute_uri('/ws/').replace('http', 'ws', 1)` */
function isReplaced({ func, args }: Extract<Expression, { kind: 'Call' }>): boolean {
  if (func.kind !== 'Attribute' || func.attr !== 'replace') return false
  const [from = '', to = ''] = args.map(literalText)
  return /^http(?:$|:)/.test(from) && to === from.replace('http', 'ws') && asksForAddress(func.value)
}

function asksForAddress(node: Expression): boolean {
  let asks = false
  walk(node, (inner) => {
    asks ||= inner.kind === 'Attribute' && inner.attr === 'build_absolute_uri'
    return !asks
  })
  return asks
}

/** `request.is_secure()`, `self.request.scheme == 'https'` */
function asksHttps(test: Expression): boolean {
  if (test.kind === 'Call') return test.func.kind === 'Attribute' && test.func.attr === 'is_secure'
  if (test.kind !== 'Compare' || test.left.kind !== 'Attribute' || test.left.attr !== 'scheme') return false
  return test.ops.length === 1 && test.ops[0] === '==' && literalText(test.comparators[0]) === 'https'
}

/** `'ws'`, `'ws://…'`, also as the beginning of an f-string. */
function beginsWith(node: Expression, scheme: string): boolean {
  const text = node.kind === 'JoinedStr' ? literalText(node.values[0]) : literalText(node)
  return text === scheme || text?.startsWith(`${scheme}:`) === true
}
