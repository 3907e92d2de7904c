import type { ClassDef, Expression } from '../../../syntax/python/ast.ts'
import { none, text, tuple } from '../constructors.ts'
import { same } from '../equality.ts'
import { classOf, type NativeClass, native, object } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { repr } from '../repr.ts'
import type { Binding, CallArguments, ClassValue, InstanceValue, ObjectValue, Value } from '../value.ts'
import { callMethodNamed, findInClass, findMethod, nativeName } from './attributes.ts'
import { callValue, isException } from './calls.ts'
import { descriptorOf } from './descriptors.ts'
import { evaluate } from './expressions.ts'
import { withTypes } from './functions.ts'
import { describe } from './iteration.ts'
import {
  activate,
  type Bound,
  here,
  limits,
  type Machine,
  newFrame,
  type PythonFrame,
  place,
  standAt,
} from './machine.ts'
import { mro, refusedBases } from './mro.ts'
import { storeName } from './names.ts'
import { raise } from './raising.ts'
import { runBlock } from './statements.ts'
import { isOpaque } from './types.ts'

/** A metaclass may order the bases in its own way. */
function refuseBases(m: Machine, node: ClassDef, bases: readonly Value[], keywords: ReadonlyMap<string, Value>): void {
  const refused = bases.length > 1 && keywords.size === 0 ? refusedBases(bases) : undefined
  if (refused === undefined) return
  standAt(m, node.nameSpan)
  raise(m, 'TypeError', `Cannot create a consistent method resolution order (MRO) for bases ${refused}`)
}

export function defineClass(m: Machine, node: ClassDef): void {
  const decorators = node.decorators.map((decorator) => evaluate(m, decorator))
  const { frame: outer } = m.activation
  const types = withTypes(m, node, outer.kind === 'module' ? undefined : outer)
  const bases: Value[] = []
  const keywords = new Map<string, Value>()
  const evaluateBases = (): void => {
    for (const base of node.bases) {
      if (base.kind === 'Starred') bases.push(...m.iterate(evaluate(m, base.value)).items)
      else bases.push(evaluate(m, base))
    }
    for (const keyword of node.keywords) {
      const value = evaluate(m, keyword.value)
      if (keyword.arg !== undefined) keywords.set(keyword.arg, value)
    }
  }
  if (node.typeParams.length === 0 || types === undefined) evaluateBases()
  else activate(m, { frame: types }, evaluateBases)
  const attributes = new Map<string, Bound>()
  const frame = newFrame('class', outer.module, attributes, types)
  const at = place(m, node.nameSpan)
  storeInto(attributes, '__module__', text(outer.module.name, at))
  storeInto(attributes, '__qualname__', text(node.name, at))
  activate(m, { frame }, () => runBlock(m, node.body))
  refuseBases(m, node, bases, keywords)
  const made: ClassValue = {
    type: 'class', name: node.name, node, module: outer.module, bases, keywords, decorators, attributes, at,
  } // biome-ignore format: one class
  for (const { value } of attributes.values()) adopt(value, made)
  if (isEnum(made)) makeMembers(m, made)
  else if (mro(made).some((base) => choices.test(nameOf(base)))) makeChoices(m, made)
  recordClass(m, made)
  greetSubclass(m, made)
  let value: Value = made
  for (let i = decorators.length - 1; i >= 0; i--) {
    const decorator = decorators[i] as Value
    standAt(m, node.decorators[i] as Expression)
    const result = callValue(m, decorator, { positional: [value], keywords: new Map(), open: false })
    // Class decorators of packages register the class and return it, nearly always.
    if (result.type !== 'call' && result.type !== 'unknown') value = result
  }
  storeName(m, node.name, value, node.nameSpan)
}

/** `__init_subclass__` of the nearest base that has one. */
function greetSubclass(m: Machine, type: ClassValue): void {
  for (const base of mro(type).slice(1)) {
    const found = base.type === 'class' ? base.attributes.get('__init_subclass__')?.value : undefined
    const hook = found === undefined ? undefined : (descriptorOf(found)?.get ?? found)
    if (hook?.type !== 'function') continue
    const keywords = new Map([...type.keywords].filter(([name]) => name !== 'metaclass'))
    callValue(m, hook, { positional: [type], keywords, open: false })
    return
  }
}

function storeInto(names: Map<string, Bound>, name: string, value: Value): void {
  names.set(name, { value, at: value.at })
}

/** Functions of the body learn which class holds them, for `super()`. */
function adopt(value: Value, owner: ClassValue): void {
  if (value.type === 'function') {
    if (value.owner === undefined) value.owner = owner
    return
  }
  const descriptor = descriptorOf(value)
  if (descriptor?.get !== undefined) adopt(descriptor.get, owner)
  if (descriptor?.set !== undefined) adopt(descriptor.set, owner)
}

function recordClass(m: Machine, type: ClassValue): void {
  if (m.events.length >= limits.events) return
  const bases = new Set<string>()
  for (const base of mro(type)) {
    if (base.type === 'external') bases.add(base.path)
    else if (base.type === 'call') bases.add(describe(base))
    else if (base.type === 'native') bases.add(base.name)
  }
  const name = `${type.module.name}.${type.name}`
  m.events.push({ type: 'class', name, bases: [...bases], at: type.at, chain: m.activation.chain })
}

/** The nearest base of a class that a model describes. */
function nativeBase(type: ClassValue): NativeClass | undefined {
  for (const base of mro(type)) if (base.type === 'native') return classOf(base)
  return undefined
}

function isEnum(type: ClassValue, kind = /^enum\.\w*(Enum|Flag)$/): boolean {
  return type.bases.some(
    (base) =>
      ((base.type === 'external' || base.type === 'native') && kind.test(nameOf(base))) ||
      (base.type === 'class' && isEnum(base, kind)),
  )
}

/** Django's enumerations. */
const choices = /^django\.db\.models\.(?:enums\.)?(?:Text|Integer)?Choices$/

/** A member that is written as a value and its label is neither of them, nor the pair. */
function makeChoices(m: Machine, type: ClassValue): void {
  for (const [name, bound] of [...type.attributes] as [string, Bound][])
    if (bound.value.type === 'tuple')
      type.attributes.set(name, { ...bound, value: m.unknown(notModelled(`${type.name}.${name}`)) })
}

function nameOf(base: Value): string {
  return base.type === 'external' ? base.path : base.type === 'native' ? base.name : ''
}

/** Members of an enumeration become instances with `name` and `value`. */
function makeMembers(m: Machine, type: ClassValue): void {
  let automatic = 0
  const members: InstanceValue[] = []
  for (const [name, bound] of [...type.attributes] as [string, Bound][]) {
    if (name.startsWith('_') || bound.value.type === 'function' || descriptorOf(bound.value) !== undefined) continue
    let { value } = bound
    if (value.type === 'call' && describe(value) === 'enum.auto()') {
      automatic++
      value = { type: 'int', value: BigInt(automatic), at: bound.at }
    }
    const earlier = members.find((one) => same(one.attributes.get('_value_')?.value ?? one, value) === true)
    if (earlier !== undefined) {
      // Another name for the same member.
      type.attributes.set(name, { ...bound, value: earlier })
      continue
    }
    const attributes = new Map<string, Binding>([
      ['name', { value: text(name, bound.at), at: bound.at }],
      ['value', { value, at: bound.at }],
      ['_value_', { value, at: bound.at }],
    ])
    const args: CallArguments = { positional: [value], keywords: new Map(), open: false }
    const member: InstanceValue = { type: 'instance', class: type, args, attributes, at: bound.at }
    members.push(member)
    type.attributes.set(name, { ...bound, value: member })
    const init = findMethod(member, '__init__')
    if (init !== undefined)
      callMethodNamed(m, member, init, value.type === 'tuple' ? { ...args, positional: value.items } : args)
  }
}

export function instantiate(m: Machine, type: ClassValue, args: CallArguments): Value {
  if (isEnum(type) && args.positional.length === 1) return findMember(m, type, args.positional[0] as Value)
  const at = here(m)
  const blank: InstanceValue = { type: 'instance', class: type, args, attributes: new Map(), at }
  const maker = isEnum(type) ? undefined : findMethod(blank, '__new__')
  const self = maker === undefined ? blank : makeInstance(m, type, maker, args)
  // What `__new__` gives need not be an instance, and is not initialised then.
  if (self.type !== 'instance' || self.class !== type) return self
  const model = nativeBase(type)
  if (model?.initialise !== undefined) return model.initialise(m, self, args) ?? self
  if (model !== undefined && isException(model)) setArgs(self, args)
  else if (model?.construct !== undefined) {
    const init = findMethod(self, '__init__')
    // With an own `__init__`, what the base is built from is decided by its `super().__init__(…)`.
    if (init === undefined) {
      const made = model.construct(m, args)
      // A model that declines to say what its objects hold says so for those of subclasses too.
      if (made.type === 'unknown') return made
      adoptNative(self, made)
    }
  }
  const init = findMethod(self, '__init__')
  if (init !== undefined) callMethodNamed(m, self, init, args)
  else fillFields(m, self, args)
  return self
}

/** What the `__new__` of a class gives. */
function makeInstance(m: Machine, type: ClassValue, maker: Value, args: CallArguments): Value {
  const fn = descriptorOf(maker)?.get ?? maker
  return callValue(m, fn, { ...args, positional: [type, ...args.positional] })
}

/** `object.__new__(cls)`, which `super().__new__(cls)` leads to. */
export const objectNew: Value = native('object.__new__', (run, args) => {
  const [type] = args.positional
  if (type?.type !== 'class') return run.unknown(notModelled('__new__'))
  return { type: 'instance', class: type, args, attributes: new Map(), at: run.at }
})

function adoptNative(self: InstanceValue, made: Value): void {
  if (made.type === 'object') self.attributes.set(nativeName, { value: made, at: made.at })
}

function setArgs(self: InstanceValue, args: CallArguments): void {
  self.attributes.set('args', { value: tuple(args.positional, self.at), at: self.at })
}

function findMember(m: Machine, type: ClassValue, value: Value): Value {
  let open = false
  for (const { value: member } of type.attributes.values()) {
    if (member.type !== 'instance' || member.class !== type) continue
    const own = member.attributes.get('value')?.value
    const answer = own === undefined ? false : member === value ? true : same(own, value)
    if (answer === true) return member
    if (answer === undefined) open = true
  }
  // Flags have members for what several make together, and a class may make more of its own.
  const makes =
    isEnum(type, /^enum\.\w*Flag$/) ||
    mro(type).some((base) => base.type === 'class' && base.attributes.has('_missing_'))
  if (open || makes || isOpaque(value)) {
    return m.unknown({ en: `the member of ${type.name} is not known`, fr: `le membre de ${type.name} n’est pas connu` })
  }
  return raise(m, 'ValueError', `${repr(value)} is not a valid ${type.name}`)
}

interface Field {
  readonly name: string
  /** What the class binds to it. */
  readonly value: Value | undefined
}

/** Fields of a dataclass or named tuple, from the annotations of the class and its bases; undefined when it is none. */
export function fieldsOf(type: ClassValue): Field[] | undefined {
  const classes = mro(type).filter((base): base is ClassValue => base.type === 'class')
  if (!classes.some(isRecord)) return undefined
  return [...classes].reverse().flatMap((base) =>
    base.node.body.flatMap((statement) => {
      if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') return []
      const name = statement.target.id
      return [{ name, value: base.attributes.get(name)?.value }]
    }),
  )
}

function fillFields(m: Machine, self: InstanceValue, args: CallArguments): void {
  const fields = fieldsOf(self.class)
  if (fields === undefined) return
  let next = 0
  for (const field of fields) {
    const given = args.keywords.get(field.name) ?? args.positional[next]
    if (!args.keywords.has(field.name)) next++
    const value = given ?? fieldDefault(m, field.value)
    if (value !== undefined) self.attributes.set(field.name, { value, at: value.at })
  }
  const post = findMethod(self, '__post_init__')
  if (post !== undefined) callMethodNamed(m, self, post, { positional: [], keywords: new Map(), open: false })
}

function isRecord(type: ClassValue): boolean {
  const names = [...type.decorators.map(describe), ...type.bases.map(describe)]
  return names.some((name) => /^(dataclasses\.dataclass(\(\))?|typing\.NamedTuple)$/.test(name))
}

function fieldDefault(m: Machine, value: Value | undefined): Value | undefined {
  if (value?.type !== 'call' || describe(value) !== 'dataclasses.field()') return value
  const factory = value.args.keywords.get('default_factory')
  if (factory !== undefined) return callValue(m, factory, { positional: [], keywords: new Map(), open: false })
  return value.args.keywords.get('default')
}

interface SuperState {
  readonly owner: ClassValue
  readonly self: Value
}

const superModel: NativeClass = {
  class: 'super',
  bases: [],
  get: (run, value, name) => {
    const m = run as Machine
    const { owner, self } = value.state as SuperState
    const instance = self.type === 'instance' ? self : undefined
    const type = instance?.class ?? (self.type === 'class' ? self : owner)
    if (name === '__init__' && instance !== undefined) {
      const inherited = parentInit(type, owner)
      if (inherited === undefined) return native('object.__init__', (_, args) => initNative(m, instance, args))
    }
    if (name === '__new__') return findMaker(type, owner) ?? objectNew
    return findInClass(m, type, name, instance, owner) ?? native(`object.${name}`, () => none(here(m)))
  },
}

function findMaker(type: ClassValue, owner: ClassValue): Value | undefined {
  const order = mro(type)
  for (const base of order.slice(order.indexOf(owner) + 1)) {
    const found = base.type === 'class' ? base.attributes.get('__new__')?.value : undefined
    if (found !== undefined) return descriptorOf(found)?.get ?? found
    if (base.type === 'external' || base.type === 'unknown' || base.type === 'call') return base
  }
  return undefined
}

function parentInit(type: ClassValue, owner: ClassValue): Value | undefined {
  const order = mro(type)
  for (const base of order.slice(order.indexOf(owner) + 1)) {
    const found = base.type === 'class' ? base.attributes.get('__init__')?.value : undefined
    if (found !== undefined) return found
    if (base.type === 'external') return base
  }
  return undefined
}

function initNative(m: Machine, self: InstanceValue, args: CallArguments): Value {
  const model = nativeBase(self.class)
  if (model !== undefined && isException(model)) setArgs(self, args)
  else if (model?.construct !== undefined) adoptNative(self, model.construct(m, args))
  return none(here(m))
}

/** `super()` and `super(Class, self)`. */
export function makeSuper(m: Machine, args: CallArguments): Value {
  const [type, given] = args.positional
  const owner = type?.type === 'class' ? type : owningFrame(m.activation.frame)?.owner
  const self = given ?? owningFrame(m.activation.frame)?.self
  if (owner === undefined || self === undefined) {
    return m.unknown({ en: '`super()` outside a method', fr: '`super()` hors d’une méthode' })
  }
  const state: SuperState = { owner, self }
  const made: ObjectValue = object(superModel, state, here(m))
  return made
}

function owningFrame(frame: PythonFrame | undefined): PythonFrame | undefined {
  let found = frame
  while (found !== undefined && found.owner === undefined) found = found.parent
  return found
}
