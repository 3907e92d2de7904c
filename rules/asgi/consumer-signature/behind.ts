import type { App } from '../../../src/app/app.ts'
import {
  type ConsumerCode,
  eachOwn,
  type ShadowedMethod,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { channelsOrder, definedByChannels, lineage, type OwnAncestor } from '../../../src/app/asgi/lineage.ts'
import { type Code, codeOf, dottedOf, findClass, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { ClassDef, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { isFunction } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A class of the project that stands behind a class of Channels, which has methods of the same names. */
export interface MixinBehind {
  /**
   * `behind`: nothing else joins a group, or takes what the page sends. `behind-open`: it was to refuse visitors.
   * `behind-leave`: all that is lost is what runs when the socket is gone. `behind-aside`: anything else.
   */
  readonly kind: 'behind' | 'behind-open' | 'behind-leave' | 'behind-aside'
  readonly consumer: string
  readonly mixin: string
  readonly base: string
  /** `connect(), disconnect()` */
  readonly methods: string
  /** The bases with the mixin before that one. */
  readonly order: string
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/** Where a class statement names the mixin behind the other base. */
interface Behind {
  readonly owner: OwnAncestor
  readonly mixin: Expression
  readonly base: Expression
}

/** What Channels calls by itself. */
const called = ['dispatch', 'websocket_connect', 'connect', 'websocket_receive', 'receive', 'receive_json']
const leaving = ['websocket_disconnect', 'disconnect']

/** Mixins of served consumers whose methods Python never finds, because those of Channels come before. */
export function mixinsBehind(app: App): MixinBehind[] {
  const code = codeOf(app)
  const found = servedConsumers(app).flatMap((one) => {
    const lost = one.shadowed.filter(({ node }) => isMissed(one, node))
    return uniqueBy(lost, ({ owner }) => owner.name).flatMap(({ owner }): MixinBehind[] => {
      const methods = lost.filter((method) => method.owner === owner)
      const behind = behindIn(code, one, owner)
      if (behind === undefined) return []
      const { file, node } = behind.owner
      const order = mixinBefore(behind)
      return [
        {
          kind: kindOf(app, one, methods),
          consumer: node.name,
          mixin: owner.name,
          base: written(behind.base, behind.owner),
          methods: [...new Set(methods.map((method) => `${method.node.name}()`))].join(', '),
          order,
          at: placeIn(file, behind.mixin),
          edits: reordered(code, behind, order),
        },
      ]
    })
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}

/** It does something, and no class in front of Channels does that in its place. */
function isMissed(code: ConsumerCode, node: FunctionDef): boolean {
  if (code.methods.has(node.name)) return false
  return !node.body.every((statement) => isNothing(statement, node.name))
}

/** A docstring, `pass`, `...`, `raise NotImplementedError`, or `super()` asked for the same. */
function isNothing(statement: FunctionDef['body'][number], name: string): boolean {
  if (statement.kind === 'Pass') return true
  if (statement.kind === 'Raise') {
    const { exc } = statement
    const raised = exc?.kind === 'Call' ? exc.func : exc
    return raised?.kind === 'Name' && raised.id === 'NotImplementedError'
  }
  const value = statement.kind === 'Expr' || statement.kind === 'Return' ? statement.value : undefined
  if (statement.kind === 'Expr' && value?.kind === 'Constant') return true
  const call = value?.kind === 'Await' ? value.value : value
  return call?.kind === 'Call' && call.func.kind === 'Attribute' && call.func.attr === name
}

function kindOf(app: App, code: ConsumerCode, lost: readonly ShadowedMethod[]): MixinBehind['kind'] {
  const named = (...names: string[]) => lost.some(({ node }) => names.includes(node.name))
  if (named('websocket_receive', 'dispatch', code.json ? 'receive_json' : 'receive') || missesGroup(app, code, lost))
    return 'behind'
  if (lost.some(({ node }) => /connect$/.test(node.name) && refuses(node))) return 'behind-open'
  return lost.every(({ node }) => leaving.includes(node.name)) ? 'behind-leave' : 'behind-aside'
}

/** The lost method joins a group, itself or by another method, and nothing that runs does. */
function missesGroup(
  app: App,
  { consumer, functions, shadowed }: ConsumerCode,
  lost: readonly ShadowedMethod[],
): boolean {
  const joining = functions.filter(({ node }) => names(node).has('group_add'))
  const isJoin = ({ node }: { readonly node: FunctionDef }) =>
    names(node).has('group_add') || joining.some((one) => names(node).has(one.node.name))
  const runs = joining.some(
    ({ node }) =>
      called.includes(node.name) ||
      app.asgi.usesLayer.some(({ type }) => type?.text.replaceAll('.', '_') === node.name) ||
      functions.some((one) => one.node !== node && names(one.node).has(node.name)),
  )
  const elsewhere = app.asgi.usesLayer.some(
    ({ kind, at }) =>
      kind === 'group_add' &&
      ![...functions, ...shadowed].some(({ file, node }) => file.path === at.file && holds(node, at)),
  )
  return lost.some((one) => called.includes(one.node.name) && isJoin(one)) && !runs && !elsewhere && !consumer.groups
}

const holds = (node: FunctionDef, { span }: Place): boolean => node.start <= span.start && span.end <= node.end

function names(node: FunctionDef): ReadonlySet<string> {
  const found = new Set<string>()
  eachOwn(node, (inner) => {
    if (inner.kind === 'Attribute') found.add(inner.attr)
  })
  return found
}

/** `self.close()`, `raise DenyConnection()` */
function refuses(node: FunctionDef): boolean {
  let found = false
  eachOwn(node, (inner) => {
    if (inner.kind === 'Raise') found ||= isDenial(inner.exc)
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute' && inner.func.attr === 'close') found = true
  })
  return found
}

function isDenial(raised: Expression | undefined): boolean {
  const named = raised?.kind === 'Call' ? raised.func : raised
  return (named?.kind === 'Name' ? named.id : named?.kind === 'Attribute' ? named.attr : '') === 'DenyConnection'
}

/** The class statement that puts a class of Channels, or one that derives from it, before the one that brings the mixin. */
function behindIn(code: Code, { classes }: ConsumerCode, wanted: ClassDef): Behind | undefined {
  for (const owner of classes) {
    const bases = owner.node.bases.map((base) => ({ base, ...aboveOf(code, base, owner) }))
    const at = bases.findIndex(({ own }) => own.includes(wanted))
    const mixin = bases[at]
    const before = bases.slice(0, Math.max(0, at)).find(({ channels }) => channels.some((one) => hides(one, wanted)))
    if (mixin !== undefined && before !== undefined) return { owner, mixin: mixin.base, base: before.base }
  }
  return undefined
}

function aboveOf(code: Code, base: Expression, { file }: OwnAncestor): { own: ClassDef[]; channels: string[] } {
  const dotted = dottedOf(base, file) ?? ''
  const found = findClass(code, dotted)
  if (found === undefined) return { own: [], channels: [...channelsOrder(dotted)] }
  const { own, bases } = lineage(code, found.file, found.node)
  return { own: own.map(({ node }) => node), channels: bases.flatMap(channelsOrder) }
}

const hides = (dotted: string, node: ClassDef): boolean =>
  node.body.some((one) => isFunction(one) && definedByChannels(dotted).includes(one.name))

function written(node: Expression, { file }: OwnAncestor): string {
  return file.text.slice(node.start, node.end)
}

/** The bases with the mixin directly before the class that hides its methods: what stands in front of that stays there. */
function mixinBefore({ owner, mixin, base }: Behind): string {
  const others = owner.node.bases.filter((one) => one !== mixin)
  const at = others.indexOf(base)
  return [...others.slice(0, at), mixin, ...others.slice(at)].map((one) => written(one, owner)).join(', ')
}

/**
 * The bases in that order, where nothing but commas stands between them, and where the mixin then hides no method of a class of the project
 * that it passes.
 */
function reordered(code: Code, { owner, mixin, base }: Behind, order: string): Edit[] | undefined {
  const { file, node } = owner
  const from = node.bases.indexOf(base)
  const to = node.bases.indexOf(mixin)
  const [first] = node.bases
  const last = node.bases.at(-1)
  if (first === undefined || last === undefined) return undefined
  const isPlain = node.bases.every((one, index) => {
    const next = node.bases[index + 1]
    return next === undefined || /^\s*,\s*$/.test(file.text.slice(one.end, next.start))
  })
  const moved = aboveOf(code, mixin, owner).own
  const names = new Set(moved.flatMap(methodNames))
  const passed = node.bases.slice(from, to).flatMap((one) => aboveOf(code, one, owner).own)
  const isHiding = passed.some((one) => !moved.includes(one) && methodNames(one).some((name) => names.has(name)))
  if (!isPlain || isHiding) return undefined
  return [{ file: file.path, span: { start: first.start, end: last.end }, text: order }]
}

const methodNames = ({ body }: ClassDef): string[] => body.flatMap((one) => (isFunction(one) ? [one.name] : []))
