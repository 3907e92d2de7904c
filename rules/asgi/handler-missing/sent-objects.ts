import type { App } from '../../../src/app/app.ts'
import { frontendFiles } from '../../../src/app/frontend/files.ts'
import { isWithin } from '../../../src/app/frontend/handlers.ts'
import { nameOfCallee } from '../../../src/app/frontend/reach.ts'
import { readSource } from '../../../src/app/frontend/read.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { ScriptSource } from '../../../src/evaluate/javascript/source.ts'
import { placeOf } from '../../../src/evaluate/javascript/source.ts'
import { readText } from '../../../src/files/tree.ts'
import type { Expression, FunctionExpression } from '../../../src/syntax/javascript/ast.ts'

/** A text that a page sends under a key: `socket.send(JSON.stringify({ type: 'shout' }))`. */
export interface SentText {
  readonly text: string
  readonly at: Place
}

/**
 * Literal texts under a key of objects that the project's scripts send through a socket: written in the call of `send()`, or handed to a
 * function or method that sends what it is given, known by its name.
 */
export function textsSent(app: App, key: string): readonly SentText[] {
  const sources = frontendFiles(app.tree).all.flatMap((file) => {
    const text = readText(app.tree, file)?.text
    if (text === undefined || text.length > 200_000) return []
    // Requests have a method of that name, too.
    const isOther = text.includes('XMLHttpRequest') || !(text.includes(key) || text.includes('JSON.stringify'))
    return isOther ? [] : [readSource(file, text)]
  })
  const names = new Set(sources.flatMap((source) => sendersIn(source)))
  return sources.flatMap((source) =>
    source.scopes.sites.flatMap(({ node }): SentText[] => {
      if (node.kind !== 'Call') return []
      const object = isSend(node)
        ? stringified(node.args[0])
        : names.has(nameOfCallee(node.callee))
          ? node.args[0]
          : undefined
      const value = object?.kind === 'Object' ? object.properties.find((one) => one.key === key)?.value : undefined
      return value?.kind === 'String' ? [{ text: value.value, at: placeOf(source, value) }] : []
    }),
  )
}

const isSend = (node: Extract<Expression, { kind: 'Call' }>): boolean =>
  node.callee.kind === 'Member' && node.callee.name === 'send'

/** What `JSON.stringify(…)` is given. */
function stringified(node: Expression | undefined): Expression | undefined {
  const isStringify =
    node?.kind === 'Call' &&
    node.callee.kind === 'Member' &&
    node.callee.name === 'stringify' &&
    node.callee.object.kind === 'Identifier' &&
    node.callee.object.name === 'JSON'
  return isStringify ? node.args[0] : undefined
}

/** Names of the functions and methods that send their first parameter as JSON. */
function sendersIn({ scopes }: ScriptSource): string[] {
  const sending = [...scopes.functions.keys()].filter((one) => sendsFirst(one, scopes))
  const methods = [...scopes.classes.keys()].flatMap(({ members }) =>
    members.flatMap(({ name, value }) => (name !== undefined && sending.some((one) => one === value) ? [name] : [])),
  )
  const bound = [scopes.root, ...[...scopes.functions.values()].map(({ inner }) => inner)].flatMap(({ variables }) =>
    [...variables.values()].flatMap(({ name, writes }) =>
      writes.some(({ value }) => sending.some((one) => one === value)) ? [name] : [],
    ),
  )
  return [...methods, ...bound]
}

function sendsFirst(node: FunctionExpression, { sites }: ScriptSource['scopes']): boolean {
  const [first] = node.params
  const name = first?.target.kind === 'Identifier' ? first.target.name : undefined
  return (
    name !== undefined &&
    sites.some(({ node: call }) => {
      const given = call.kind === 'Call' && isSend(call) && isWithin(call, node) ? stringified(call.args[0]) : undefined
      return given?.kind === 'Identifier' && given.name === name
    })
  )
}
