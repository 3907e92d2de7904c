import type { App } from '../../../src/app/app.ts'
import { usualQuote } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Call, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { isFunction, literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** An application that is written around another one: `async def inner(scope, receive, send)`. */
interface Wrapper {
  readonly node: FunctionDef
  readonly text: string
  /** How it calls what it wraps: `await app(scope, receive, send)`. */
  readonly handsOn: string
}

/** What only pages have, such as `scope["method"]`, is asked of pages alone: a socket is handed on before. */
export function socketsHandedOn(app: App, at: Place, message: string): readonly Edit[] | undefined {
  const [found, ...more] = wrappersIn(app, at.file).filter(({ node }) => holds(node, at.span))
  const first = found?.node.body[0]
  if (message !== "'method'" || found === undefined || first === undefined || more.length > 0) return undefined
  const indent = found.text.slice(found.text.lastIndexOf('\n', first.start - 1) + 1, first.start)
  if (indent.trim() !== '') return undefined
  const quote = usualQuote(app.tree, at.file)
  const test = `if scope[${quote}type${quote}] == ${quote}websocket${quote}:`
  const unit = indent.includes('\t') ? '\t' : '    '
  const text = `${test}\n${indent}${unit}return ${found.handsOn}\n${indent}`
  return [{ file: at.file, span: { start: first.start, end: first.start }, text }]
}

/** `if scope["type"] != "http": return` hands on what it is not about, where the file of the class or function has one such line. */
export function othersHandedOn(app: App, name: string): readonly Edit[] | undefined {
  const [file, ...others] = app.project.python.filter((one) =>
    parseFile(app.tree, one)?.module.body.some(
      (node) => (node.kind === 'ClassDef' || isFunction(node)) && node.name === name,
    ),
  )
  if (file === undefined || others.length > 0) return undefined
  const bare = wrappersIn(app, file).flatMap(({ node, handsOn }) => {
    const found: Edit[] = []
    walk(node, (inner) => {
      const [only, ...more] = inner.kind === 'If' && asksType(inner.test) ? inner.body : []
      if (only?.kind === 'Return' && only.value === undefined && more.length === 0)
        found.push({ file, span: { start: only.start, end: only.end }, text: `return ${handsOn}` })
    })
    return found
  })
  return bare.length === 1 ? bare : undefined
}

/** `parse_qs(scope["query_string"])` -> `parse_qs(scope["query_string"].decode())` */
export function decoded(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const calls: Call[] = []
  for (const statement of parseFile(app.tree, file)?.module.body ?? [])
    if (holds(statement, span))
      walk(statement, (node) => {
        if (node.kind === 'Call' && /(?:^|\.)parse_qsl?$/.test(dottedName(node.func) ?? '')) calls.push(node)
      })
  const [only, ...more] = calls
  const [asked, ...others] = only?.args ?? []
  if (asked?.kind !== 'Subscript' || literalText(asked.slice) !== 'query_string' || more.length + others.length > 0)
    return undefined
  return [{ file, span: { start: asked.end, end: asked.end }, text: '.decode()' }]
}

function wrappersIn(app: App, file: string): Wrapper[] {
  const source = parseFile(app.tree, file)
  const found: Wrapper[] = []
  for (const statement of source?.module.body ?? [])
    walk(statement, (node) => {
      if (!isFunction(node) || node.kind !== 'AsyncFunctionDef' || !takesAll(node)) return
      const [call, ...others] = new Set(callsOn(node, source?.text ?? ''))
      if (call !== undefined && others.length === 0) found.push({ node, text: source?.text ?? '', handsOn: call })
    })
  return found
}

const takesAll = ({ args }: FunctionDef): boolean =>
  [...args.posonly, ...args.args]
    .map(({ name }) => name)
    .join()
    .replace(/^self,/, '') === 'scope,receive,send'

function callsOn(node: FunctionDef, text: string): string[] {
  const found: string[] = []
  walk(node, (inner) => {
    if (inner.kind !== 'Await' || inner.value.kind !== 'Call') return
    const { args } = inner.value
    if (
      args.length === 3 &&
      args.every((one, index) => one.kind === 'Name' && one.id === ['scope', 'receive', 'send'][index])
    )
      found.push(text.slice(inner.start, inner.end))
  })
  return found
}

function asksType(test: PythonNode): boolean {
  let found = false
  walk(test, (node) => {
    found ||= node.kind === 'Subscript' && literalText(node.slice) === 'type'
  })
  return found
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end
