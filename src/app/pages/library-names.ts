import type { Call, Expression, Module, Name, Statement } from '../../syntax/python/ast.ts'
import { isFunction, literalText, walk } from '../../syntax/python/walk.ts'

/** What a template library registers; `open`: also names that cannot be read. */
export interface LibraryNames {
  readonly tags: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
  readonly open: boolean
}

/** The tags and filters that a `templatetags` module registers on its `template.Library()`, and the tags that it reads inside of them. */
export function libraryNames(module: Module): LibraryNames {
  const reading: Reading = {
    tags: new Set(),
    filters: new Set(),
    registers: registersOf(module),
    functions: new Set(functionsOf(module.body)),
    defined: new Set(module.body.flatMap((one) => ('name' in one && 'body' in one ? [one.name as string] : []))),
    open: false,
  }
  if (module.problems.length > 0) reading.open = true
  // What it takes from another module may be that one's whole register.
  if (reading.registers.size === 0) reading.open = true
  readBlock(reading, module.body)
  readInner(reading, module)
  return reading
}

interface Reading {
  readonly tags: Set<string>
  readonly filters: Set<string>
  readonly registers: ReadonlySet<string>
  /** Functions that the module defines: their names are those they are registered under. */
  readonly functions: ReadonlySet<string>
  /** With those that are decorated, and classes. */
  readonly defined: ReadonlySet<string>
  open: boolean
}

function functionsOf(body: readonly Statement[]): string[] {
  return body.flatMap((one): string[] => {
    if (isFunction(one)) return one.decorators.every(keepsName) ? [one.name] : []
    if (one.kind === 'If' || one.kind === 'Try') return [...functionsOf(one.body), ...functionsOf(one.orelse)]
    return []
  })
}

/** Of a function that another decorator wraps the name may be the wrapper's. */
const keepsName = (decorator: Expression): boolean =>
  (decorator.kind === 'Name' && /^(?:stringfilter|keep_lazy_text)$/.test(decorator.id)) ||
  (decorator.kind === 'Call' && keepsName(decorator.func)) ||
  (decorator.kind === 'Attribute' && makers.test(decorator.attr)) ||
  (decorator.kind === 'Attribute' && /^(?:filter|filter_function|stringfilter)$/.test(decorator.attr))

/** `parser.parse(("case", "endswitch"))`: tags that a tag of the library reads itself; one that is not written out may be any. */
function readInner(reading: Reading, module: Module): void {
  walk(module, (node) => {
    if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr !== 'parse') return
    const [until] = node.args
    if (until?.kind !== 'Tuple' && until?.kind !== 'List') {
      reading.open = true
      return
    }
    for (const element of until.elts) {
      if (element.kind === 'Constant' && element.value.type === 'str') reading.tags.add(element.value.value)
      else reading.open = true
    }
  })
}

/** Names bound to a `template.Library()`. */
function registersOf(module: Module): ReadonlySet<string> {
  const found = new Set<string>()
  for (const statement of module.body) {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') continue
    const { func } = statement.value
    const called = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : ''
    if (called !== 'Library') continue
    for (const target of statement.targets) if (target.kind === 'Name') found.add(target.id)
  }
  return found
}

function readBlock(reading: Reading, body: readonly Statement[]): void {
  for (const statement of body) {
    switch (statement.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef': {
        for (const decorator of statement.decorators) readDecorator(reading, decorator, statement.name)
        if (statement.body.some((one) => mentions(reading, one))) reading.open = true
        break
      }
      case 'Expr':
        if (!readCall(reading, statement.value) && mentions(reading, statement)) reading.open = true
        break
      case 'If':
      case 'Try':
        readBlock(reading, statement.body)
        readBlock(reading, statement.orelse)
        if (statement.kind === 'Try') {
          readBlock(reading, statement.finalbody)
          for (const handler of statement.handlers) readBlock(reading, handler.body)
        }
        break
      case 'Assign':
        if (!isRegister(statement.value, reading)) readAssigned(reading, statement.value)
        break
      default:
        if (mentions(reading, statement)) reading.open = true
    }
  }
}

/** `register = template.Library()` itself; `x = register.filter("y", x)` registers. */
function isRegister(value: Expression, { registers }: Reading): boolean {
  return value.kind === 'Call' && !(value.func.kind === 'Attribute' && isName(value.func.value, registers))
}

function readAssigned(reading: Reading, value: Expression): void {
  if (!readCall(reading, value) && mentions(reading, value)) reading.open = true
}

const isName = (node: Expression, names: ReadonlySet<string>): node is Name =>
  node.kind === 'Name' && names.has(node.id)

function mentions(reading: Reading, node: Statement | Expression): boolean {
  let found = false
  walk(node, (one) => {
    if (one.kind === 'Name' && reading.registers.has(one.id)) found = true
  })
  return found
}

/** `@register.filter`, `@register.simple_tag(name="x")` over a function. */
function readDecorator(reading: Reading, decorator: Expression, defined: string): void {
  const call = decorator.kind === 'Call' ? decorator : undefined
  const method = call?.func ?? decorator
  if (method.kind !== 'Attribute' || !isName(method.value, reading.registers)) return
  const first = call === undefined ? undefined : nameGiven(method.attr, call)
  add(reading, method.attr, call === undefined || first === undefined ? nameOf(reading, defined) : first)
}

/** A function that reads a tag may read others inside of it: one of another module is not looked at. */
function isOfModule({ defined }: Pick<Reading, 'defined'>, node: Expression): boolean {
  return node.kind === 'Attribute' ? isOfModule({ defined }, node.value) : node.kind === 'Name' && defined.has(node.id)
}

/** The name of what is registered without one; undefined: it is no function of the module, and may have another (a class has). */
function nameOf({ functions }: Reading, defined: string | undefined): string | undefined {
  return defined !== undefined && functions.has(defined) ? defined : undefined
}

/** `register.filter("x", fn)` and `register.simple_tag(fn)`; false for any other expression. */
function readCall(reading: Reading, value: Expression): boolean {
  if (value.kind !== 'Call') return false
  const { func } = value
  // `register.tag("x")(fn)` and `register.inclusion_tag("x.html")(fn)`
  if (func.kind === 'Call') {
    const [target] = value.args
    if (func.func.kind !== 'Attribute' || !isName(func.func.value, reading.registers)) return false
    add(
      reading,
      func.func.attr,
      nameGiven(func.func.attr, func) ?? nameOf(reading, target?.kind === 'Name' ? target.id : undefined),
    )
    return true
  }
  if (func.kind !== 'Attribute' || !isName(func.value, reading.registers)) return false
  const [first, compile] = value.args
  if (func.attr === 'tag' && compile !== undefined && !isOfModule(reading, compile)) reading.open = true
  const bare = first?.kind === 'Name' ? first.id : undefined
  add(reading, func.attr, nameGiven(func.attr, value) ?? (value.args.length === 1 ? nameOf(reading, bare) : undefined))
  return true
}

/** The name that a registration gives; undefined: that of the function. `''`: one that cannot be read. */
function nameGiven(method: string, call: Call): string | undefined {
  const keyword = call.keywords.find(({ arg }) => arg === 'name')?.value
  const positional = method === 'tag' || method === 'filter' ? call.args[0] : undefined
  const given = keyword ?? (positional?.kind === 'Name' && call.args.length === 1 ? undefined : positional)
  if (call.keywords.some(({ arg }) => arg === undefined)) return ''
  // The names of the other methods stand third or later.
  if (method !== 'tag' && method !== 'filter' && call.args.length > 2) return ''
  if (given === undefined || (given.kind === 'Constant' && given.value.type === 'none')) return undefined
  return literalText(given) ?? ''
}

const makers = /^(?:tag|simple_tag|inclusion_tag|assignment_tag|simple_block_tag|tag_function)$/

function add(reading: Reading, method: string, name: string | undefined): void {
  if (name === undefined || name === '') reading.open = true
  else if (method === 'filter' || method === 'filter_function') reading.filters.add(name)
  else if (makers.test(method)) reading.tags.add(name)
  else reading.open = true
}
