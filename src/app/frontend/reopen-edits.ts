import type { Edit } from '../../contracts/edit.ts'
import type { Span } from '../../contracts/place.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type {
  Expression,
  FunctionExpression,
  Script,
  Statement,
  VariableDeclaration,
} from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'
import type { Socket } from './model.ts'
import { readSource } from './read.ts'
import { registersAgain } from './set-up-again.ts'
import { isSetUpOutside } from './set-up-outside.ts'

/** Between one and five seconds, so that the pages of a dyno do not all come back at once. */
const pause = '1000 + Math.random() * 4000'

/**
 * Edits by which a socket that nothing opens again is opened again when it closes: its closing calls the function it is opened in, or
 * else declaration and handlers become a function. Undefined where the page closes the socket itself, where neither can be done, or
 * where something beside that function sets the socket up, so that the second one would go without, or where opening it registers
 * something on what stays.
 */
export function reopened(tree: FileTree, { at, library, reconnect }: Socket): readonly Edit[] | undefined {
  const { file, span } = at
  const text = readText(tree, file)?.text
  if (text === undefined || library !== undefined || reconnect.by !== 'none') return undefined
  const source = readSource(file, text)
  const { scripts } = source
  const named = namedOpening(scripts, span.start)
  // Some event opens it already: there would be two.
  if (named !== undefined && mentionsItself(text, named)) return undefined
  const edit = named && calledAgain(file, text, named)
  if (named !== undefined && edit !== undefined)
    return isSetUpOutside(tree, source, span.start, named.target, named.function) ||
      registersAgain(source, named.target, named.function, named.function)
      ? undefined
      : [edit]
  const found = declarationOf(scripts, span.start)
  const made = found && madeFunction(file, text, found)
  return made === undefined ||
    isSetUpOutside(tree, source, span.start, made.target, made.part) ||
    registersAgain(source, made.target, made.part, undefined)
    ? undefined
    : made.edits
}

/** Whether the page ends a socket by itself: it would come back. */
const isClosed = (text: string, target: string): boolean =>
  text.includes(`${target}.close(`) || text.includes(`${target}?.close(`)

/** A socket that a function with a name opens: `statement` holds it, directly in the function's body. */
interface NamedOpening {
  readonly statement: Statement
  readonly target: Expression
  readonly function: FunctionExpression
  /** How the function is called from inside. */
  readonly call: string
}

function namedOpening(scripts: readonly Script[], start: number): NamedOpening | undefined {
  let found: NamedOpening | undefined
  const look = (body: FunctionExpression, call: string): void => {
    for (const statement of body.body) {
      const target = openedIn(statement, start)
      if (target !== undefined) found = { statement, target, function: body, call }
    }
  }
  const visit = (node: Expression): void => {
    if (node.kind !== 'Class') return
    for (const { name, value, static: own } of node.members)
      if (name !== undefined && name !== 'constructor' && value?.kind === 'Function' && !own)
        look(value, `this.${name}`)
  }
  for (const { body } of scripts) {
    const lists: (readonly Statement[])[] = [body]
    eachExpression(body, (node) => {
      visit(node)
      if (node.kind === 'Function') lists.push(node.body)
    })
    for (const one of lists.flat()) {
      const statement = one.kind === 'Export' && one.declaration !== undefined ? one.declaration : one
      if (statement.kind === 'FunctionStatement') look(statement.function, statement.name)
      if (statement.kind !== 'VariableDeclaration') continue
      for (const { target, init } of statement.declarators)
        if (target.kind === 'Identifier' && init?.kind === 'Function') look(init, target.name)
    }
  }
  return found
}

/** What a statement binds the socket to. */
function openedIn(statement: Statement, start: number): Expression | undefined {
  if (statement.kind === 'VariableDeclaration')
    return statement.declarators.find(({ init }) => init?.start === start)?.target
  if (statement.kind !== 'ExpressionStatement') return undefined
  const { expression } = statement
  return expression.kind === 'Assignment' && expression.op === '=' && expression.value.start === start
    ? expression.target
    : undefined
}

/** The closing of a socket calls the function that opens it, with the same arguments. */
function calledAgain(file: string, text: string, opening: NamedOpening): Edit | undefined {
  const { statement, target, function: body, call } = opening
  if (target.kind !== 'Identifier' && target.kind !== 'Member') return undefined
  const params = body.params.map(({ target: one, rest }) => (one.kind === 'Identifier' && !rest ? one.name : undefined))
  if (params.includes(undefined) || returnsValue(body)) return undefined
  const name = text.slice(target.start, target.end)
  if (isClosed(text, name)) return undefined
  const again = params.length === 0 && !call.startsWith('this.') ? call : `() => ${call}(${params.join(', ')})`
  const end = text[statement.end] === ';' ? statement.end + 1 : statement.end
  const indent = /[ \t]*$/.exec(text.slice(0, statement.start))?.[0] ?? ''
  const stop = text[end - 1] === ';' ? ';' : ''
  const added = `\n${indent}${name}.addEventListener('close', () => setTimeout(${again}, ${pause}))${stop}`
  return { file, span: { start: end, end }, text: added }
}

function mentionsItself(text: string, { function: { body, start, end }, call }: NamedOpening): boolean {
  const inside = text.slice(body[0]?.start ?? start, end)
  return inside.split(/[^\p{L}\p{N}_$]+/u).includes(call.replace('this.', ''))
}

function returnsValue({ body }: FunctionExpression): boolean {
  return body.some((statement) => statement.kind === 'Return' && !statement.throws && statement.value !== undefined)
}

interface MadeFunction {
  readonly edits: readonly Edit[]
  readonly target: Expression
  /** What the function takes in. */
  readonly part: Span
}

/** Declaration and handlers become a function that opens the socket. */
function madeFunction(file: string, text: string, { list, index, declaration }: Found): MadeFunction | undefined {
  const [declarator] = declaration.declarators
  if (declarator?.target.kind !== 'Identifier' || declaration.declarators.length !== 1) return undefined
  const { target, init } = declarator
  const { name } = target
  // `socket: WebSocket = …`: without its declaration, TypeScript's type would be a label.
  if (init === undefined || text.slice(target.end, init.start).trim() !== '=' || isClosed(text, name)) return undefined
  const handlers: Statement[] = []
  for (const next of list.slice(index + 1)) {
    if (!setsUp(next, name)) break
    handlers.push(next)
  }
  const opener = `open${name.charAt(0).toUpperCase()}${name.slice(1)}`
  if (text.split(/[^\p{L}\p{N}_$]+/u).includes(opener)) return undefined
  const last = handlers.at(-1) ?? declaration
  const indent = /[ \t]*$/.exec(text.slice(0, declaration.start))?.[0] ?? ''
  const unit = indent.includes('\t') ? '\t' : /^(?: {2})+$/m.test(indent) && indent.length % 4 !== 0 ? '  ' : '    '
  const semicolon = text[last.end - 1] === ';' || text[last.end] === ';'
  const end = text[last.end] === ';' ? last.end + 1 : last.end
  const stop = semicolon ? ';' : ''
  const again = `setTimeout(${opener}, ${pause})`
  const tail = [
    '',
    `${indent}${unit}${name}.addEventListener('close', () => ${again})${stop}`,
    `${indent}}${stop}`,
    `${indent}${opener}()${stop}`,
  ].join('\n')
  // Lines of a text that goes over several are not indentation.
  const written = text.slice(declaration.start, end)
  const inner = (/`[^`]*\n[^`]*`/.test(written) ? [] : [...written.matchAll(/\n(?=[^\r\n])/g)]).map(
    ({ index: offset }): Edit => {
      const start = declaration.start + offset + 1
      return { file, span: { start, end: start }, text: unit }
    },
  )
  // A `var` at the top of a script is a property of the window, which other scripts may ask for.
  const how = declaration.how === 'var' ? 'var' : 'let'
  const edits = [
    {
      file,
      span: { start: declaration.start, end: declarator.start },
      // An arrow keeps the `this` of what stands around it.
      text: `${how} ${name}${stop}\n${indent}const ${opener} = () => {\n${indent}${unit}`,
    },
    ...inner,
    { file, span: { start: end, end }, text: tail },
  ]
  return { edits, target, part: { start: declaration.start, end } }
}

/** `socket.onmessage = …`, `socket.binaryType = …`, `socket.addEventListener(…)`. */
function setsUp(statement: Statement, name: string): boolean {
  if (statement.kind !== 'ExpressionStatement') return false
  const { expression } = statement
  const isOwn = (node: Expression) =>
    node.kind === 'Member' && node.object.kind === 'Identifier' && node.object.name === name ? node.name : undefined
  if (expression.kind === 'Assignment') return expression.op === '=' && isOwn(expression.target) !== undefined
  return expression.kind === 'Call' && isOwn(expression.callee) === 'addEventListener'
}

interface Found {
  readonly list: readonly Statement[]
  readonly index: number
  readonly declaration: VariableDeclaration
}

/** The declaration that a socket initialises, at the top of a script or of a function. */
function declarationOf(scripts: readonly Script[], start: number): Found | undefined {
  const lists: (readonly Statement[])[] = scripts.map(({ body }) => body)
  for (const { body } of scripts) {
    eachExpression(body, (node) => {
      if (node.kind === 'Function') lists.push(node.body)
    })
  }
  for (const list of lists) {
    for (const [index, one] of list.entries()) {
      if (one.kind === 'VariableDeclaration' && one.declarators.some(({ init }) => init?.start === start))
        return { list, index, declaration: one }
    }
  }
  return undefined
}
