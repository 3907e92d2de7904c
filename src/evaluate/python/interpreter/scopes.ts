import type { Expression, FunctionDef, Lambda, Pattern, Statement } from '../../../syntax/python/ast.ts'

/** What a block binds or changes, found without running it. Remembered per block, since blocks are run many times. */
export interface Effects {
  /** Names bound by assignments, imports, definitions, loops, handlers, `del`. */
  readonly bound: ReadonlySet<string>
  /** Names whose value is changed in place: `x[…] = …`, `x.append(…)`, `x.y = …`. */
  readonly changed: ReadonlySet<string>
  readonly yields: boolean
  /** It may bind names that it does not mention: a star-import, a function that is called for what it does. */
  readonly wide: boolean
  /** Names declared `global` or `nonlocal`. */
  readonly outer: ReadonlySet<string>
}

interface Collector {
  readonly bound: Set<string>
  readonly changed: Set<string>
  readonly outer: Set<string>
  yields: boolean
  wide: boolean
}

const remembered = new WeakMap<object, Effects>()
const mutators = new Set([
  'append', 'extend', 'insert', 'remove', 'pop', 'clear', 'sort', 'reverse', 'update', 'setdefault', 'popitem', 'add',
  'discard', 'read_env', 'settings',
]) // biome-ignore format: a list of words

export function effectsOf(block: readonly Statement[]): Effects {
  const known = remembered.get(block)
  if (known !== undefined) return known
  const out: Collector = { bound: new Set(), changed: new Set(), outer: new Set(), yields: false, wide: false }
  collect(block, out)
  remembered.set(block, out)
  return out
}

/** Names local to a function: its parameters and what its body binds, without `global` and `nonlocal`. */
export function isLocal(node: FunctionDef | Lambda, name: string): boolean {
  if (node.kind === 'Lambda') return false
  const { posonly, args, vararg, kwonly, kwarg } = node.args
  if ([...posonly, ...args, vararg, ...kwonly, kwarg].some((one) => one?.name === name)) return true
  const effects = effectsOf(node.body)
  return effects.bound.has(name) && !effects.outer.has(name)
}

export function isGenerator(node: FunctionDef | Lambda): boolean {
  return node.kind !== 'Lambda' && effectsOf(node.body).yields
}

function collect(block: readonly Statement[], out: Collector): void {
  for (const statement of block) collectStatement(statement, out)
}

function collectStatement(s: Statement, out: Collector): void {
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      out.bound.add(s.name)
      return
    case 'Import':
      for (const alias of s.names) out.bound.add(alias.asname ?? (alias.name.split('.')[0] as string))
      return
    case 'ImportFrom':
      for (const alias of s.names) {
        if (alias.name === '*') out.wide = true
        else out.bound.add(alias.asname ?? alias.name)
      }
      return
    case 'Global':
    case 'Nonlocal':
      for (const name of s.names) out.outer.add(name)
      return
    case 'Assign':
      for (const target of s.targets) collectTarget(target, out)
      collectExpression(s.value, out)
      return
    case 'AugAssign':
      collectTarget(s.target, out)
      if (s.target.kind === 'Name') out.changed.add(s.target.id)
      collectExpression(s.value, out)
      return
    case 'AnnAssign':
      collectTarget(s.target, out)
      collectExpression(s.value, out)
      return
    case 'TypeAlias':
      out.bound.add(s.name.id)
      return
    case 'Delete':
      for (const target of s.targets) collectTarget(target, out)
      return
    case 'For':
    case 'AsyncFor':
      collectTarget(s.target, out)
      collectExpression(s.iter, out)
      collect(s.body, out)
      collect(s.orelse, out)
      return
    case 'While':
    case 'If':
      collectExpression(s.test, out)
      collect(s.body, out)
      collect(s.orelse, out)
      return
    case 'With':
    case 'AsyncWith':
      for (const item of s.items) {
        collectExpression(item.context, out)
        if (item.vars !== undefined) collectTarget(item.vars, out)
      }
      collect(s.body, out)
      return
    case 'Match':
      collectExpression(s.subject, out)
      for (const c of s.cases) {
        collectPattern(c.pattern, out)
        collectExpression(c.guard, out)
        collect(c.body, out)
      }
      return
    case 'Try':
      collect(s.body, out)
      for (const handler of s.handlers) {
        if (handler.name !== undefined) out.bound.add(handler.name)
        collect(handler.body, out)
      }
      collect(s.orelse, out)
      collect(s.finalbody, out)
      return
    case 'Expr':
      if (s.value.kind === 'Call' && s.value.func.kind === 'Name' && s.value.func.id !== 'print') out.wide = true
      collectExpression(s.value, out)
      return
    case 'Return':
      collectExpression(s.value, out)
      return
    case 'Raise':
      collectExpression(s.exc, out)
      return
    case 'Assert':
      collectExpression(s.test, out)
      return
    default:
      return
  }
}

function collectTarget(target: Expression, out: Collector): void {
  switch (target.kind) {
    case 'Name':
      out.bound.add(target.id)
      return
    case 'Tuple':
    case 'List':
      for (const item of target.elts) collectTarget(item, out)
      return
    case 'Starred':
      collectTarget(target.value, out)
      return
    case 'Attribute':
    case 'Subscript': {
      const root = rootName(target)
      if (root !== undefined) out.changed.add(root)
      return
    }
    default:
      return
  }
}

/** The name an attribute or subscript chain starts from. */
function rootName(expression: Expression): string | undefined {
  let node = expression
  while (node.kind === 'Attribute' || node.kind === 'Subscript' || node.kind === 'Call') {
    node = node.kind === 'Call' ? node.func : node.value
  }
  return node.kind === 'Name' ? node.id : undefined
}

function collectPattern(pattern: Pattern, out: Collector): void {
  switch (pattern.kind) {
    case 'MatchAs':
      if (pattern.name !== undefined) out.bound.add(pattern.name)
      if (pattern.pattern !== undefined) collectPattern(pattern.pattern, out)
      return
    case 'MatchStar':
      if (pattern.name !== undefined) out.bound.add(pattern.name)
      return
    case 'MatchMapping':
      if (pattern.rest !== undefined) out.bound.add(pattern.rest)
      for (const p of pattern.patterns) collectPattern(p, out)
      return
    case 'MatchSequence':
    case 'MatchOr':
      for (const p of pattern.patterns) collectPattern(p, out)
      return
    case 'MatchClass':
      for (const p of pattern.patterns) collectPattern(p, out)
      for (const p of pattern.kwdPatterns) collectPattern(p, out)
      return
    default:
      return
  }
}

/** Walruses, yields and calls of mutating methods inside an expression; nested functions are their own scope. */
function collectExpression(expression: Expression | undefined, out: Collector): void {
  const pending: unknown[] = [expression]
  while (pending.length > 0) {
    const node = pending.pop()
    if (Array.isArray(node)) {
      for (const item of node) pending.push(item)
      continue
    }
    if (typeof node !== 'object' || node === null) continue
    const { kind } = node as { readonly kind?: string }
    if (kind === 'Lambda' || kind === 'Constant' || kind === 'Name') continue
    if (kind === 'Yield' || kind === 'YieldFrom') out.yields = true
    else if (kind === 'NamedExpr') out.bound.add((node as { readonly target: { readonly id: string } }).target.id)
    else if (kind === 'Call') collectMutation((node as { readonly func: Expression }).func, out)
    for (const key in node) {
      const child = (node as Record<string, unknown>)[key]
      if (typeof child === 'object' && child !== null) pending.push(child)
    }
  }
}

function collectMutation(func: Expression, out: Collector): void {
  if (func.kind !== 'Attribute' || !mutators.has(func.attr)) return
  const root = rootName(func.value)
  if (root !== undefined) out.changed.add(root)
}
