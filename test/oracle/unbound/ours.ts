import type { FunctionDef, If, Statement, Try } from '../../../src/syntax/python/ast.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { earlyReads, readAfterHandler, readsAfterBranch } from '../../../src/syntax/python/unbound-reads.ts'
import { children, isFunction, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** The lines that were come to, the line whose call raised, and what else was raised: the line, and the name that had no value. */
export type Run = readonly [
  lines: readonly number[],
  raised: number,
  errors: readonly (readonly [number, string | null])[],
]

/** A function and what CPython did in some runs of it. */
export interface Vector {
  readonly source: string
  readonly runs: readonly Run[]
}

/** What is said of a function: in each run for which `holds` is true, this line raises for this name. */
export interface Claim {
  readonly kind: 'early' | 'handler' | 'branch'
  readonly line: number
  readonly name: string
  readonly holds: (run: Run) => boolean
}

/** All that is said of the function of a module. */
export function claims({ source }: Vector): Claim[] {
  const lineOf = ({ start }: { readonly start: number }) => source.slice(0, start).split('\n').length
  const around = parsePython(source).body.find(isFunction) as FunctionDef
  const returns = (call: PythonNode) => !source.slice(call.start, call.end).startsWith('fail(')
  const found: Claim[] = earlyReads(around).map((read) => {
    const line = lineOf(read)
    return { kind: 'early', line, name: read.id, holds: ([lines]) => lines.includes(line) }
  })
  own(around, (node) => {
    if (node.kind === 'Try') found.push(...ofTry(node))
    if (node.kind === 'If') found.push(...ofBranches(node))
  })
  return found

  function ofTry(node: Try): Claim[] {
    const handler = node.handlers.find(({ type }) => type?.kind === 'Name' && /^(?:Gone|Exception)$/.test(type.id))
    if (handler === undefined) return []
    return node.body.flatMap((raising): Claim[] => {
      if (!/^(?:Assign|Expr)$/.test(raising.kind) || !source.slice(raising.start, raising.end).includes('get()'))
        return []
      const read = readAfterHandler(around, node, handler, raising, returns)
      const at = lineOf(raising)
      return read === undefined
        ? []
        : [{ kind: 'handler', line: lineOf(read), name: read.id, holds: ([, raised]) => raised === at }]
    })
  }

  function ofBranches(node: If): Claim[] {
    const line = lineOf(node)
    const firsts = branches(node).map(([first]) => first && lineOf(first))
    return readsAfterBranch(around, node, returns).map(({ read, block }) => {
      const own = block?.[0] === undefined ? undefined : lineOf(block[0])
      const holds = ([lines]: Run) =>
        lines.includes(line) &&
        firsts.every((one) => one === undefined || lines.includes(one) === (one === own)) &&
        (own === undefined || lines.includes(own))
      return { kind: 'branch', line: lineOf(read), name: read.id, holds }
    })
  }
}

function branches(node: If): (readonly Statement[])[] {
  const [next, ...more] = node.orelse
  return [node.body, ...(next?.kind === 'If' && more.length === 0 ? branches(next) : [node.orelse])]
}

function own(around: FunctionDef, visit: (node: PythonNode) => void): void {
  for (const one of around.body)
    walk(one, (node) => {
      visit(node)
      return !isFunction(node) && children(node).length > 0
    })
}

/** `wrong`: CPython went on without an error; undefined: another one came before. */
export function judged({ kind, line, name, holds }: Claim, run: Run): 'right' | 'wrong' | undefined {
  if (!holds(run)) return undefined
  const [, raised, errors] = run
  if (errors.some(([at, of]) => at === line && of === name)) return 'right'
  if (kind === 'branch' ? raised > 0 : raised === line) return undefined
  return errors.some(([at]) => kind !== 'early' || at === line) ? undefined : 'wrong'
}
