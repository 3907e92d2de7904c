import type { Place } from '../../../contracts/place.ts'
import { list, str, text } from '../constructors.ts'
import { same } from '../equality.ts'
import { exception } from '../exceptions.ts'
import { nowhere } from '../library.ts'
import { variableValue } from '../reasons.ts'
import { callTypeMethod } from '../types/methods.ts'
import { reprText, toText } from '../types/text.ts'
import type { Binding, StrValue, UnknownValue, Value } from '../value.ts'
import { getAttribute, setAttribute } from './attributes.ts'
import { callValue, recordCall } from './calls.ts'
import { compareKnown, equal } from './comparison.ts'
import { askSet, decide, makeUnknown } from './decisions.ts'
import { absolute, findModule, importModule } from './imports.ts'
import { iterate } from './iteration.ts'
import {
  addTaint,
  here,
  limits,
  type Machine,
  mark,
  newFrame,
  Raised,
  type Session,
  unwind,
  within,
} from './machine.ts'
import { runFile } from './modules.ts'
import { binary } from './operators.ts'
import { exceptionType, isSubclass, raise } from './raising.ts'
import { getItem, setItem } from './subscripts.ts'
import { truth } from './truth.ts'
import { isInstanceOf } from './types.ts'

/** The state of a new run with these answers given; questions beyond them take their first answer. */
export function createMachine(session: Session, given: ReadonlyMap<number, boolean>): Machine {
  const start = { type: 'module' as const, name: '', file: undefined, names: new Map(), at: nowhere }
  const m: Machine = {
    session,
    given,
    activation: {
      frame: newFrame('module', start, new Map(), undefined),
      file: '',
      calls: 0,
      chain: [],
      control: 0,
      uncertain: undefined,
      tries: 0,
      guards: [],
      importGuards: 0,
      suppressing: 0,
    },
    node: nowhere.span,
    nesting: 0,
    steps: limits.steps,
    taint: 0,
    nextBlock: undefined,
    asked: new Map(),
    askedAbout: new Map(),
    rebindings: [],
    facts: new Map(),
    derivations: new Map(),
    truths: new Map(),
    derivedFrom: new Map(),
    variables: new Map(),
    modules: new Map(),
    sysPath: list([], nowhere),
    openModules: new Map(),
    patched: new Set(),
    objectTaints: new Map(),
    implicitTaints: new Map(),
    wide: 0,
    events: [],
    files: [],
    unknowns: new Map(),
    reads: new Map(),
    required: new Map(),
    exhausted: false,
    memory: new Map(),
    get at() {
      return here(m)
    },
    get caller() {
      return m.activation.frame.module
    },
    python: session.python,
    tree: session.tree,
    isPresent: session.isPresent,
    variable: (name, required) => variable(m, name, required ?? false),
    setVariable: (name, value, how, source) => setVariable(m, name, value, how, source),
    variableNames: () => variableNames(m),
    truth: (value) => truth(m, value, m.node),
    decide: (question) => decide(m, question),
    equal: (a, b) => equal(m, a, b, m.node),
    same,
    raise: (type, message, name) => raise(m, type, message, name),
    attempt: (body, exceptions, handler) => attempt(m, body, exceptions, handler),
    unknown: (reason, of, name) => makeUnknown(m, reason, of, name),
    call: (callee, positional, keywords) =>
      callValue(m, callee, { positional, keywords: keywords ?? new Map(), open: false }),
    attribute: (value, name) => getAttribute(m, value, name, m.node),
    setAttribute: (value, name, assigned) => setAttribute(m, value, name, assigned, m.node),
    item: (value, key) => getItem(m, value, key, m.node),
    setItem: (value, key, assigned) => setItem(m, value, key, assigned, m.node),
    contains: (value, key) => compareKnown(m, 'in', key, value),
    binary: (op, left, right) => binary(m, op, left, right),
    str: (value) => toText(m, value),
    repr: (value) => reprText(m, value),
    method: (value, name, positional) =>
      callTypeMethod(m, value, name, { positional, keywords: new Map(), open: false }),
    iterate: (value) => iterate(m, value, m.node),
    isInstance: isInstanceOf,
    importModule: (name) => importModule(m, name),
    findModule: (name) => findModule(m, name),
    version: (distribution) => session.versions(distribution),
    execute: (file, names) => execute(m, file, names),
    callerNames: () => m.activation.frame.names,
    called: (path, args) => recordCall(m, { type: 'external', path, at: here(m) }, args),
    event: (event) => {
      if (m.events.length < limits.events) m.events.push({ ...event, at: here(m), chain: m.activation.chain })
    },
  }
  for (const folder of session.searchPath) m.sysPath.items.push(text(absolute(m, folder), nowhere))
  return m
}

function variable(m: Machine, name: string, required: boolean): StrValue | UnknownValue | undefined {
  const at = here(m)
  const places = m.reads.get(name)
  if (places === undefined) m.reads.set(name, [at])
  else if (places.length < 50) places.push(at)
  const changed = m.variables.get(name)
  if (changed !== undefined) {
    addTaint(m, changed.taint)
    const { value } = changed
    if (value === undefined || value.type === 'str' || value.type === 'unknown') return value
    return makeUnknown(m, variableValue(name), 'str')
  }
  const known = m.session.environment.get(name)
  const hole: StrValue = str([{ name, variable: name, chars: 'any', nonEmpty: true }], at)
  switch (known.state) {
    case 'known':
      return str(known.parts, at)
    case 'absent':
      return undefined
    case 'set':
      return hole
    default:
      if (m.activation.uncertain !== undefined) return makeUnknown(m, variableValue(name), 'str', name)
      if (required && m.activation.tries === 0 && m.activation.control === 0 && !isGiven(m, `env:${name}:set`)) {
        if (!m.required.has(name)) m.required.set(name, at)
        return hole
      }
      return askSet(m, name) ? hole : undefined
  }
}

function isGiven(m: Machine, id: string): boolean {
  const index = m.session.questionIndex.get(id)
  return index !== undefined && m.given.has(index)
}

function setVariable(
  m: Machine,
  name: string,
  value: Value | undefined,
  how: 'assign' | 'setdefault' | 'delete',
  source?: Place,
): void {
  const before = how === 'setdefault' ? variable(m, name, false) : undefined
  const effective = before === undefined
  m.event({ type: 'environ', name, value: value ?? { type: 'none', at: here(m) }, how, effective, source })
  if (!effective) return
  const taint = m.session.taints.union(m.taint, m.activation.control)
  m.variables.set(name, { value: m.activation.uncertain ?? value, taint })
}

function variableNames(m: Machine): readonly string[] {
  const names = new Set(m.session.environment.names())
  for (const [id, asked] of m.asked) {
    if (asked.holds && id.startsWith('env:') && id.endsWith(':set')) names.add(id.slice(4, -4))
  }
  for (const [name, { value }] of m.variables) {
    if (value === undefined) names.delete(name)
    else names.add(name)
  }
  // Who goes through them all asks for each.
  for (const name of names) if (!m.reads.has(name)) m.reads.set(name, [here(m)])
  return [...names]
}

function attempt(
  m: Machine,
  body: () => Value,
  exceptions: Parameters<Machine['attempt']>[1],
  handler: () => Value,
): Value {
  const before = mark(m)
  try {
    return within(m, { tries: m.activation.tries + 1 }, body)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    const type = exceptionType(error.exception)
    const caught = exceptions.some((e) => {
      const wanted = typeof e === 'string' ? exception(e) : e
      return type !== undefined && isSubclass(m, type, wanted) === true
    })
    if (!caught) throw error
    unwind(m, before)
    addTaint(m, error.taint)
    return handler()
  }
}

function execute(m: Machine, file: string, names: Map<string, Binding>): boolean {
  const parsed = m.session.isPresent(file) ? m.session.parse(file) : undefined
  if (parsed === undefined) return false
  runFile(m, file, names, parsed)
  return true
}
