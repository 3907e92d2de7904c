import type { ClassExpression, Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'
import type { Condition } from '../condition.ts'
import { asChanged } from './changed-objects.ts'
import { bounded, concatenate, type Evaluator, evaluate, one, only, unknownOf } from './evaluate.ts'
import { serverHole } from './literals.ts'
import { quoted } from './names.ts'
import { type Asked, identityOf, questionsOf, stops } from './questions.ts'
import { type Guard, lookup, type ScopeVariable, type ScriptContext, type Site, type Write } from './scopes.ts'
import { placeOf, type ScriptSource } from './source.ts'
import { questionsBetween } from './template-branches.ts'
import {
  combine,
  equal,
  maxOutcomes,
  type ScriptFrame,
  type ScriptOutcome,
  type ScriptValue,
  truth,
  under,
} from './values.ts'

/** Whether a guard is passed in production on an https page; undefined when it cannot be told. */
export function passes(e: Evaluator, guard: Guard, frame: ScriptFrame): boolean | undefined {
  const outcomes = evaluate(e, guard.test, frame)
  const answers = outcomes.flatMap(({ value }) => {
    return guard.equals === undefined ? [truth(value)] : [isAmong(e, value, guard.equals, frame)]
  })
  const [first] = answers
  if (first === undefined || answers.some((answer) => answer !== first)) return undefined
  return first === guard.holds
}

function isAmong(
  e: Evaluator,
  value: ScriptValue,
  cases: readonly Expression[],
  frame: ScriptFrame,
): boolean | undefined {
  const answers = cases.flatMap((one) => evaluate(e, one, frame).map((other) => equal(value, other.value)))
  if (answers.includes(true)) return true
  return answers.includes(undefined) ? undefined : false
}

/** What nobody can answer of the guards on the way to a place; `closed`: they are not all passed. */
export function openQuestions(e: Evaluator, guards: readonly Guard[], frame: ScriptFrame): readonly Asked[] | 'closed' {
  const open: Asked[] = []
  for (const guard of guards) {
    const passed = passes(e, guard, frame)
    if (passed === false) return 'closed'
    const value = only(evaluate(e, guard.test, frame)) ?? { type: 'nothing' }
    if (passed === undefined) open.push(...questionsOf(guard, value, frame))
  }
  return open
}

/** What a bare name is worth. */
export function evaluateName(
  e: Evaluator,
  node: Extract<Expression, { kind: 'Identifier' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  const hole = frame.source.holes.find((one) => one.start >= node.start && one.end <= node.end)
  if (hole !== undefined)
    return one({ type: 'unknown', hole: serverHole(hole.source, frame.source, hole), id: identityOf(node, frame) })
  switch (node.name) {
    case 'true':
    case 'false':
      return one({ type: 'boolean', value: node.name === 'true' })
    case 'null':
    case 'undefined':
      return one({ type: 'nothing' })
    default:
  }
  const variable = lookup(frame.context.scope, node.name)
  if (variable !== undefined) {
    return evaluateVariable(e, variable, frame, node).flatMap(({ value, when }) =>
      under(when, asChanged(e, value, node, frame)),
    )
  }
  switch (node.name) {
    case 'window':
    case 'self':
    case 'globalThis':
    case 'top':
    case 'parent':
      return one({ type: 'host', object: 'window' })
    case 'location':
    case 'document':
    case 'process':
    case 'import':
      return one({ type: 'host', object: node.name })
    default: {
      const found = e.globalOf(frame.source, node.name)
      if (found === undefined) return one(unknownOf(node, frame))
      const end: ScriptContext = {
        scope: found.source.scopes.root,
        function: undefined,
        class: undefined,
        guards: [],
        position: Number.MAX_SAFE_INTEGER,
      }
      const start = found.variable.writes[0]?.context.position ?? 0
      const there: Expression = { ...node, start, end: start }
      return evaluateVariable(e, found.variable, { source: found.source, context: end, parameters: undefined }, there)
    }
  }
}

/** What a variable holds where `use` stands. */
export function evaluateVariable(
  e: Evaluator,
  variable: ScopeVariable,
  frame: ScriptFrame,
  use: Expression,
): readonly ScriptOutcome[] {
  const given = frame.parameters?.get(variable)
  if (given !== undefined) return given
  if (variable.source !== undefined) return evaluateImport(e, variable.source, frame, use)
  if (variable.parameter !== undefined && variable.writes.length === 0) {
    const { function: node, index } = variable.parameter
    return bounded(e, () => evaluateParameter(e, node, index, frame)) ?? one(unknownOf(use, frame))
  }
  if (e.active.has(variable)) return one(unknownOf(use, frame))
  e.active.add(variable)
  const outcomes = bounded(e, () => evaluateWrites(e, variable.writes, frame, use))
  e.active.delete(variable)
  return outcomes ?? one(unknownOf(use, frame))
}

/**
 * Assignments in the order in which they surely happen: those of the functions around the use first, then those before it in
 * its own function. What other functions and a `catch` assign comes as a further possibility.
 */
export function evaluateWrites(
  e: Evaluator,
  writes: readonly Write[],
  frame: ScriptFrame,
  use: Expression,
): readonly ScriptOutcome[] | undefined {
  const functions = enclosing(frame.context, frame.source)
  let outcomes: readonly ScriptOutcome[] = []
  const elsewhere: Write[] = []
  for (const write of writes) {
    const own = write.context.function === frame.context.function
    if (own && write.context.position > frame.context.position && write.value?.kind !== 'Function') {
      // A function that runs again sees what it assigned the last time.
      if (frame.context.function !== undefined && outcomes.length > 0) elsewhere.push(write)
    } else if (!own && !functions.has(write.context.function)) elsewhere.push(write)
    else if (write.context.caught !== undefined && write.context.caught !== frame.context.caught) elsewhere.push(write)
    else outcomes = applyWrite(e, outcomes, write, frame, use)
  }
  if (elsewhere.length === 0) return outcomes.length === 0 ? undefined : outcomes
  const empty =
    outcomes.every(({ value }) => value.type === 'nothing' || truth(value) === false) &&
    !elsewhere.some(({ context }) => context.caught !== undefined)
  const later = elsewhere.flatMap((write) => writeOutcomes(e, write, frame, use))
  if (outcomes.length === 0 || (empty && !later.some(({ value }) => value.type === 'nothing')))
    return later.slice(0, maxOutcomes)
  return [...under([unchanged(use, frame, true)], outcomes), ...under([unchanged(use, frame, false)], later)].slice(
    0,
    maxOutcomes,
  )
}

function unchanged(use: Expression, frame: ScriptFrame, holds: boolean): Condition {
  const name = quoted(frame.source, use)
  const text = holds
    ? { en: `\`${name}\` keeps its first value`, fr: `\`${name}\` garde sa première valeur` }
    : { en: `\`${name}\` was assigned anew`, fr: `\`${name}\` a reçu une autre valeur` }
  const id = `kept ${identityOf(use, frame)}`
  return { id, variable: undefined, opaque: true, holds, text, at: placeOf(frame.source, use) }
}

/** Every guard that was passed on the way to a place, those around the functions it is written in included. */
export function guardsAround({ source, context }: ScriptFrame): readonly Guard[] {
  const all = [...context.guards]
  for (const node of enclosing(context, source)) {
    const around = node === undefined ? undefined : source.scopes.functions.get(node)?.context
    if (around !== undefined) all.unshift(...around.guards)
  }
  return all
}

/** The functions around a place, the program (undefined) included. */
function enclosing(context: ScriptContext, source: ScriptSource): Set<FunctionExpression | undefined> {
  const found = new Set<FunctionExpression | undefined>()
  for (
    let inner = context.function;
    inner !== undefined && !found.has(inner);
    inner = source.scopes.functions.get(inner)?.context.function
  )
    found.add(inner)
  return found.add(undefined)
}

function applyWrite(
  e: Evaluator,
  before: readonly ScriptOutcome[],
  write: Write,
  frame: ScriptFrame,
  use: Expression,
): readonly ScriptOutcome[] {
  const passed = guardsAround(frame)
  const at: ScriptFrame = { source: frame.source, context: write.context, parameters: frame.parameters }
  const guards: Guard[] = []
  for (const guard of write.context.guards) {
    const same = passed.filter(({ test }) => test === guard.test)
    if (same.length === 0) guards.push(guard)
    // The other side of a test that was passed.
    else if (!same.some((other) => other.holds === guard.holds && sameCases(other.equals, guard.equals))) return before
  }
  const asked = openQuestions(e, guards, at)
  const rendered = questionsBetween(frame.source, frame.context.position, write.context.position)
  if (asked === 'closed' || rendered === undefined) return before
  const open = [...rendered, ...asked]
  const made = writeOutcomes(e, write, frame, use, before)
  if (open.length === 0) return made
  return [
    ...under(
      open.map((ask) => ask(true)),
      made,
    ),
    ...stops(open).flatMap((when) => under(when, before)),
  ].slice(0, maxOutcomes)
}

function sameCases(a: Guard['equals'], b: Guard['equals']): boolean {
  return a === b || (a?.length === b?.length && a?.every((one, index) => one === b?.[index]) === true)
}

function writeOutcomes(
  e: Evaluator,
  write: Write,
  frame: ScriptFrame,
  use: Expression,
  before: readonly ScriptOutcome[] = [],
): readonly ScriptOutcome[] {
  if (write.value === undefined) return one(unknownOf(use, frame))
  const made = evaluate(e, write.value, { source: frame.source, context: write.context, parameters: frame.parameters })
  if (write.op === '+=' && write.context.repeated === true) return one(unknownOf(use, frame))
  if (write.op === '+=') return before.length === 0 ? one(unknownOf(use, frame)) : combine(before, made, concatenate)
  if (write.op === '=') return made
  if ((write.op === '||=' || write.op === '??=') && before.every(({ value }) => value.type === 'nothing')) return made
  return one(unknownOf(use, frame))
}

function evaluateImport(
  e: Evaluator,
  from: { module: string; name: string },
  frame: ScriptFrame,
  use: Expression,
): readonly ScriptOutcome[] {
  const source = e.importFrom(frame.source, from.module)
  const found = source === undefined ? undefined : exported(e, source, from.name, 0)
  if (found === undefined) return one(unknownOf(use, frame))
  return evaluate(e, found.write.value as Expression, {
    source: found.source,
    context: found.write.context,
    parameters: undefined,
  })
}

/** The value a module exports under a name, through re-exports. */
export function exported(
  e: Evaluator,
  source: ScriptSource,
  name: string,
  depth: number,
): { source: ScriptSource; write: Write } | undefined {
  const write = source.scopes.exports.get(name)
  if (write?.value !== undefined) return { source, write }
  if (depth > 5) return undefined
  for (const one of source.scopes.reexports) {
    if (one.exported !== name && one.exported !== '*') continue
    const next = e.importFrom(source, one.module)
    const found =
      next === undefined ? undefined : exported(e, next, one.exported === '*' ? name : one.imported, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * A parameter is worth what the calls pass, those in the same file and in files that import from it; undefined when there is none, or the
 * function is handed on.
 */
function evaluateParameter(
  e: Evaluator,
  node: FunctionExpression,
  index: number,
  frame: ScriptFrame,
): readonly ScriptOutcome[] | undefined {
  if (e.active.has(node)) return undefined
  e.active.add(node)
  const outcomes: ScriptOutcome[] = []
  for (const source of [frame.source, ...e.importers(frame.source)])
    for (const site of source.scopes.sites) {
      if (outcomes.length >= maxOutcomes || !runs(e, site, source, { node, file: frame.source.file })) continue
      const arg = site.node.args[index]
      const fallback = node.params[index]?.default
      // The function itself hands on what it was given: `setTimeout(() => follow(path), 1000)`.
      const itself = arg?.kind === 'Identifier' ? lookup(site.context.scope, arg.name)?.parameter : undefined
      if (itself?.function === node && itself.index === index) continue
      if (arg !== undefined)
        outcomes.push(...evaluate(e, arg, { source, context: site.context, parameters: undefined }))
      else if (fallback !== undefined) outcomes.push(...evaluate(e, fallback, frame))
    }
  e.active.delete(node)
  return outcomes.length === 0 ? undefined : outcomes.slice(0, maxOutcomes)
}

/** A file may have been read twice, as a script and for what imports from it. */
interface Written<T> {
  readonly node: T
  readonly file: string
}

const isSame = (one: Written<Expression>, other: Written<Expression>): boolean =>
  one.file === other.file && one.node.start === other.node.start

/** Whether a site calls a function, or makes an object of the class whose constructor it is. */
function runs(
  e: Evaluator,
  { node: { kind, callee }, context }: Site,
  source: ScriptSource,
  wanted: Written<FunctionExpression>,
): boolean {
  const name = callee.kind === 'Identifier' ? callee.name : callee.kind === 'Member' ? callee.name : undefined
  if (name === undefined) return false
  if (kind === 'New') {
    const type = callee.kind === 'Identifier' ? classNamed(e, lookup(context.scope, name), source) : undefined
    const made = type?.node.members.find((member) => member.name === 'constructor')?.value
    return type !== undefined && made !== undefined && isSame({ node: made, file: type.file }, wanted)
  }
  const value = only(evaluate(e, callee, { source, context, parameters: undefined }))
  return value?.type === 'function' && isSame({ node: value.node, file: value.frame.source.file }, wanted)
}

/** The class that a name stands for: one of the file, or of the one that it is imported from. */
function classNamed(
  e: Evaluator,
  variable: ScopeVariable | undefined,
  source: ScriptSource,
  depth = 0,
): Written<ClassExpression> | undefined {
  if (variable === undefined || depth > 4) return undefined
  if (variable.source !== undefined) {
    const from = e.importFrom(source, variable.source.module)
    const found = from === undefined ? undefined : exported(e, from, variable.source.name, 0)
    const value = found?.write.value
    if (found === undefined || value === undefined) return undefined
    if (value.kind === 'Class') return { node: value, file: found.source.file }
    const there = value.kind === 'Identifier' ? lookup(found.source.scopes.root, value.name) : undefined
    return classNamed(e, there, found.source, depth + 1)
  }
  const [write, ...more] = variable.writes
  return write?.value?.kind === 'Class' && more.length === 0 ? { node: write.value, file: source.file } : undefined
}
