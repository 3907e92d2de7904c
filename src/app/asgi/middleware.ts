import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { isParameter } from '../../syntax/python/bindings.ts'
import { isFunction, literalText, walk } from '../../syntax/python/walk.ts'
import { blockingCalls } from './blocking.ts'
import { calledFunction, methodsOf } from './called-function.ts'
import { keptKeys } from './kept-keys.ts'
import type { Lineage } from './lineage.ts'
import { lookUpOf } from './look-up.ts'
import type { CredentialSource, CustomMiddleware } from './model.ts'
import { bodyOf, type ProjectFunction } from './project-functions.ts'
import { type Code, type CodeFile, placeIn } from './python-code.ts'
import { type KeysSet, noteKeysSet } from './scope-keys.ts'

/** What a middleware class of the project does with the scope. */
export function customMiddleware(code: Code, node: ClassDef, line: Lineage, file: CodeFile): CustomMiddleware {
  const keys: KeysSet = { names: new Set(), readable: !line.open }
  const reads: CredentialSource[] = []
  for (const { file: from, node: definition } of line.own) {
    for (const method of definition.body)
      if (isFunction(method))
        noteKeysSet(code, { node: method, file: from, owner: definition, self: { node, file } }, keys)
    reads.push(...credentials(definition, from))
  }
  const own = methodsOf(code, { node, file })
  const handed = handedScope(code, own)
  for (const helper of handed.to)
    for (const read of credentials(helper.node, helper.file))
      if (!reads.some(({ from, name }) => from === read.from && name === read.name)) reads.push(read)
  return {
    name: node.name,
    at: placeIn(file, node.nameSpan),
    sets: keys.readable ? [...keys.names] : undefined,
    keeps: keptKeys(keys.names, own),
    reads,
    readsElsewhere: handed.unread,
    answers: line.open || line.own.some((one) => mayAnswer(one.node)),
    asgi2: takesScopeAlone(line),
    blocking: blockingCalls(code, own),
  }
}

/**
 * Whether a middleware may put something into the answer to a handshake: it names what stands there, defines a function to
 * send with, or hands `send` to other code than what it wraps (`self.inner(…)`, `super().__call__(…)`).
 */
function mayAnswer(definition: ClassDef): boolean {
  let may = false
  walk(definition, (node) => {
    if (node.kind === 'Constant' && node.value.type === 'str')
      may ||= node.value.value === 'subprotocol' || node.value.value === 'websocket.accept'
    if (node.kind !== 'FunctionDef' && node.kind !== 'AsyncFunctionDef') return
    const [, , , send] = [...node.args.posonly, ...node.args.args].map(({ name }) => name)
    let uses = 0
    let handedOn = 0
    walk(node, (inner) => {
      if (inner !== node && /^(?:Async)?FunctionDef$|^Lambda$/.test(inner.kind)) may = true
      if (inner.kind === 'Name' && inner.id === send) uses++
      if (inner.kind === 'Call' && isWrapped(inner.func))
        handedOn += inner.args.filter((arg) => arg.kind === 'Name' && arg.id === send).length
    })
    may ||= send !== undefined && uses > handedOn
  })
  return may
}

/** `self.inner`, `super().__call__`: the application that is wrapped. */
function isWrapped(func: Expression): boolean {
  if (func.kind !== 'Attribute') return false
  const { value } = func
  if (value.kind === 'Name') return value.id === 'self'
  return value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'super'
}

/** How many functions a scope is followed through. */
const farthest = 3

/** The functions of the project that are given the scope under its name; `unread`: other code is given it, and may look into it. */
function handedScope(
  code: Code,
  from: readonly ProjectFunction[],
): { readonly to: readonly ProjectFunction[]; readonly unread: boolean } {
  const to: ProjectFunction[] = []
  let unread = false
  let wanted = from
  for (let round = 0; wanted.length > 0; round++) {
    const next: ProjectFunction[] = []
    for (const one of wanted)
      walk(one.node, (inner) => {
        if (inner.kind !== 'Call' || !isGivenScope(inner)) return
        // `database_sync_to_async(user_of)(scope)`
        const [bridged] = inner.func.kind === 'Call' ? inner.func.args : []
        const called = calledFunction(code, { func: bridged ?? inner.func }, bodyOf(one))
        const takes = called !== undefined && isParameter('scope', called.node)
        if (!takes || round === farthest) unread = true
        else if (![...from, ...to, ...next].some(({ node }) => node === called.node)) next.push(called)
      })
    to.push(...next)
    wanted = next
  }
  return { to, unread }
}

/** Functions that look into nothing of what they are given. */
const blind = /^(?:dict|print|isinstance|id|len|repr|str|type|copy|deepcopy|debug|info|warning|error|exception|log)$/

/** `token_of(scope)`; what is wrapped is given the scope as well, and methods of the class are read with it. */
function isGivenScope({ func, args, keywords }: Call): boolean {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
  if (isWrapped(func) || blind.test(name)) return false
  return [...args, ...keywords.map(({ value }) => value)].some(isScope)
}

function isScope(node: Expression | undefined): boolean {
  if (node === undefined) return false
  return (node.kind === 'Name' && node.id === 'scope') || (node.kind === 'Attribute' && node.attr === 'scope')
}

/** The first `__call__` of the class and its ancestors has no parameters but the scope. */
function takesScopeAlone(line: Lineage): boolean {
  for (const { node } of line.own) {
    const call = node.body.find(
      (statement): statement is FunctionDef => isFunction(statement) && statement.name === '__call__',
    )
    if (call === undefined) continue
    const { posonly, args, vararg } = call.args
    return vararg === undefined && posonly.length + args.length === 2
  }
  return false
}

const sources: Readonly<Record<string, CredentialSource['from']>> = {
  query_string: 'query',
  cookies: 'cookie',
  headers: 'header',
  subprotocols: 'subprotocol',
}

/** Where a class takes a token from: which part of the scope, and the name it looks up in it. */
function credentials(node: ClassDef | FunctionDef, file: CodeFile): CredentialSource[] {
  const found = new Map<CredentialSource['from'], CredentialSource>()
  const names: { text: string; at: Expression }[] = []
  walk(node, (inner) => {
    const key = scopeKey(inner as Expression)
    const from = key === undefined ? undefined : sources[key]
    if (from !== undefined && !found.has(from)) found.set(from, { from, name: undefined, at: placeIn(file, inner) })
    const looked = lookedUp(inner as Expression)
    if (looked !== undefined) names.push(looked)
  })
  return [...found.values()].map((source) => {
    const name = names.find(({ text }) => fits(text, source.from))?.text
    // What the browser adds by itself is a cookie, however it is read.
    if (source.from !== 'header' || name?.toLowerCase() !== 'cookie') return { ...source, name }
    return { ...source, from: 'cookie', name: names.find(({ text }) => fits(text, 'cookie'))?.text }
  })
}

function scopeKey(node: Expression): string | undefined {
  const asked = lookUpOf(node)
  return asked !== undefined && isScope(asked.holder) ? literalText(asked.key) : undefined
}

/** `query['token']`, `params.get(b'token')` */
function lookedUp(node: Expression): { text: string; at: Expression } | undefined {
  const key = lookUpOf(node)?.key
  if (key?.kind !== 'Constant' || (key.value.type !== 'str' && key.value.type !== 'bytes')) return undefined
  return { text: key.value.value, at: key }
}

/** Names under which tokens go; other look-ups in the same class are about something else. */
function fits(text: string, from: CredentialSource['from']): boolean {
  if (Object.hasOwn(sources, text)) return false
  return from === 'header'
    ? /^(?:authorization|x-.*|cookie|sec-websocket-protocol)$/i.test(text)
    : /token|jwt|key|auth|ticket|session|access/i.test(text)
}
