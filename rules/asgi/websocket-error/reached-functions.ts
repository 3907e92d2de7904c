import type { App } from '../../../src/app/app.ts'
import { calledFunction, methodsOf } from '../../../src/app/asgi/called-function.ts'
import {
  type ConsumerCode,
  type Moment,
  methodOfConsumer,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { bodyOf, functionAt, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, codeOf } from '../../../src/app/asgi/python-code.ts'
import { reachedMethods } from '../../../src/app/asgi/reached-methods.ts'
import { websocketStacks } from '../../../src/app/asgi/stacks.ts'
import { getOrInsert } from '../../../src/get-or-insert.ts'
import type { Call, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { children, type PythonNode } from '../../../src/syntax/python/walk.ts'
import { isExpected } from './expected.ts'

/** A function that a socket leads to. */
export interface ReachedFunction {
  readonly of: ProjectFunction
  readonly moment: Moment
  readonly consumer: ConsumerCode | undefined
}

const known = new WeakMap<App, readonly ReachedFunction[]>()

/** The methods of consumers and of the middleware around them that a socket may come to, and what of the project these call. */
export function reachedFunctions(app: App): readonly ReachedFunction[] {
  const code = codeOf(app)
  return getOrInsert(known, app, () => withFollowed(code, [...ofConsumers(app), ...ofMiddleware(app, code)]))
}

const ofConsumers = (app: App): ReachedFunction[] =>
  servedConsumers(app).flatMap((consumer) =>
    reachedMethods(app, consumer).map((one) => ({
      of: methodOfConsumer(consumer, one),
      moment: one.moment,
      consumer,
    })),
  )

/** What Channels and servers call of a middleware. */
const ofScope = /^(?:__call__|populate_scope|resolve_scope)$/

function ofMiddleware(app: App, code: Code): ReachedFunction[] {
  const wrappers = websocketStacks(app.asgi.application).flatMap(({ ends }) => ends.flatMap((end) => end.wrappers))
  return wrappers
    .flatMap(({ custom, path }) => {
      const file = custom && code.file(custom.at.file)
      const node = custom && file?.classes.get(custom.name)
      if (file === undefined || node === undefined) return functionAt(code, path) ?? []
      return methodsOf(code, { node, file }).filter((one) => ofScope.test(one.node.name))
    })
    .map((of) => ({ of, moment: 'connect', consumer: undefined }))
}

/** Those, and the functions of the project that they call or hand to what does, each for the first that leads to it. */
function withFollowed(code: Code, roots: readonly ReachedFunction[]): ReachedFunction[] {
  const found = new Map<FunctionDef, ReachedFunction>()
  let wanted = roots
  for (let depth = 0; depth < 5 && wanted.length > 0; depth++) {
    const next: ReachedFunction[] = []
    for (const one of wanted) {
      if (found.has(one.of.node)) continue
      found.set(one.of.node, one)
      for (const { func, args, keywords } of callsIn(one.of.node))
        for (const named of [func, ...args, ...keywords.map(({ value }) => value)]) {
          if (named.kind !== 'Name' && named.kind !== 'Attribute') continue
          const of = calledFunction(code, { func: named }, bodyOf(one.of))
          if (of !== undefined) next.push({ of, moment: one.moment, consumer: undefined })
        }
    }
    wanted = next
  }
  return [...found.values()]
}

/** The calls in a function, and in those it defines, but for what perhaps never runs on a dyno: `if settings.DEBUG: dump()`. */
function callsIn(node: FunctionDef): Call[] {
  const found: Call[] = []
  const enter = (inner: PythonNode, parents: readonly PythonNode[]): void => {
    if (inner.kind === 'Call' && !isExpected('NameError', inner, parents)) found.push(inner)
    for (const child of children(inner)) enter(child, [...parents, inner])
  }
  enter(node, [])
  return found
}
