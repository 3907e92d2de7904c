import type {
  ClassExpression,
  Expression,
  FunctionExpression,
  Script,
  Statement,
  VariableDeclaration,
} from '../../syntax/javascript/ast.ts'
import { childrenOf, partsOf } from '../../syntax/javascript/walk.ts'
import { casesOf, guardAfter } from './guards.ts'
import {
  type Chain,
  type FunctionInfo,
  type Guard,
  lookup,
  memberKey,
  type Scope,
  type Scopes,
  type ScopeVariable,
  type ScriptContext,
  type Site,
  type Write,
} from './scopes.ts'

interface Reader {
  readonly root: Scope
  readonly members: Map<string, ScopeVariable>
  readonly sites: Site[]
  readonly functions: Map<FunctionExpression, FunctionInfo>
  readonly classes: Map<ClassExpression, ScriptContext>
  readonly exports: Map<string, Write>
  readonly reexports: { module: string; imported: string; exported: string }[]
}

/** Reads scripts that share one global scope. */
export function readScopes(scripts: readonly Script[]): Scopes {
  const root: Scope = { id: 'root', parent: undefined, variables: new Map(), hoists: true, declared: new Set() }
  const r: Reader = {
    root,
    members: new Map(),
    sites: [],
    functions: new Map(),
    classes: new Map(),
    exports: new Map(),
    reexports: [],
  }
  const program: ScriptContext = { scope: root, function: undefined, class: undefined, guards: [], position: 0 }
  for (const script of scripts) hoist(script.body, root)
  for (const script of scripts) statements(r, script.body, program)
  return r
}

function bind(
  scope: Scope,
  name: string,
  kind: ScopeVariable['kind'],
  extra: Partial<ScopeVariable> = {},
): ScopeVariable {
  const known = scope.variables.get(name)
  if (known !== undefined) return known
  const made: ScopeVariable = {
    id: scope.id,
    name,
    kind,
    writes: [],
    source: undefined,
    parameter: undefined,
    ...extra,
  }
  scope.variables.set(name, made)
  if (kind !== 'global') scope.declared.add(name)
  return made
}

function declareTarget(target: Expression, scope: Scope, kind: ScopeVariable['kind']): void {
  for (const name of namesOf(target)) bind(scope, name, kind)
}

/** Declares what a function's (or the program's) body binds in its own scope: `var` from every depth, the rest from the top. */
function hoist(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) {
    hoistOne(statement, scope, () => true)
    for (const inner of innerStatements(statement)) hoistVars(inner, scope)
  }
}

function hoistVars(statement: Statement, scope: Scope): void {
  if (statement.kind === 'VariableDeclaration') hoistOne(statement, scope, (one) => one.how === 'var')
  else for (const inner of innerStatements(statement)) hoistVars(inner, scope)
}

function hoistOne(statement: Statement, scope: Scope, takes: (declaration: VariableDeclaration) => boolean): void {
  if (statement.kind === 'VariableDeclaration' && takes(statement)) {
    for (const one of statement.declarators) declareTarget(one.target, scope, 'variable')
  } else if (statement.kind === 'FunctionStatement') bind(scope, statement.name, 'function')
  else if (statement.kind === 'ClassStatement') bind(scope, statement.name, 'class')
  else if (statement.kind === 'Export' && statement.declaration !== undefined)
    hoistOne(statement.declaration, scope, takes)
  else if (statement.kind === 'Import') {
    for (const { local, imported } of statement.names)
      bind(scope, local, 'import', { source: { module: statement.source, name: imported } })
  }
}

function innerStatements(statement: Statement): readonly Statement[] {
  return statement.kind === 'Export'
    ? []
    : partsOf(statement).flatMap((part) => ('statement' in part ? [part.statement] : []))
}

function statements(r: Reader, body: readonly Statement[], context: ScriptContext): void {
  let here = context
  for (const statement of body) {
    visitStatement(r, statement, { ...here, position: statement.start })
    const passed = guardAfter(statement)
    if (passed !== undefined) here = { ...here, guards: [...here.guards, passed] }
  }
}

function block(r: Reader, body: readonly Statement[], context: ScriptContext): void {
  const id = `block@${body[0]?.start ?? context.position}`
  const scope = innerScope(id, context.scope, false)
  for (const statement of body) hoistOne(statement, scope, (one) => one.how !== 'var')
  statements(r, body, { ...context, scope })
}

function visitStatement(r: Reader, statement: Statement, context: ScriptContext): void {
  switch (statement.kind) {
    case 'VariableDeclaration':
      for (const { target, init } of statement.declarators) {
        if (init === undefined) continue
        write(r, target, init, '=', context)
        expression(r, init, context, undefined, target)
      }
      break
    case 'FunctionStatement':
      addWrite(bind(context.scope, statement.name, 'function'), statement.function, '=', context)
      expression(r, statement.function, context, undefined)
      break
    case 'ClassStatement':
      addWrite(bind(context.scope, statement.name, 'class'), statement.class, '=', context)
      expression(r, statement.class, context, undefined)
      break
    case 'If': {
      expression(r, statement.test, context, undefined)
      const guard = (holds: boolean): Guard => ({ test: statement.test, equals: undefined, holds })
      visitStatement(r, statement.then, { ...context, guards: [...context.guards, guard(true)] })
      if (statement.otherwise !== undefined)
        visitStatement(r, statement.otherwise, { ...context, guards: [...context.guards, guard(false)] })
      break
    }
    case 'Block':
      block(r, statement.body, context)
      break
    case 'ExpressionStatement':
      expression(r, statement.expression, context, undefined)
      break
    case 'Return':
      if (statement.value === undefined) break
      if (!statement.throws && context.function !== undefined) {
        r.functions.get(context.function)?.returns.push({ value: statement.value, op: '=', context })
      }
      expression(r, statement.value, context, undefined, undefined, !statement.throws)
      break
    case 'Loop': {
      const id = `loop@${statement.start}`
      const scope = innerScope(id, context.scope, false)
      for (const head of statement.head) hoistOne(head, scope, (one) => one.how !== 'var')
      for (const head of statement.head) {
        if (head.kind === 'VariableDeclaration')
          for (const { target, init } of head.declarators) {
            write(r, target, undefined, 'each', { ...context, scope })
            if (init !== undefined) expression(r, init, { ...context, scope }, undefined)
          }
        else visitStatement(r, head, { ...context, scope })
      }
      visitStatement(r, statement.body, { ...context, scope, repeated: true })
      break
    }
    case 'Try': {
      const { block: tried, handler, finalizer } = statement
      block(r, tried.body, context)
      if (handler !== undefined) block(r, handler.body, { ...context, caught: handler.start })
      if (finalizer !== undefined) block(r, finalizer.body, context)
      break
    }
    case 'Switch':
      expression(r, statement.subject, context, undefined)
      for (const { body, guard } of casesOf(statement)) {
        block(r, body, { ...context, guards: guard === undefined ? context.guards : [...context.guards, guard] })
      }
      break
    case 'Export':
      visitExport(r, statement, context)
      break
    default:
  }
}

function visitExport(r: Reader, statement: Extract<Statement, { kind: 'Export' }>, context: ScriptContext): void {
  if (statement.declaration !== undefined) {
    visitStatement(r, statement.declaration, context)
    for (const name of declaredNames(statement.declaration)) r.exports.set(name, byName(name, statement.start, context))
  }
  if (statement.default !== undefined) {
    r.exports.set('default', { value: statement.default, op: '=', context })
    const named =
      statement.default.kind === 'Function' || statement.default.kind === 'Class' ? statement.default.name : undefined
    if (named !== undefined) addWrite(bind(context.scope, named, 'function'), statement.default, '=', context)
    expression(r, statement.default, context, undefined, undefined, true)
  }
  for (const { local, exported } of statement.names) {
    if (statement.source === undefined) r.exports.set(exported, byName(local, Number.MAX_SAFE_INTEGER, context))
    else r.reexports.push({ module: statement.source, imported: local, exported })
  }
}

function byName(name: string, position: number, context: ScriptContext): Write {
  return {
    value: { kind: 'Identifier', name, start: position, end: position },
    op: '=',
    context: { ...context, position: Number.MAX_SAFE_INTEGER },
  }
}

function addWrite(variable: ScopeVariable, value: Expression | undefined, op: string, context: ScriptContext): void {
  variable.writes.push({ value, op, context: value === undefined ? context : { ...context, position: value.start } })
}

function write(r: Reader, target: Expression, value: Expression | undefined, op: string, context: ScriptContext): void {
  if (target.kind === 'Identifier') {
    const variable = lookup(context.scope, target.name) ?? bind(r.root, target.name, 'global')
    addWrite(variable, value, op, context)
  } else if (target.kind === 'Member') {
    const key = memberKey(target, context)
    if (key === undefined) return
    let variable = r.members.get(key)
    if (variable === undefined) {
      variable = { id: 'member', name: key, kind: 'member', writes: [], source: undefined, parameter: undefined }
      r.members.set(key, variable)
    }
    addWrite(variable, value, op, context)
    if (key.startsWith('window.')) addWrite(bind(r.root, key.slice(7), 'global'), value, op, context)
  } else if (target.kind === 'Object') {
    for (const property of target.properties) {
      const part: Expression | undefined =
        value === undefined || property.key === undefined
          ? undefined
          : { kind: 'Member', object: value, name: property.key, key: undefined, start: value.start, end: value.end }
      if (property.value.kind === 'Assignment') write(r, property.value.target, part, op, context)
      else write(r, property.value, part, op, context)
    }
  } else if (target.kind === 'Array') writeElements(r, target.elements, value, context)
  else if (target.kind === 'Assignment') write(r, target.target, value, op, context)
}

/** `const [state, setState] = useState(initial)` and `const [scheme] = text.split(':')` say what their elements are. */
function writeElements(
  r: Reader,
  elements: readonly Expression[],
  value: Expression | undefined,
  context: ScriptContext,
): void {
  const initial =
    value?.kind === 'Call' && /(?:^|\.)useState$/.test(memberKey(value.callee, context) ?? '')
      ? value.args[0]
      : undefined
  const pieces = value?.kind === 'Call' && value.callee.kind === 'Member' && value.callee.name === 'split'
  elements.forEach((element, index) => {
    if (pieces) {
      const { start, end } = value
      const key: Expression = { kind: 'Number', text: String(index), start, end }
      write(r, element, { kind: 'Member', object: value, name: undefined, key, start, end }, '=', context)
      return
    }
    // With a setter beside it the state changes, nobody knows to what.
    if (index === 0 && initial !== undefined && elements.length === 1) write(r, element, initial, '=', context)
    else write(r, element, undefined, 'element', context)
  })
}

function expression(
  r: Reader,
  node: Expression,
  context: ScriptContext,
  around: Chain | undefined,
  assigned?: Expression,
  returned = false,
): void {
  const here: ScriptContext = { ...context, position: node.start }
  const chain: Chain = { node, parent: around }
  switch (node.kind) {
    case 'Function':
      visitFunction(r, node, here, around)
      return
    case 'Class':
      visitClass(r, node, here, chain)
      return
    case 'Assignment':
      write(r, node.target, node.value, node.op, here)
      expression(r, node.target, here, chain)
      expression(r, node.value, here, chain, node.op === '=' ? node.target : undefined, returned)
      return
    case 'Conditional': {
      expression(r, node.test, here, chain)
      const guard = (holds: boolean): Guard => ({ test: node.test, equals: undefined, holds })
      expression(r, node.then, { ...here, guards: [...here.guards, guard(true)] }, chain, assigned, returned)
      expression(r, node.otherwise, { ...here, guards: [...here.guards, guard(false)] }, chain, assigned, returned)
      return
    }
    case 'Binary':
      expression(r, node.left, here, chain, node.op === '||' || node.op === '??' ? assigned : undefined, returned)
      if (node.op === '&&' || node.op === '||') {
        const guard: Guard = { test: node.left, equals: undefined, holds: node.op === '&&' }
        expression(r, node.right, { ...here, guards: [...here.guards, guard] }, chain, assigned, returned)
      } else expression(r, node.right, here, chain, node.op === '??' ? assigned : undefined, returned)
      return
    case 'Unary':
      if (node.op === '++' || node.op === '--') write(r, node.operand, undefined, node.op, here)
      expression(r, node.operand, here, chain, node.op === 'await' ? assigned : undefined, returned)
      return
    case 'Call':
    case 'New':
      r.sites.push({ node, context: here, around, assigned, returned })
      break
    default:
  }
  for (const child of childrenOf(node)) expression(r, child, here, chain)
}

function innerScope(id: string, parent: Scope, hoists: boolean): Scope {
  return { id, parent, variables: new Map(), hoists, declared: parent.declared }
}

function visitFunction(r: Reader, node: FunctionExpression, context: ScriptContext, around: Chain | undefined): void {
  const inner = innerScope(`function@${node.start}`, context.scope, true)
  r.functions.set(node, { node, context, around, inner, returns: [] })
  if (node.name !== undefined && !node.arrow)
    bind(inner, node.name, 'function').writes.push({ value: node, op: '=', context })
  node.params.forEach((param, index) => {
    if (param.target.kind === 'Identifier') {
      inner.variables.delete(param.target.name)
      bind(inner, param.target.name, 'parameter', { parameter: { function: node, index } })
    } else declareTarget(param.target, inner, 'parameter')
  })
  hoist(node.body, inner)
  const here: ScriptContext = { ...context, scope: inner, function: node, guards: [] }
  for (const param of node.params) if (param.default !== undefined) expression(r, param.default, here, undefined)
  statements(r, node.body, here)
}

function visitClass(r: Reader, node: ClassExpression, context: ScriptContext, chain: Chain): void {
  r.classes.set(node, context)
  if (node.parent !== undefined) expression(r, node.parent, context, chain)
  const inside: ScriptContext = { ...context, class: node }
  for (const member of node.members) {
    if (member.value === undefined) continue
    const self: Expression = {
      kind: 'Identifier',
      name: member.static ? (node.name ?? '') : 'this',
      start: member.start,
      end: member.start,
    }
    const target: Expression = {
      kind: 'Member',
      object: self,
      name: member.name,
      key: undefined,
      start: member.start,
      end: member.end,
    }
    if (member.name !== undefined) write(r, target, member.value, '=', inside)
    expression(r, member.value, inside, undefined, member.value.kind === 'Function' ? undefined : target)
  }
}

function namesOf(target: Expression): string[] {
  switch (target.kind) {
    case 'Identifier':
      return [target.name]
    case 'Object':
      return target.properties.flatMap((property) => namesOf(property.value))
    case 'Array':
      return target.elements.flatMap(namesOf)
    case 'Assignment':
      return namesOf(target.target)
    case 'Spread':
      return namesOf(target.value)
    default:
      return []
  }
}

function declaredNames(statement: Statement): string[] {
  if (statement.kind === 'VariableDeclaration') return statement.declarators.flatMap(({ target }) => namesOf(target))
  return statement.kind === 'FunctionStatement' || statement.kind === 'ClassStatement' ? [statement.name] : []
}
