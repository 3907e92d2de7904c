import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { eachStanding, functionAt, type Standing, surelyDotted } from './project-functions.ts'
import { type Code, dottedOf } from './python-code.ts'

/** What a receiver is said to be told of: the expression of a model, and where it means something. */
interface Sender {
  readonly node: Expression
  readonly standing: Standing
  /** A signal of these comes before the row is saved. */
  readonly early: boolean
}

/** The one model whose signals a function is said to receive: `@receiver(post_save, sender=Room)`, `post_save.connect(tell, sender=Room)`. */
export function senderOf(code: Code, node: FunctionDef, standing: Standing): Sender | undefined {
  const outside: Standing = { ...standing, functions: [] }
  const decorated = node.decorators.flatMap((one): Sender[] => {
    if (one.kind !== 'Call' || dottedOf(one.func, standing.file) !== 'django.dispatch.receiver') return []
    const sender = one.args[0] !== undefined && areSignals(one.args[0], outside) ? senderIn(one) : undefined
    return sender === undefined ? [] : [{ node: sender, standing: outside, early: isEarly(one.args[0]) }]
  })
  const [only, ...more] = decorated.length > 0 ? decorated : connected(code, node)
  return more.length === 0 ? only : undefined
}

const senderIn = (call: Call): Expression | undefined => call.keywords.find(({ arg }) => arg === 'sender')?.value

/** A signal of Django’s models, or a list of them. */
function areSignals(node: Expression, { file }: Standing): boolean {
  if (node.kind === 'List' || node.kind === 'Tuple')
    return node.elts.every((one) => areSignals(one, { file } as Standing))
  return dottedOf(node, file)?.startsWith('django.db.models.signals.') === true
}

/** `pre_save`, or a list that has it. */
function isEarly(node: Expression | undefined): boolean {
  if (node?.kind === 'List' || node?.kind === 'Tuple') return node.elts.some(isEarly)
  const name = node?.kind === 'Name' ? node.id : node?.kind === 'Attribute' ? node.attr : ''
  return !/^post_(?:save|delete)$|^(?:pre_delete|m2m_changed)$/.test(name)
}

const connections = new WeakMap<Code, Map<FunctionDef, Sender[]>>()

function connected(code: Code, wanted: FunctionDef): readonly Sender[] {
  return getOrInsert(connections, code, () => readConnections(code)).get(wanted) ?? []
}

function readConnections(code: Code): Map<FunctionDef, Sender[]> {
  const found = new Map<FunctionDef, Sender[]>()
  for (const path of code.files) {
    const file = code.source(path)?.text.includes('.connect(') === true ? code.file(path) : undefined
    if (file === undefined) continue
    eachStanding(file, (node, standing) => {
      if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr !== 'connect') return
      const [receiver] = node.args
      const sender = areSignals(node.func.value, standing) ? senderIn(node) : undefined
      const dotted = receiver && surelyDotted(receiver, standing)
      const called = dotted === undefined ? undefined : functionAt(code, dotted)
      if (sender !== undefined && called !== undefined)
        getOrInsert(found, called.node, () => []).push({ node: sender, standing, early: isEarly(node.func.value) })
    })
  }
  return found
}
