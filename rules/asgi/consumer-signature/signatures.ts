import type { App } from '../../../src/app/app.ts'
import {
  type ConsumerCode,
  type ConsumerMethod,
  calledMethods,
  eachOwn,
  type Moment,
  memberName,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import type { Consumer } from '../../../src/app/asgi/model.ts'
import { type CodeFile, placeIn } from '../../../src/app/asgi/python-code.ts'
import { nodesOf } from '../../../src/app/asgi/routes.ts'
import { channelsMajor } from '../../../src/app/asgi/versions.ts'
import { importEdit } from '../../../src/app/project/imports.ts'
import { expressionAt } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A method of a consumer that Channels cannot call, or a method of Channels that the consumer calls in vain. */
export interface SignatureFault {
  /**
   * `connect`, `message`, `leave`: Channels calls the method with what it does not take. `init`: `__init__` wants arguments.
   * `groups`: `__init__` leaves out the one of Channels. `scope`: `__init__` reads the scope, which comes later.
   * `dict`: send() is given a dict. `json`: send_json() of a consumer that has none.
   */
  readonly kind: Moment | 'init' | 'groups' | 'scope' | 'dict' | 'json'
  readonly consumer: string
  readonly method: string
  /** The call that Channels makes: `receive(text_data=…)`. */
  readonly call: string
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/** What one call hands over besides `self`. */
interface Given {
  readonly positional: number
  readonly keywords: readonly string[]
  readonly shown: string
}

/** The calls in channels/generic/websocket.py and consumer.py; a frame of bytes is for those who ask for it. */
const calls: Readonly<Record<string, Given>> = {
  connect: { positional: 0, keywords: [], shown: 'connect()' },
  receive: { positional: 0, keywords: ['text_data'], shown: 'receive(text_data=…)' },
  disconnect: { positional: 1, keywords: [], shown: 'disconnect(code)' },
  receive_json: { positional: 1, keywords: [], shown: 'receive_json(content)' },
}

export function signatureFaults(app: App): SignatureFault[] {
  const found = servedConsumers(app).flatMap((code) => [
    ...calledFaults(app, code),
    ...initFaults(app, code),
    ...code.functions.flatMap((method) => sendFaults(app, code, method)),
  ])
  return uniqueBy(found, ({ at }) => placeKey(at))
}

function calledFaults(app: App, code: ConsumerCode): SignatureFault[] {
  return calledMethods(app, code).flatMap(({ name, node, file, moment }) => {
    const given = calls[name] ?? { positional: 1, keywords: [], shown: `${name}(event)` }
    if (node.decorators.length > 0 || takes(node, given)) return []
    // A page that sends bytes alone never makes the other call.
    if (name === 'receive' && takes(node, { ...given, keywords: ['bytes_data'] })) return []
    const at = placeIn(file, node.nameSpan)
    return [
      {
        kind: moment,
        consumer: code.consumer.name,
        method: name,
        call: given.shown,
        at,
        edits: renamedForJson(code, file, node, name) ?? taking(file, node, name),
      },
    ]
  })
}

/** Whether a method can be called so, as Python binds arguments; `self` is one more. */
function takes({ args: parameters }: FunctionDef, { positional, keywords }: Given): boolean {
  const { posonly, args, vararg, kwonly, kwarg } = parameters
  const places = [...posonly, ...args]
  const filled = positional + 1
  if (places.length < filled && vararg === undefined) return false
  const named = [...args.slice(Math.max(0, filled - posonly.length)), ...kwonly]
  if (kwarg === undefined && !keywords.every((name) => named.some((one) => one.name === name))) return false
  const wanting = [...places.slice(filled), ...kwonly].filter((one) => one.default === undefined)
  return wanting.every(({ name }) => keywords.includes(name))
}

/** `__init__` since Channels 3: called without the scope, by as_asgi(). */
function initFaults(app: App, code: ConsumerCode): SignatureFault[] {
  const init = code.methods.get('__init__')
  const major = channelsMajor(app)
  if (init === undefined || init.node.decorators.length > 0 || (major !== 3 && major !== 4)) return []
  const at = placeIn(init.file, init.node.nameSpan)
  const fault = (kind: SignatureFault['kind'], place = at, edits?: readonly Edit[]): SignatureFault[] => [
    { kind, consumer: code.consumer.name, method: '__init__', call: `${code.consumer.name}()`, at: place, edits },
  ]
  if (!takes(init.node, { positional: 0, keywords: [], shown: '' }))
    return madeWithoutArguments(app, code.consumer) ? fault('init') : []
  const scope = scopeRead(init)
  if (scope !== undefined) return fault('scope', scope)
  return leavesGroupsUnset(code, init) ? fault('groups', at, initialised(init)) : []
}

/** Every route makes the consumer by `as_asgi()` without arguments. */
function madeWithoutArguments(app: App, consumer: Consumer): boolean {
  const uses = app.asgi.application
    .flatMap(({ root }) => nodesOf(root))
    .filter((node) => node.kind === 'consumer' && node.consumer?.at === consumer.at)
  return (
    uses.length > 0 &&
    uses.every((node) => {
      const call = node.kind === 'consumer' && node.use !== undefined ? expressionAt(app.tree, node.use) : undefined
      return call?.kind === 'Call' && call.args.length === 0 && call.keywords.length === 0
    })
  )
}

/** `self.scope` where neither the class nor __init__ itself sets it. */
function scopeRead({ node, file }: ConsumerMethod): Place | undefined {
  let at: Place | undefined
  let set = false
  eachOwn(node, (inner, parents) => {
    if (inner.kind !== 'Attribute' || inner.attr !== 'scope' || memberName(inner)?.of !== 'self') return
    const parent = parents.at(-1)
    if (parent?.kind === 'Assign' && parent.targets.includes(inner)) set = true
    else at ??= placeIn(file, inner)
  })
  return set ? undefined : at
}

/** The class attribute `groups` is None until the __init__ of Channels runs. */
function leavesGroupsUnset(code: ConsumerCode, { node }: ConsumerMethod): boolean {
  if (code.consumer.methods.has('groups') || code.methods.has('websocket_connect') || code.methods.has('dispatch'))
    return false
  let filled = false
  eachOwn(node, (inner) => {
    if (inner.kind === 'Attribute' && (inner.attr === '__init__' || inner.attr === 'groups')) filled = true
    if (inner.kind === 'Call' && inner.func.kind === 'Name' && inner.func.id === 'setattr') filled = true
  })
  return !filled
}

/** `self.send({…})`, and send_json() where no class has it. */
function sendFaults(app: App, code: ConsumerCode, { node, file }: ConsumerMethod): SignatureFault[] {
  const found: SignatureFault[] = []
  eachOwn(node, (inner) => {
    if (inner.kind !== 'Call') return
    const member = memberName(inner.func)
    if (member === undefined || code.methods.has(member.name)) return
    const fault = (kind: 'dict' | 'json', at: Expression): void => {
      const edits = kind === 'dict' ? asJson(app, code, file, inner, at) : undefined
      found.push({ kind, consumer: code.consumer.name, method: node.name, call: '', at: placeIn(file, at), edits })
    }
    const text = member.name === 'send' ? textOf(inner) : undefined
    if (text?.kind === 'Dict' && !speaksAsgi(code, member.of)) fault('dict', text)
    if (member.name === 'send_json' && !code.json && !isAsked(node)) fault('json', inner.func)
  })
  return found
}

/** What Channels hands over behind `self`, where the method takes nothing. */
const handed: Readonly<Record<string, string>> = {
  receive: 'text_data=None, bytes_data=None',
  receive_json: 'content',
  disconnect: 'code',
  connect: '',
}

function taking(file: CodeFile, { args }: FunctionDef, name: string): readonly Edit[] | undefined {
  const { posonly, args: plain, vararg, kwonly, kwarg } = args
  const [self, ...others] = [...posonly, ...plain]
  const parameters = handed[name] ?? 'event'
  if (self === undefined || others.length > 0 || vararg !== undefined || kwarg !== undefined || kwonly.length > 0)
    return undefined
  return parameters === ''
    ? undefined
    : [{ file: file.path, span: { start: self.end, end: self.end }, text: `, ${parameters}` }]
}

/** `super().__init__(…)` as the first statement, with what the method itself takes on. */
function initialised({ node, file }: ConsumerMethod): readonly Edit[] | undefined {
  const [first] = node.body
  const { vararg, kwarg } = node.args
  if (first === undefined) return undefined
  const handedOn = [vararg && `*${vararg.name}`, kwarg && `**${kwarg.name}`]
    .filter((one) => one !== undefined)
    .join(', ')
  const before = file.text.slice(file.text.lastIndexOf('\n', first.start - 1) + 1, first.start)
  if (before.trim() !== '') return undefined
  const span = { start: first.start, end: first.start }
  return [{ file: file.path, span, text: `super().__init__(${handedOn})\n${before}` }]
}

/** `send_json` where the class has it, else `json.dumps`. */
function asJson(
  app: App,
  { json, methods }: ConsumerCode,
  file: CodeFile,
  call: Call,
  dict: Expression,
): readonly Edit[] | undefined {
  const path = file.path
  const { func } = call
  if (json && func.kind === 'Attribute' && call.keywords.length === 0 && !methods.has('send_json'))
    return [{ file: path, span: { start: func.end - 'send'.length, end: func.end }, text: 'send_json' }]
  const imported = importEdit(app, path, 'json')
  return [
    { file: path, span: { start: dict.start, end: dict.start }, text: 'json.dumps(' },
    { file: path, span: { start: dict.end, end: dict.end }, text: ')' },
    ...(imported === undefined ? [] : [imported]),
  ]
}

function textOf(call: Call): Expression | undefined {
  return call.args[0] ?? call.keywords.find(({ arg }) => arg === 'text_data')?.value
}

/** `super().send({…})` in a class between may be the raw one. */
function speaksAsgi(code: ConsumerCode, of: 'self' | 'super'): boolean {
  return of === 'super' && code.methods.has('send')
}

/** The function asks first whether the consumer has the method. */
function isAsked(node: FunctionDef): boolean {
  let found = false
  eachOwn(node, (inner) => {
    if (inner.kind === 'Call' && inner.func.kind === 'Name' && inner.func.id === 'hasattr') found = true
  })
  return found
}

/** `receive(self, content)` of a JSON consumer is its `receive_json`, where it has none. */
function renamedForJson(
  code: ConsumerCode,
  file: CodeFile,
  node: FunctionDef,
  name: string,
): readonly Edit[] | undefined {
  const { args } = node.args
  const isJson = code.consumer.bases.some((base) => /JsonWebsocketConsumer$/.test(base))
  if (name !== 'receive' || !isJson || code.methods.has('receive_json') || args.length !== 2) return undefined
  return args[1]?.name === 'content' ? [{ ...placeIn(file, node.nameSpan), text: 'receive_json' }] : undefined
}
