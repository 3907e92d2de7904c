import type { App } from '../../../src/app/app.ts'
import { lineEnd } from '../../../src/app/asgi/code-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Call, ClassDef, Expression, FunctionDef, Module } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A class, what the file around it says, and how an edit of that file is made. */
interface Old {
  readonly module: Module
  readonly text: string
  readonly edit: (span: Span, text: string) => Edit
}

/**
 * Edits that make a middleware of Channels 2 one of later versions, where it is written in one of the two ways that were usual: it calls
 * what it wraps with the scope alone, or hands the scope to an instance of another class of its file, which gets `receive` and `send`.
 */
export function rewritten(app: App, name: string, { file }: Place): readonly Edit[] | undefined {
  const source = parseFile(app.tree, file)
  if (source === undefined) return undefined
  const old = { ...source, edit: (span: Span, text: string): Edit => ({ file, span, text }) }
  const method = callOf(classNamed(old.module, name))
  const returns = method && resultsOf(method)
  if (method?.kind !== 'FunctionDef' || returns === undefined || parametersOf(method) !== 'self,scope') return undefined
  const signature = takesAll(old, method)
  const changed = returns.map((call) => handedOn(old, method, call))
  return signature === undefined || changed.includes(undefined)
    ? undefined
    : [...signature, ...(changed as Edit[][]).flat()]
}

/** `return self.inner(…)` awaits it with `receive` and `send`; `return Instance(…)` does so with what it makes. */
function handedOn(old: Old, method: FunctionDef, call: Call): readonly Edit[] | undefined {
  const before = old.edit({ start: call.start, end: call.start }, 'await ')
  const called = dottedName(call.func)
  if (called === undefined) return undefined
  if (called.startsWith('self.')) {
    const last = call.args.at(-1)
    if (call.args.length !== 1 || call.keywords.length > 0 || last === undefined) return undefined
    return [before, old.edit({ start: last.end, end: last.end }, ', receive, send')]
  }
  const inner = callOf(classNamed(old.module, called))
  const rest = inner?.kind === 'AsyncFunctionDef' && parametersOf(inner) === 'self,receive,send' ? inner : undefined
  const within = rest && withScope(old, rest)
  if (within === undefined || method === rest) return undefined
  return [before, old.edit({ start: call.end, end: call.end }, '(receive, send)'), ...within]
}

/** In an instance of ASGI 2: `self.inner(scope)(receive, send)`, with a name in between or without, becomes one call. */
function withScope(old: Old, method: FunctionDef): readonly Edit[] | undefined {
  const edits: Edit[] = []
  const named = new Map<string, { readonly call: Call; readonly line: Edit }>()
  let made = 0
  walk(method, (node) => {
    if (node.kind === 'Assign' && isWrapped(node.value)) {
      const [target] = node.targets
      const start = old.text.lastIndexOf('\n', node.start) + 1
      const line = old.edit({ start, end: old.text.indexOf('\n', node.end) + 1 }, '')
      if (target?.kind === 'Name' && node.targets.length === 1) named.set(target.id, { call: node.value, line })
      made++
    }
    if (node.kind !== 'Call' || !isReceiveAndSend(node)) return
    const { func } = node
    const before = func.kind === 'Name' ? named.get(func.id) : undefined
    const call = before?.call ?? (isWrapped(func) ? func : undefined)
    if (call === undefined) return
    const text = old.text.slice(call.start, call.end - 1).replace(/,?\s*$/, '')
    edits.push(old.edit({ start: node.start, end: node.end }, `${text}, receive, send)`))
    if (before !== undefined) edits.push(before.line)
  })
  const once = edits.filter(({ text }) => text === '').length
  return edits.length > 0 && once === made ? edits : undefined
}

/** `self.inner(self.scope)` */
const isWrapped = (node: Expression | undefined): node is Call =>
  node?.kind === 'Call' &&
  dottedName(node.func)?.startsWith('self.') === true &&
  node.args.length === 1 &&
  node.keywords.length === 0

const isReceiveAndSend = ({ args }: Call): boolean =>
  args.length === 2 && args.every((one, index) => one.kind === 'Name' && one.id === ['receive', 'send'][index])

/** `async def __call__(self, scope, receive, send)` in the place of `def __call__(self, scope)`. */
function takesAll({ text, edit }: Old, method: FunctionDef): readonly Edit[] | undefined {
  const head = /^def[ \t]+__call__\([ \t]*self,[ \t]*scope([ \t]*\))/.exec(
    text.slice(method.start, lineEnd(text, method.start)),
  )
  if (head === null) return undefined
  const end = method.start + head[0].length - (head[1] ?? '').length
  return [edit({ start: method.start, end: method.start }, 'async '), edit({ start: end, end }, ', receive, send')]
}

/** The calls that a function returns; undefined where it returns something else, or its end without one. */
function resultsOf(method: FunctionDef): Call[] | undefined {
  const calls: (Call | undefined)[] = []
  walk(method, (node: PythonNode) => {
    if (node !== method && (node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef' || node.kind === 'Lambda'))
      calls.push(undefined)
    if (node.kind === 'Return') calls.push(node.value?.kind === 'Call' ? node.value : undefined)
  })
  return calls.length > 0 && !calls.includes(undefined) && method.body.at(-1)?.kind === 'Return'
    ? (calls as Call[])
    : undefined
}

const parametersOf = ({ args }: FunctionDef): string => [...args.posonly, ...args.args].map(({ name }) => name).join()

function classNamed({ body }: Module, name: string): ClassDef | undefined {
  return body.find((one): one is ClassDef => one.kind === 'ClassDef' && one.name === name)
}

function callOf(node: ClassDef | undefined): FunctionDef | undefined {
  return node?.body.find(
    (one): one is FunctionDef =>
      (one.kind === 'FunctionDef' || one.kind === 'AsyncFunctionDef') &&
      one.name === '__call__' &&
      one.decorators.length === 0,
  )
}
