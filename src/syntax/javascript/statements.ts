import type {
  Block,
  ClassExpression,
  Declarator,
  Expression,
  Loop,
  Statement,
  Switch,
  Try,
  VariableDeclaration,
} from './ast.ts'
import { at, type Cursor, closerOf, eat, endOf, leaveBracket, maxDepth, peek, skipBracket, startOf } from './cursor.ts'
import { parseAssignment, parseExpression, parsePrimary } from './expressions.ts'
import { parseFunction } from './functions.ts'
import { parseClass, parseDecorators } from './members.ts'
import { parseExport, parseImport } from './modules.ts'
import { skipAngles, skipType } from './types.ts'

/** Statements up to the token with index `limit`. Always makes progress. */
export function parseStatements(c: Cursor, limit: number): Statement[] {
  const body: Statement[] = []
  while (c.index < limit) {
    const before = c.index
    body.push(parseStatement(c))
    if (c.index === before) c.index++
  }
  return body
}

/** `{…}`: the cursor stands on the opening brace and ends behind the closing one. */
export function parseBlockBody(c: Cursor): Statement[] {
  const close = closerOf(c)
  c.index++
  const body = parseStatements(c, close)
  leaveBracket(c, close)
  return body
}

/** One statement. */
export function parseStatement(c: Cursor): Statement {
  const start = startOf(c)
  if (c.depth > maxDepth) return skipped(c, start)
  c.depth++
  try {
    return parseOne(c, start)
  } finally {
    c.depth--
  }
}

function parseOne(c: Cursor, start: number): Statement {
  const token = peek(c)
  if (token === undefined) return skipped(c, start)
  if (token.type === 'punctuator') {
    if (token.value === '{') return parseBlock(c)
    if (token.value === ';') {
      c.index++
      return skipped(c, start)
    }
    if (token.value === '@') return parseDecorated(c, start)
  }
  if (token.type === 'name') {
    const statement = parseKeyword(c, token.value, start)
    if (statement !== undefined) return statement
  }
  const expression = parseExpression(c)
  eat(c, ';')
  return { kind: 'ExpressionStatement', expression, start, end: endOf(c, start) }
}

function parseKeyword(c: Cursor, word: string, start: number): Statement | undefined {
  const next = peek(c, 1)
  switch (word) {
    case 'const':
    case 'let':
    case 'var':
      if (at(c, 'enum', 1)) {
        c.index++
        return parseEnum(c, start)
      }
      if (next?.type !== 'name' && next?.value !== '{' && next?.value !== '[') return undefined
      return parseVariables(c, word)
    case 'function':
      return functionStatement(c, start)
    case 'async':
      return at(c, 'function', 1) && !next?.newline ? functionStatement(c, start) : undefined
    case 'class': {
      const definition = parseClass(c)
      return { kind: 'ClassStatement', name: definition.name ?? '', class: definition, start, end: endOf(c, start) }
    }
    case 'if':
      return parseIf(c, start)
    case 'for':
    case 'while':
    case 'do':
      return parseLoop(c, word)
    case 'try':
      return parseTry(c)
    case 'switch':
      return at(c, '(', 1) ? parseSwitch(c) : undefined
    case 'return':
    case 'throw': {
      c.index++
      const bare = peek(c) === undefined || peek(c)?.newline || at(c, ';') || at(c, '}')
      const value = bare ? undefined : parseExpression(c)
      eat(c, ';')
      return { kind: 'Return', throws: word === 'throw', value, start, end: endOf(c, start) }
    }
    case 'import':
      return at(c, '(', 1) || at(c, '.', 1) ? undefined : parseImport(c)
    case 'export':
      return parseExport(c)
    case 'break':
    case 'continue':
    case 'debugger':
      c.index++
      if (peek(c)?.type === 'name' && !peek(c)?.newline) c.index++
      eat(c, ';')
      return skipped(c, start)
    default:
      return parseTypeStatement(c, word, start) ?? parseLabel(c)
  }
}

function parseLabel(c: Cursor): Statement | undefined {
  // `$:` marks a reactive statement in Svelte; any other label is as little of a matter.
  if (!at(c, ':', 1)) return undefined
  c.index += 2
  return parseStatement(c)
}

function parseTypeStatement(c: Cursor, word: string, start: number): Statement | undefined {
  const next = peek(c, 1)
  if (!c.types || next?.type !== 'name' || next.newline) return undefined
  if (word === 'type') {
    c.index += 2
    skipAngles(c)
    if (eat(c, '=')) skipType(c)
    eat(c, ';')
    return skipped(c, start)
  }
  if (word === 'enum') return parseEnum(c, start)
  if (word === 'interface' || word === 'declare') return skipDeclaration(c, start)
  if (word === 'namespace' || word === 'module') {
    c.index += 2
    while (eat(c, '.')) c.index++
    return at(c, '{') ? parseBlock(c) : skipped(c, start)
  }
  if (word === 'abstract' && at(c, 'class', 1)) {
    c.index++
    return parseStatement(c)
  }
  return undefined
}

/** `enum X { A, B = f() }`: the values of its members. */
function parseEnum(c: Cursor, start: number): Statement {
  c.index += 2
  if (!at(c, '{')) return skipped(c, start)
  const close = closerOf(c)
  const body: Statement[] = []
  c.index++
  while (c.index < close) {
    if (!eat(c, '=')) c.index++
    else {
      const expression = parseAssignment(c)
      body.push({ kind: 'ExpressionStatement', expression, start: expression.start, end: expression.end })
    }
  }
  leaveBracket(c, close)
  return { kind: 'Block', body, start, end: endOf(c, start) }
}

/** `interface X {…}`, `declare …`: up to the block's end, or the line's when there is none. */
function skipDeclaration(c: Cursor, start: number): Statement {
  c.index++
  while (peek(c) !== undefined && !at(c, '{') && !at(c, ';') && !at(c, '}') && !(peek(c)?.newline && !at(c, 'extends')))
    c.index++
  if (at(c, '{')) skipBracket(c)
  eat(c, ';')
  return skipped(c, start)
}

/** The decorators of a class, which may stand before its `export` and `abstract` too. */
function parseDecorated(c: Cursor, start: number): Statement {
  const decorators = parseDecorators(c)
  const statement = parseStatement(c)
  const decorated = withDecorators(statement, decorators)
  if (decorated !== undefined) return { ...decorated, start }
  const body = decorators.map((expression): Statement => {
    return { kind: 'ExpressionStatement', expression, start: expression.start, end: expression.end }
  })
  return { kind: 'Block', body: [...body, statement], start, end: endOf(c, start) }
}

function withDecorators(statement: Statement, decorators: readonly Expression[]): Statement | undefined {
  const onClass = (definition: ClassExpression): ClassExpression => ({
    ...definition,
    decorators: [...decorators, ...definition.decorators],
  })
  if (statement.kind === 'ClassStatement') return { ...statement, class: onClass(statement.class) }
  if (statement.kind !== 'Export') return undefined
  if (statement.default?.kind === 'Class') return { ...statement, default: onClass(statement.default) }
  const declaration = statement.declaration && withDecorators(statement.declaration, decorators)
  return declaration && { ...statement, declaration }
}

function functionStatement(c: Cursor, start: number): Statement {
  const definition = parseFunction(c)
  eat(c, ';')
  return { kind: 'FunctionStatement', name: definition.name ?? '', function: definition, start, end: endOf(c, start) }
}

function parseVariables(c: Cursor, how: 'const' | 'let' | 'var', inHead = false): VariableDeclaration {
  const start = startOf(c)
  c.index++
  const declarators: Declarator[] = []
  do {
    const begin = startOf(c)
    const target = parsePrimary(c)
    if (c.types) eat(c, '!')
    if (c.types && eat(c, ':')) skipType(c)
    const init = eat(c, '=') ? parseAssignment(c) : undefined
    declarators.push({ target, init, start: begin, end: endOf(c, begin) })
  } while (eat(c, ','))
  if (!inHead) eat(c, ';')
  return { kind: 'VariableDeclaration', how, declarators, start, end: endOf(c, start) }
}

function parseBlock(c: Cursor): Block {
  const start = startOf(c)
  const body = parseBlockBody(c)
  return { kind: 'Block', body, start, end: endOf(c, start) }
}

function parseIf(c: Cursor, start: number): Statement {
  c.index++
  const test = parseHead(c)
  const then = parseStatement(c)
  const otherwise = eat(c, 'else') ? parseStatement(c) : undefined
  return { kind: 'If', test, then, otherwise, start, end: endOf(c, start) }
}

/** The parenthesised expression after `if` and the like. */
function parseHead(c: Cursor) {
  const close = at(c, '(') ? closerOf(c) : -1
  if (close < 0) return parseExpression(c)
  c.index++
  const test = parseExpression(c)
  leaveBracket(c, close)
  return test
}

function parseLoop(c: Cursor, word: string): Loop {
  const start = startOf(c)
  c.index++
  if (word === 'do') {
    const body = parseStatement(c)
    const head: Statement[] = []
    if (eat(c, 'while')) {
      const test = parseHead(c)
      head.push({ kind: 'ExpressionStatement', expression: test, start: test.start, end: test.end })
    }
    eat(c, ';')
    return { kind: 'Loop', head, body, start, end: endOf(c, start) }
  }
  eat(c, 'await')
  const head: Statement[] = []
  if (at(c, '(')) {
    const close = closerOf(c)
    c.index++
    while (c.index < close) {
      const before = c.index
      const how = peek(c)?.value
      if (how === 'const' || how === 'let' || how === 'var') head.push(parseVariables(c, how, true))
      else if (!eat(c, ';') && !eat(c, 'of') && !eat(c, 'in')) {
        const expression = parseExpression(c)
        head.push({ kind: 'ExpressionStatement', expression, start: expression.start, end: expression.end })
      }
      if (c.index === before) c.index++
    }
    leaveBracket(c, close)
  }
  const body = parseStatement(c)
  return { kind: 'Loop', head, body, start, end: endOf(c, start) }
}

function parseTry(c: Cursor): Try {
  const start = startOf(c)
  c.index++
  const block = at(c, '{') ? parseBlock(c) : emptyBlock(c)
  let handler: Block | undefined
  let param: Expression | undefined
  if (eat(c, 'catch')) {
    if (at(c, '(')) param = parseHead(c)
    handler = at(c, '{') ? parseBlock(c) : emptyBlock(c)
  }
  const finalizer = eat(c, 'finally') && at(c, '{') ? parseBlock(c) : undefined
  return { kind: 'Try', block, param, handler, finalizer, start, end: endOf(c, start) }
}

function emptyBlock(c: Cursor): Block {
  return { kind: 'Block', body: [], start: startOf(c), end: startOf(c) }
}

function parseSwitch(c: Cursor): Switch {
  const start = startOf(c)
  c.index++
  const subject = parseHead(c)
  const cases: { test: Expression | undefined; body: Statement[] }[] = []
  if (at(c, '{')) {
    const close = closerOf(c)
    c.index++
    while (c.index < close) {
      const before = c.index
      if (at(c, 'case') || at(c, 'default')) {
        const test = eat(c, 'case') ? parseExpression(c) : void eat(c, 'default')
        eat(c, ':')
        cases.push({ test, body: [] })
      } else cases.at(-1)?.body.push(parseStatement(c))
      if (c.index === before) c.index++
    }
    leaveBracket(c, close)
  }
  return { kind: 'Switch', subject, cases, start, end: endOf(c, start) }
}

function skipped(c: Cursor, start: number): Statement {
  return { kind: 'Skipped', start, end: endOf(c, start) }
}
