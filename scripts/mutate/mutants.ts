/** Small changes of a source text, each of which a test should notice: read from the syntax tree, written as text. */
import { parseSync } from 'rolldown/utils'

/** One change: the text from `start` to `end` (UTF-16 offsets) becomes `replacement`. Both are whole expressions. */
export interface Mutant {
  file: string
  start: number
  end: number
  replacement: string
  kind: string
  /** The expression begins a statement: without a semicolon before it, a parenthesis would continue the line above. */
  opens: boolean
}

export interface Node {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

/** What a kind of node may become. `text` gives the source of a node. */
type Mutator = (node: Node, text: (node: Node) => string) => Iterable<[kind: string, replacement: string]>

const swapped: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
}

const exchanged: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['min', 'max'],
  ['max', 'min'],
  ['toLowerCase', 'toUpperCase'],
  ['toUpperCase', 'toLowerCase'],
])
const droppable = new Set(['filter', 'sort', 'toSorted', 'reverse', 'slice', 'trim', 'trimEnd', 'trimStart'])

const child = (node: Node, field: string) => node[field] as Node
const children = (node: Node, field: string) => node[field] as (Node | null)[]

/** `left operator right` with another operator, its operands in parentheses: `??` and `&&` do not stand side by side. */
const operators: Mutator = function* (node, text) {
  const [left, right, operator] = [child(node, 'left'), child(node, 'right'), node.operator as string]
  if (operator === '+' && (isText(left) || isText(right))) return
  for (const other of swapped[operator] ?? [])
    yield [`${operator} → ${other}`, `(${text(left)}) ${other} (${text(right)})`]
}

const literal: Mutator = function* (node) {
  const { value } = node
  if (typeof value === 'boolean') yield ['boolean', String(!value)]
  if (typeof value === 'string') yield ['string', value === '' ? "'mutated'" : "''"]
  if (typeof value === 'number') yield ['number', String(value > 10 ? Math.floor(value / 20) : value + 1)]
  const regex = node.regex as { pattern: string; flags: string } | undefined
  if (regex !== undefined) for (const [kind, pattern, flags] of regexes(regex)) yield [kind, `/${pattern}/${flags}`]
}

/** Variants of a regular expression that are regular expressions themselves. */
function* regexes({ pattern, flags }: { pattern: string; flags: string }): Iterable<[string, string, string]> {
  const variants: [string, string, string][] = [
    ['regex without ^', pattern.replace(/^\^/, ''), flags],
    ['regex without $', pattern.replace(/(?<!\\)\$$/, ''), flags],
    ['regex without i', pattern, flags.replace('i', '')],
    ['regex + → *', pattern.replace(/(?<![\\*+?({|])\+/, '*'), flags],
    ['regex * → +', pattern.replace(/(?<![\\*+?({|])\*/, '+'), flags],
    ['regex class negated', pattern.replace(/(?<!\\)\[(\^?)/, (_, not) => (not === '' ? '[^' : '[')), flags],
    ['regex escape negated', pattern.replace(/(?<!\\)\\([dswDSW])/, (_, name) => `\\${flip(name)}`), flags],
  ]
  for (const [kind, changed, changedFlags] of variants) {
    if ((changed !== pattern || changedFlags !== flags) && changed !== '' && isRegex(changed, changedFlags)) {
      yield [kind, changed, changedFlags]
    }
  }
}

const flip = (name: string) => (name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase())

function isRegex(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags)
    return true
  } catch {
    return false
  }
}

/** Every element dropped from a short list, the first and the last from a long one: tables would be most of all mutants. */
function dropping(field: string, [open, close]: string): Mutator {
  return function* (node, text) {
    const all = children(node, field)
    if (all.includes(null)) return
    for (const [at, dropped] of (all as Node[]).entries()) {
      if (all.length > 8 && at > 0 && at < all.length - 1) continue
      const kept = (all as Node[]).filter((one) => one !== dropped).map(text)
      yield [`drops ${text(dropped)}`, `${open}${kept.join(', ')}${close}`]
    }
  }
}

const call: Mutator = function* (node, text) {
  const callee = child(node, 'callee')
  if (callee.type !== 'MemberExpression' || callee.computed === true) return
  const [object, property] = [child(callee, 'object'), child(callee, 'property')]
  const name = text(property)
  const rest = text(node).slice(property.end - node.start)
  const other = exchanged.get(name)
  if (other !== undefined) {
    yield [`${name} → ${other}`, `${text(node).slice(0, property.start - node.start)}${other}${rest}`]
  }
  if (droppable.has(name) && object.type !== 'Super') yield [`no ${name}`, text(object)]
}

const optional: Mutator = function* (node, text) {
  const whole = text(node)
  for (const link of linksOf(child(node, 'expression'))) {
    if (link.optional !== true) continue
    const object = (link.type === 'CallExpression' ? link.callee : link.object) as Node
    const at = object.end - node.start
    const after = whole
      .slice(at)
      .replace(/^(\)*\s*)\?\.(?=[[(])/, '$1')
      .replace(/^(\)*\s*)\?\./, '$1.')
    yield ['?. → .', whole.slice(0, at) + after]
  }
}

function* linksOf(node: Node): Iterable<Node> {
  if (node.type === 'MemberExpression') yield* linksOf(child(node, 'object'))
  if (node.type === 'CallExpression') yield* linksOf(child(node, 'callee'))
  yield node
}

const mutators: Readonly<Record<string, Mutator>> = {
  BinaryExpression: operators,
  LogicalExpression: operators,
  Literal: literal,
  TemplateLiteral: function* () {
    yield ['string', "''"]
  },
  UnaryExpression: function* (node, text) {
    if (node.operator === '!') yield ['no !', text(child(node, 'argument'))]
  },
  ArrayExpression: dropping('elements', '[]'),
  ObjectExpression: dropping('properties', '{}'),
  CallExpression: call,
  ChainExpression: optional,
}

const isText = ({ type, value }: Node) => type === 'TemplateLiteral' || typeof value === 'string'

/** Expressions whose place says what may become of them: conditions, results, calls for their effect. */
function* inPlace(node: Node): Iterable<[target: Node, kind: string, replacement: string]> {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
    yield [child(node, 'test'), 'condition', 'true']
    yield [child(node, 'test'), 'condition', 'false']
  }
  if (node.type === 'WhileStatement') yield [child(node, 'test'), 'condition', 'false']
  if (node.type === 'ReturnStatement' && node.argument !== null && !isUndefined(child(node, 'argument'))) {
    yield [child(node, 'argument'), 'return', 'undefined']
  }
  if (node.type === 'ArrowFunctionExpression' && node.expression === true && !isUndefined(child(node, 'body'))) {
    yield [child(node, 'body'), 'return', 'undefined']
  }
  if (node.type === 'ExpressionStatement') {
    const expression = child(node, 'expression')
    const plain = expression.type === 'AwaitExpression' ? child(expression, 'argument') : expression
    if (plain.type === 'CallExpression' && child(plain, 'callee').type !== 'Super')
      yield [expression, 'no call', 'undefined']
  }
}

const isUndefined = (node: Node) => node.type === 'Identifier' && node.name === 'undefined'

/** Fields that hold no expression of their own: names, types, where modules come from. */
function skipped(parent: Node, field: string, node: Node): boolean {
  if (/^(Import|ExportAll)/.test(node.type) || node.type === 'TaggedTemplateExpression') return true
  const types = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']
  if (node.type.startsWith('TS') && !types.includes(node.type)) return true
  if (field === 'source' || field === 'directive') return true
  return field === 'key' && parent.computed !== true
}

/** Fields that lead along a chain. Another one's `expression` is no link, but then nothing is being followed. */
const links = ['object', 'callee', 'expression']

/** Every mutant of a TypeScript source, in the order of the text. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const text = (node: Node) => source.slice(node.start, node.end)
  const found: Mutant[] = []
  const opening = new Set<number>()

  /** `chain`: the whole of `a?.b().c` when `target` is a link of it, which cannot stand in parentheses by itself. */
  const add = (target: Node, kind: string, replacement: string, chain: Node | undefined) => {
    if (replacement === text(target)) return
    const { start, end } = chain ?? target
    const whole = source.slice(start, target.start) + replacement + source.slice(target.end, end)
    found.push({ file, start, end, replacement: whole, kind, opens: opening.has(start) })
  }

  const visit = (node: Node, chain: Node | undefined) => {
    if (['Program', 'BlockStatement', 'SwitchCase'].includes(node.type)) {
      const statements = children(node, node.type === 'SwitchCase' ? 'consequent' : 'body') as Node[]
      for (const one of statements) if (one.type === 'ExpressionStatement') opening.add(one.start)
    }
    for (const [target, kind, replacement] of inPlace(node)) add(target, kind, replacement, undefined)
    for (const [kind, replacement] of mutators[node.type]?.(node, text) ?? []) add(node, kind, replacement, chain)
    const inside = node.type === 'ChainExpression' ? node : chain
    for (const [field, value] of Object.entries(node)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (isNode(one) && !skipped(node, field, one)) visit(one, links.includes(field) ? inside : undefined)
      }
    }
  }
  visit(program as unknown as Node, undefined)
  return found.sort((a, b) => a.start - b.start || b.end - a.end)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
