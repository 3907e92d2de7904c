import type { App } from '../../../src/app/app.ts'
import { calledMethods, eachOwn, type Moment, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef, If, Try } from '../../../src/syntax/python/ast.ts'
import { isParameter } from '../../../src/syntax/python/bindings.ts'
import { earlyReads, readAfterHandler, readsAfterBranch } from '../../../src/syntax/python/unbound-reads.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { isExpected } from './expected.ts'
import { comesBack, handlerOf, raisedBy } from './raised-exceptions.ts'
import { reachedFunctions } from './reached-functions.ts'

/** A local name that is read where it has no value: UnboundLocalError. */
export interface UnboundName {
  readonly name: string
  readonly at: Place
  readonly moment: Moment
  /**
   * `early`: whichever way led there; `handler`: after an exception that is named; `branch`: where an `if` before binds it on other ways alone.
   */
  readonly after:
    | { readonly kind: 'early' }
    | { readonly kind: 'handler'; readonly exception: string; readonly raised: Place; readonly handler: Place }
    | { readonly kind: 'branch'; readonly test: Place }
}

/** Reads of local names without a value, in the functions that a socket leads to. */
export function unboundNames(app: App): UnboundName[] {
  const code = codeOf(app)
  const called = new Set(servedConsumers(app).flatMap((one) => calledMethods(app, one).map(({ node }) => node)))
  return reachedFunctions(app).flatMap(({ of, moment }) => {
    if (of.file.tree.problems.length > 0) return []
    const found = unboundIn(code, of, called.has(of.node))
    return found.map((one) => ({ ...one, moment }))
  })
}

type Found = Omit<UnboundName, 'moment'>

function unboundIn(code: Code, of: ProjectFunction, isCalled: boolean): Found[] {
  const { node: around, file } = of
  const found: Found[] = earlyReads(around).flatMap((read) =>
    isExpectedAt(around, read) ? [] : { name: read.id, at: placeIn(file, read), after: { kind: 'early' } },
  )
  const returns = (call: Call) => comesBack(code, call, of)
  eachOwn(around, (node, parents) => {
    if (isExpected('UnboundLocalError', node, [around, ...parents])) return
    if (node.kind === 'Try') found.push(...afterTry(code, node, of, returns))
    if (node.kind === 'If' && isCalled && !isElif(node, parents.at(-1))) found.push(...afterIf(node, of, returns))
  })
  return found
}

function isExpectedAt(around: FunctionDef, wanted: PythonNode): boolean {
  let expected = false
  eachOwn(around, (node, parents) => {
    if (node === wanted)
      expected = ['NameError', 'UnboundLocalError'].some((one) => isExpected(one, node, [around, ...parents]))
  })
  return expected
}

const isElif = (node: If, parent: PythonNode | undefined): boolean =>
  parent?.kind === 'If' && parent.orelse.length === 1 && parent.orelse[0] === node

function afterTry(code: Code, node: Try, of: ProjectFunction, returns: (call: Call) => boolean): Found[] {
  return node.body.flatMap((statement) => {
    const all = raisedBy(code, statement, of)
    for (const raised of all) {
      const handler = handlerOf(node, raised)
      const read = handler && readAfterHandler(of.node, node, handler, statement, returns)
      if (handler === undefined || read === undefined || isExpectedAt(of.node, read)) continue
      const after = {
        kind: 'handler',
        exception: raised.name,
        raised: placeIn(of.file, statement),
        handler: placeIn(of.file, handler.type ?? { start: handler.start, end: handler.start + 'except'.length }),
      } as const
      return [{ name: read.id, at: placeIn(of.file, read), after }]
    }
    return []
  })
}

/** Only where what is tested is what a client sends, and nothing before tested it too: else the way past it may not be one that is taken. */
function afterIf(node: If, of: ProjectFunction, returns: (call: Call) => boolean): Found[] {
  const names = namesIn(node.test)
  const given = [...names].filter((name) => name !== 'self' && isParameter(name, of.node))
  if (given.length === 0) return []
  let tested = false
  eachOwn(of.node, (one) => {
    if (one.end > node.start) return
    if (one.kind === 'If' || one.kind === 'While' || one.kind === 'Assert' || one.kind === 'IfExp')
      tested ||= [...namesIn(one.test)].some((name) => given.includes(name))
  })
  if (tested) return []
  return readsAfterBranch(of.node, node, returns).map(({ read }) => ({
    name: read.id,
    at: placeIn(of.file, read),
    after: { kind: 'branch', test: placeIn(of.file, node.test) },
  }))
}

function namesIn(node: Expression): ReadonlySet<string> {
  const found = new Set<string>()
  walk(node, (one) => {
    if (one.kind === 'Name') found.add(one.id)
  })
  return found
}
