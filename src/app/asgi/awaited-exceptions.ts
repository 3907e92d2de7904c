import type { ExceptHandler, Expression, Statement } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'

/**
 * Whether what stands around a part of it awaits an exception which that raises: `except AttributeError`, `suppress(KeyError)`, names that may
 * list it (`except MISSING`), and a handler of every exception that has another value in place of the one that was tried.
 */
export function awaits(exception: string, node: PythonNode, part: PythonNode): boolean {
  if (node.kind === 'With' || node.kind === 'AsyncWith')
    return node.items.some(({ context }) => context.kind === 'Call' && context.args.some((one) => isIt(one, exception)))
  if (node.kind !== 'Try') return false
  if (node.handlers.some(({ type }) => type !== undefined && isIt(type, exception)))
    return [node.body, node.orelse].some((block) => block.includes(part as Statement))
  const [only, ...others] = node.body
  return only === part && others.length === 0 && node.handlers.some((one) => standsIn(one, only))
}

/** The exception, or what may be a list with it: `except MISSING`, `except (KeyError, *MISSING)`. */
function isIt(type: Expression, exception: string): boolean {
  const name = type.kind === 'Name' ? type.id : type.kind === 'Attribute' ? type.attr : undefined
  if (name !== undefined) return name === exception || name === parents[exception] || constant.test(name)
  if (type.kind === 'Tuple') return type.elts.some((one) => isIt(one, exception))
  if (type.kind === 'Starred') return isIt(type.value, exception)
  return type.kind === 'BinOp' && [type.left, type.right].some((one) => isIt(one, exception))
}

/** What they derive from, besides Exception. */
const parents: Readonly<Record<string, string>> = { KeyError: 'LookupError', IndexError: 'LookupError' }

const constant = /^_?[A-Z][A-Z0-9_]*$/

/** A handler of every exception has another value for the same name, or returns another one: `text = str(error)`. */
function standsIn({ type, body }: ExceptHandler, tried: Statement): boolean {
  const all = ['Exception', 'BaseException']
  if (type !== undefined && !all.some((one) => isIt(type, one))) return false
  const names = namesSet(tried)
  return (tried.kind === 'Return' && body.at(-1)?.kind === 'Return') || body.some((one) => sharesName(one, names))
}

const sharesName = (one: Statement, names: readonly string[]) => namesSet(one).some((name) => names.includes(name))

/** `text` of `text = …`, `self.text` of `self.text = …`. */
function namesSet(node: Statement): string[] {
  const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
  return targets.flatMap((one) => {
    if (one.kind === 'Name') return one.id
    return one.kind === 'Attribute' && one.value.kind === 'Name' ? `${one.value.id}.${one.attr}` : []
  })
}
