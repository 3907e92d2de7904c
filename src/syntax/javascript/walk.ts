import type { Expression, Statement } from './ast.ts'

/** Children of an expression, in order; of functions and classes the parts that are expressions, not the statements. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'Template':
      return node.tag === undefined ? node.expressions : [node.tag, ...node.expressions]
    case 'Member':
      return node.key === undefined ? [node.object] : [node.object, node.key]
    case 'Call':
    case 'New':
      return [node.callee, ...node.args]
    case 'Binary':
      return [node.left, node.right]
    case 'Unary':
      return [node.operand]
    case 'Conditional':
      return [node.test, node.then, node.otherwise]
    case 'Assignment':
      return [node.target, node.value]
    case 'Object':
      return node.properties.flatMap(({ computed, value }) => (computed === undefined ? [value] : [computed, value]))
    case 'Array':
      return node.elements
    case 'Spread':
      return [node.value]
    case 'Sequence':
    case 'Jsx':
      return node.expressions
    case 'Function':
      return node.params.flatMap(({ decorators, target, default: value }) =>
        [...decorators, pattern(target), value].filter((one) => one !== undefined),
      )
    case 'Class':
      return [
        ...node.decorators,
        ...(node.parent === undefined ? [] : [node.parent]),
        ...node.members.flatMap(({ decorators, computed, value }) =>
          [...decorators, computed, value].filter((one) => one !== undefined),
        ),
      ]
    default:
      return []
  }
}

/** Calls `visit` for every expression below these statements, functions' bodies included, in text order. */
export function eachExpression(body: readonly Statement[], visit: (node: Expression) => void): void {
  const enter = (node: Expression): void => {
    visit(node)
    for (const child of childrenOf(node)) enter(child)
    if (node.kind === 'Function') eachExpression(node.body, visit)
  }
  for (const statement of body)
    for (const part of partsOf(statement))
      'statement' in part ? eachExpression([part.statement], visit) : enter(part.expression)
}

type StatementPart = { readonly expression: Expression } | { readonly statement: Statement }

/** What a statement is made of, in order. */
export function partsOf(statement: Statement): readonly StatementPart[] {
  const expression = (node: Expression | undefined): StatementPart[] =>
    node === undefined ? [] : [{ expression: node }]
  const inner = (node: Statement | undefined): StatementPart[] => (node === undefined ? [] : [{ statement: node }])
  switch (statement.kind) {
    case 'VariableDeclaration':
      return statement.declarators.flatMap(({ target, init }) => [...expression(pattern(target)), ...expression(init)])
    case 'FunctionStatement':
      return expression(statement.function)
    case 'ClassStatement':
      return expression(statement.class)
    case 'If':
      return [...expression(statement.test), ...inner(statement.then), ...inner(statement.otherwise)]
    case 'Block':
      return statement.body.flatMap(inner)
    case 'ExpressionStatement':
      return expression(statement.expression)
    case 'Return':
      return expression(statement.value)
    case 'Loop':
      return [...statement.head.flatMap(inner), ...inner(statement.body)]
    case 'Try':
      return [
        ...inner(statement.block),
        ...expression(statement.param && pattern(statement.param)),
        ...inner(statement.handler),
        ...inner(statement.finalizer),
      ]
    case 'Switch':
      return [
        ...expression(statement.subject),
        ...statement.cases.flatMap((one) => [...expression(one.test), ...one.body.flatMap(inner)]),
      ]
    case 'Export':
      return [...inner(statement.declaration), ...expression(statement.default)]
    default:
      return []
  }
}

/** A pattern may hold defaults; a plain name is nothing to visit. */
function pattern(target: Expression): Expression | undefined {
  return target.kind === 'Object' || target.kind === 'Array' ? target : undefined
}
