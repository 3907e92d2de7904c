import type { App } from '../../../src/app/app.ts'
import { methodsOf, withCalled } from '../../../src/app/asgi/called-function.ts'
import type { Consumer, CredentialSource, CustomMiddleware } from '../../../src/app/asgi/model.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { touchesManager } from '../../../src/app/asgi/query-sets.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/**
 * Whether a socket without the token is served like any other: the middleware refuses nobody and comes to no error without one, and no
 * consumer asks for what it puts into the scope.
 */
export function servesAnybody(
  app: App,
  middleware: CustomMiddleware,
  source: CredentialSource,
  consumers: readonly (Consumer | undefined)[],
): boolean {
  const { sets, answers, at, name } = middleware
  if (sets === undefined || answers) return false
  if (consumers.some((one) => one === undefined || one.open || sets.some((key) => one.scope.has(key)))) return false
  const code = codeOf(app)
  const file = code.file(at.file)
  const node = file?.classes.get(name)
  if (file === undefined || node === undefined) return false
  return withCalled(code, methodsOf(code, { node, file }), 2).every((one) => !mayEnd(one, source))
}

/** Functions of libraries that raise for a token that is none, and methods that do where no row is found. */
const checking = /^(?:\w*Token|decode|verify\w*|validate\w*|authenticate\w*|get_validated_token|get_user)$/

/** It raises, returns early, takes the token without asking whether it is there, or gives it to what may raise, outside of a `try`. */
function mayEnd({ node: around }: ProjectFunction, source: CredentialSource): boolean {
  let ends = false
  const visit = (guarded: boolean) => (node: PythonNode) => {
    if (node.kind === 'Try') {
      for (const one of node.body) walk(one, visit(true))
      for (const one of [...node.handlers.flatMap(({ body }) => body), ...node.orelse, ...node.finalbody])
        walk(one, visit(guarded))
      return false
    }
    if (node.kind === 'Raise' || node.kind === 'Assert') ends = true
    if (node.kind === 'Return') ends ||= node.value === undefined
    if (guarded) return !ends
    if (node.kind === 'Subscript') ends ||= isTaken(node, source)
    if (node.kind !== 'Call') return !ends
    const { func } = node
    const called = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
    // `bytes.decode()` has no argument, or the name of an encoding.
    if (called === 'decode') ends ||= node.args.length > 1
    else
      ends ||=
        checking.test(called) || (/^a?get$/.test(called) && func.kind === 'Attribute' && touchesManager(func.value))
    return !ends
  }
  for (const statement of around.body) walk(statement, visit(false))
  return ends
}

/** `query['token']`, `scope['subprotocols'][0]` */
function isTaken(node: Extract<PythonNode, { kind: 'Subscript' }>, { from, name }: CredentialSource): boolean {
  const key = literalText(node.slice)
  if (from === 'query') return key !== undefined && key === name
  return node.value.kind === 'Subscript' && literalText(node.value.slice) === 'subprotocols'
}
