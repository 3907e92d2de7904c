import type { Span } from '../../../contracts/place.ts'
import type { Expression, Module, Statement } from '../../../syntax/python/ast.ts'

/** What a module's top level binds, in branches too. */
export interface TopLevelNames {
  readonly names: ReadonlyMap<string, Span>
  /** Modules it star-imports, as written (leading dots kept as `level`). */
  readonly stars: readonly { readonly module: string; readonly level: number }[]
  /** Names may appear that nobody can see: `globals()[…] =`, `exec`, `__getattr__`, damaged lines. */
  readonly open: boolean
}

/** The names a module binds at its top level, with where each was bound last. */
export function topLevelNames(module: Module): TopLevelNames {
  const names = new Map<string, Span>()
  const stars: { module: string; level: number }[] = []
  const state = { open: module.problems.length > 0 }
  const bind = (name: string, at: Span) => names.set(name, { start: at.start, end: at.end })
  const target = (node: Expression): void => {
    if (node.kind === 'Name') bind(node.id, node)
    else if (node.kind === 'Tuple' || node.kind === 'List') for (const item of node.elts) target(item)
    else if (node.kind === 'Starred') target(node.value)
    else if (node.kind === 'Subscript') state.open ||= isNamespace(node.value)
  }
  const block = (statements: readonly Statement[]): void => {
    for (const statement of statements) visit(statement)
  }
  const visit = (node: Statement): void => {
    switch (node.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef':
        bind(node.name, node.nameSpan)
        if (node.name === '__getattr__') state.open = true
        break
      case 'Import':
        for (const alias of node.names) bind(alias.asname ?? (alias.name.split('.')[0] as string), alias)
        break
      case 'ImportFrom':
        for (const alias of node.names) {
          if (alias.name === '*') stars.push({ module: node.module ?? '', level: node.level })
          else bind(alias.asname ?? alias.name, alias)
        }
        break
      case 'Assign':
        for (const one of node.targets) target(one)
        break
      case 'AugAssign':
        target(node.target)
        break
      case 'AnnAssign':
        if (node.value !== undefined) target(node.target)
        break
      case 'For':
      case 'AsyncFor':
        target(node.target)
        block(node.body)
        block(node.orelse)
        break
      case 'While':
      case 'If':
        block(node.body)
        block(node.orelse)
        break
      case 'With':
      case 'AsyncWith':
        for (const item of node.items) if (item.vars !== undefined) target(item.vars)
        block(node.body)
        break
      case 'Try':
        block(node.body)
        for (const handler of node.handlers) block(handler.body)
        block(node.orelse)
        block(node.finalbody)
        break
      case 'Match':
        for (const one of node.cases) block(one.body)
        break
      case 'Damaged':
        state.open = true
        break
      case 'Expr':
        if (node.value.kind === 'Call' && node.value.func.kind === 'Name' && node.value.func.id === 'exec')
          state.open = true
        if (node.value.kind === 'Call' && node.value.func.kind === 'Attribute' && isNamespace(node.value.func.value))
          state.open = true
        break
    }
  }
  block(module.body)
  return { names, stars, open: state.open }
}

/** `globals()`, `vars()`, `locals()`: names may come and go through it. */
function isNamespace(node: Expression): boolean {
  return node.kind === 'Call' && node.func.kind === 'Name' && ['globals', 'vars', 'locals'].includes(node.func.id)
}
