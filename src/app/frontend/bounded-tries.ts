import type { Place } from '../../contracts/place.ts'
import type { ScopeVariable, ScriptContext, Site } from '../../evaluate/javascript/scopes.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import { guardsAround } from '../../evaluate/javascript/variables.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import { calledFrom, type Handler, isWithin } from './handlers.ts'
import { numberOf, variableOf } from './numbers.ts'
import { isOpenedElsewhere, opens } from './opened-elsewhere.ts'
import { asksServer, leavesPage, nameOfCallee, reaches, targetOf } from './reach.ts'
import { type Closing, isDirect, isTimer, waitBefore } from './try-delays.ts'
import type { Uses } from './uses.ts'

/** How often a page tries to open its socket again after one end. */
export interface BoundedTries {
  readonly count: number
  /** Seconds from the end to the last try, the time that tries take not counted. */
  readonly seconds: number
  /** The test that ends them. */
  readonly at: Place
}

/**
 * The tries of close handlers that count them: every way to open the socket again stands behind a comparison of a counter with a number.
 * Undefined when one does not, or when the count or a delay cannot be told.
 */
export function boundedTries(handlers: readonly Handler[], source: ScriptSource, uses: Uses): BoundedTries | undefined {
  const functions = handlers.flatMap(({ handler, context }) =>
    handler === undefined ? [] : [targetOf(handler, context, source)?.node ?? handler],
  )
  const run = calledFrom(functions, source).filter((one) => !uses.openers.has(one))
  const inside = source.scopes.sites.filter(({ node }) => run.some((one) => isWithin(node, one)))
  const around = { run, inside, source, uses, handlers: functions }
  const last = inside.filter((site) => opens(site, source, uses))
  const tries = last.map((site) =>
    isTimer(site) || isDirect(site, uses.openers, source) ? triesAt(site, around) : undefined,
  )
  if (!tries.every((one) => one !== undefined)) return undefined
  if (isOpenedElsewhere(inside, source, uses) || goesOn(around)) return undefined
  return tries.sort((a, b) => b.seconds - a.seconds)[0]
}

interface Around extends Closing {
  readonly run: readonly Expression[]
  readonly uses: Uses
}

/** Whether a handler does something else in place of the next try: it asks by HTTP, leaves for another page, waits for longer. */
function goesOn({ run, inside, source, uses }: Around): boolean {
  const opensLater = ({ node, context }: Site) =>
    reaches(node, context, { source, openers: uses.openers, seen: new Set(), unknown: false })
  return (
    inside.some((site) => {
      const { callee } = site.node
      const name = nameOfCallee(callee)
      return (
        asksServer.test(name) ||
        /^(?:setInterval|dispatchEvent|emit)$/.test(name) ||
        (isTimer(site) && !opensLater(site))
      )
    }) || leavesPage(run, source)
  )
}

function triesAt(site: Site, around: Around): BoundedTries | undefined {
  for (const { test, holds, equals, context } of passedBy(site, around, new Set())) {
    if (equals !== undefined) continue
    for (const one of holds ? conjuncts(test, '&&') : conjuncts(test, '||')) {
      const counted = countOf(one, holds, context, around)
      if (counted === undefined) continue
      const { count, counter, later } = counted
      const delays = Array.from({ length: count }, (_, k) => waitBefore(site, around, new Map([[counter, later(k)]])))
      if (delays.some((delay) => delay === undefined)) return undefined
      const seconds = delays.reduce<number>((sum, delay) => sum + (delay as number), 0) / 1000
      return { count, seconds, at: placeOf(around.source, one) }
    }
  }
  return undefined
}

type Passed = ReturnType<typeof guardsAround>[number] & { readonly context: ScriptContext }

/** The tests on the way to a call, within the function that it stands in and in all calls of that function, where there is one alone. */
function passedBy(site: Site, around: Around, seen: Set<Site>): Passed[] {
  if (seen.has(site)) return []
  seen.add(site)
  const { context } = site
  const own = guardsAround({ source: around.source, context, parameters: new Map() }).map((guard) => ({
    ...guard,
    context,
  }))
  const holder = around.run.findLast((one) => isWithin(site.node, one))
  const callers = around.inside.filter(({ node, context: where }) =>
    [node.callee, ...node.args].some(
      (part) => holder !== undefined && targetOf(part, where, around.source)?.node === holder,
    ),
  )
  const [caller, ...others] = callers
  return caller === undefined || others.length > 0 ? own : [...own, ...passedBy(caller, around, seen)]
}

function conjuncts(test: Expression, op: string): readonly Expression[] {
  return test.kind === 'Binary' && test.op === op ? [...conjuncts(test.left, op), ...conjuncts(test.right, op)] : [test]
}

/** No page tries more often than this and is told of. */
const maxTries = 100

interface Counted {
  readonly count: number
  readonly counter: ScopeVariable
  /** What the counter is after the test, at each try from 0 on. */
  readonly later: (tries: number) => number
}

/** `attempts < 3`, `++this.tries <= max`, `left-- > 0`, `n === 5`, `left`, `!retried`: how many ends in a row pass the test. */
function countOf(test: Expression, holds: boolean, context: ScriptContext, around: Around): Counted | undefined {
  if (test.kind === 'Unary' && test.op === '!') return countOf(test.operand, !holds, context, around)
  const compared = comparedIn(test, context, around)
  if (compared === undefined) return undefined
  const { side, passes } = compared
  const counter = counterOf(side, context, around.source)
  const course = counter && courseOf(counter, around)
  if (counter === undefined || course === undefined) return undefined
  const before = isCountedBefore(side, test, counter, around) ? 1 : 0
  let count = 0
  while (count <= maxTries && passes(course(before + count)) === holds) count++
  if (count === 0 || count > maxTries) return undefined
  // `left--` reads what stood there before.
  const behind = side.kind === 'Unary' && before === 0 ? 1 : 0
  return { count, counter, later: (tries) => course(before + tries + behind) }
}

/** The side of a test that may be a counter, and what the test says of a number in its place. */
function comparedIn(
  test: Expression,
  context: ScriptContext,
  { source }: Around,
): { readonly side: Expression; readonly passes: (value: number) => boolean } | undefined {
  if (test.kind !== 'Binary') return { side: test, passes: (value) => value !== 0 }
  const isLeft = counterOf(test.left, context, source) !== undefined
  const [side, other] = isLeft ? [test.left, test.right] : [test.right, test.left]
  const compare = comparisons[isLeft ? test.op : (mirrored[test.op] ?? test.op)]
  const limit = amountOf(other, context, source)
  return compare === undefined || limit === undefined ? undefined : { side, passes: (value) => compare(value, limit) }
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '===': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!==': (left, right) => left !== right,
  '!=': (left, right) => left !== right,
}

/** A number that the text says; of `true` and `false`, 1 and 0. */
function amountOf(node: Expression, context: ScriptContext, source: ScriptSource): number | undefined {
  if (node.kind === 'Identifier' && (node.name === 'true' || node.name === 'false')) return node.name === 'true' ? 1 : 0
  return numberOf(node, context, source)
}

/** A variable that is counted by one, or a flag; all else that it is set to are numbers, or the other of true and false. */
function counterOf(node: Expression, context: ScriptContext, source: ScriptSource): ScopeVariable | undefined {
  if (node.kind === 'Unary' && (node.op === '++' || node.op === '--')) return counterOf(node.operand, context, source)
  const variable = variableOf(node, context, source)
  if (variable?.parameter !== undefined && variable.writes.length === 0) return variable
  const isCounted = variable?.writes.some((write) => stepOf(write, variable, source) !== undefined || isFlag(write))
  return isCounted === true &&
    variable?.writes.every(
      (write) => stepOf(write, variable, source) !== undefined || setTo(write, source) !== undefined,
    )
    ? variable
    : undefined
}

type Write = ScopeVariable['writes'][number]

/** By how much a write counts: `n++`, `n -= 1`, `n = n + 1`. */
function stepOf({ op, value, context }: Write, variable: ScopeVariable, source: ScriptSource): 1 | -1 | undefined {
  if (op === '++' || op === '--') return op === '++' ? 1 : -1
  if (op === '+=' || op === '-=') return isOne(value) ? (op === '+=' ? 1 : -1) : undefined
  if (op !== '=' || value?.kind !== 'Binary' || !isOne(value.right)) return undefined
  if (variableOf(value.left, context, source) !== variable) return undefined
  return value.op === '+' ? 1 : value.op === '-' ? -1 : undefined
}

const isOne = (value: Expression | undefined): boolean => value?.kind === 'Number' && value.text === '1'

const isFlag = ({ op, value }: Write): boolean =>
  op === '=' && value?.kind === 'Identifier' && (value.name === 'true' || value.name === 'false')

const setTo = ({ op, value, context }: Write, source: ScriptSource): number | undefined =>
  op === '=' && value !== undefined ? amountOf(value, context, source) : undefined

/**
 * What a counter is after so and so many ends, when the page begins with one number, sets it back to no other, and what runs when the
 * socket closes counts in one direction, or turns a flag.
 */
function courseOf(counter: ScopeVariable, around: Around): ((ends: number) => number) | undefined {
  if (counter.parameter !== undefined) return handedOn(counter, counter.parameter, around)
  const { run, source } = around
  const steps = new Set(counter.writes.flatMap((write) => stepOf(write, counter, source) ?? []))
  const set = counter.writes.filter((write) => stepOf(write, counter, source) === undefined)
  const isInside = ({ value }: Write) => value !== undefined && run.some((one) => isWithin(value, one))
  const starts = new Set(set.filter((write) => !isInside(write)).map((write) => setTo(write, source)))
  const turns = new Set(set.filter(isInside).map((write) => setTo(write, source)))
  const [first] = starts
  if (first === undefined || !Number.isInteger(first) || starts.size > 1) return undefined
  const [step] = steps
  if (step !== undefined) return steps.size > 1 || turns.size > 0 ? undefined : (ends) => first + step * ends
  const [turned] = turns
  const isTurned = turned !== undefined && turns.size === 1 && set.every(isFlag)
  return isTurned ? (ends) => (ends === 0 ? first : turned) : undefined
}

/** `connect(attempt + 1)`: a number that each opening hands to the next. */
function handedOn(
  counter: ScopeVariable,
  { function: fn, index }: NonNullable<ScopeVariable['parameter']>,
  { inside, source, uses }: Around,
): ((ends: number) => number) | undefined {
  if (!uses.openers.has(fn)) return undefined
  const isTarget = (part: Expression, { context }: Site) => targetOf(part, context, source)?.node === fn
  const sites = source.scopes.sites.filter((site) =>
    [site.node.callee, ...site.node.args].some((one) => isTarget(one, site)),
  )
  const steps = new Set<number | undefined>()
  const starts = new Set<number | undefined>()
  for (const site of sites) {
    const { node, context } = site
    // Who calls what is handed on gives it something else, or nothing.
    if (!isTarget(node.callee, site)) return undefined
    const given = node.args[index]
    if (inside.includes(site)) {
      const isNext =
        given?.kind === 'Binary' && isOne(given.right) && variableOf(given.left, context, source) === counter
      steps.add(isNext ? { '+': 1, '-': -1 }[given.op] : undefined)
    } else {
      const first = given ?? fn.params[index]?.default
      starts.add(first === undefined ? undefined : amountOf(first, context, source))
    }
  }
  const [step] = steps
  const [start] = starts
  if (step === undefined || start === undefined || steps.size > 1 || starts.size > 1) return undefined
  return (ends) => start + step * ends
}

/** Whether the counter goes on between an end and the test: in front of it in the handler, in the test itself (`++n`), or when the socket is opened. */
function isCountedBefore(side: Expression, test: Expression, counter: ScopeVariable, { run, source }: Around): boolean {
  if (side.kind === 'Unary') return side.operand.start > side.start
  return counter.writes.some((write) => {
    const turns = isFlag(write) && run.some((one) => write.value !== undefined && isWithin(write.value, one))
    if (stepOf(write, counter, source) === undefined && !turns) return false
    const { position } = write.context
    const inHandler = run.some((one) => one.start <= position && position < one.end)
    return !inHandler || position < test.start
  })
}
