import type { Place } from '../../../contracts/place.ts'
import type { Statement } from '../../../syntax/python/ast.ts'
import type { Taint } from '../explore/taint.ts'
import { repr } from '../repr.ts'
import type { Value } from '../value.ts'
import { type Machine, place } from './machine.ts'

/** What a statement of a module did to a name that is watched. */
export interface Rebinding {
  readonly name: string
  readonly at: Place
  /** Dotted name of the module whose name it is. */
  readonly module: string
  readonly does: 'bind' | 'change' | 'delete'
  /** What the name is worth behind the statement; undefined when it is deleted. */
  readonly value: Value | undefined
  /** The same as text: a list may be changed later. */
  readonly text: string
  /** What it rests on. */
  readonly taint: Taint
}

/** Statements whose parts are told one by one. */
const compound: ReadonlySet<Statement['kind']> = new Set([
  'If', 'For', 'AsyncFor', 'While', 'Try', 'With', 'AsyncWith', 'Match',
]) // biome-ignore format: a list of words

/**
 * Runs a statement and notes what it did to the watched names of its module, by whatever means: an assignment, a
 * star-import, a call that changes `globals()`, an `append`.
 */
export function runWatched<T>(m: Machine, statement: Statement, run: (m: Machine, statement: Statement) => T): T {
  const { frame, control } = m.activation
  const { watched, taints } = m.session
  if (watched === undefined || frame.kind !== 'module' || compound.has(statement.kind)) return run(m, statement)
  const before = [...watched].map((name) => ({ name, bound: frame.names.get(name), text: textOf(m, name) }))
  const result = run(m, statement)
  for (const { name, bound, text } of before) {
    const now = frame.names.get(name)
    const after = textOf(m, name)
    const does = now === undefined ? 'delete' : now === bound || now.value === bound?.value ? 'change' : 'bind'
    if (now === bound && after === text) continue
    if (does === 'change' && after === text) continue
    m.rebindings.push({
      name,
      at: place(m, statement),
      module: frame.module.name,
      does,
      value: now?.value,
      text: after ?? '',
      taint: taints.union(now?.taint ?? control, now === undefined ? 0 : (m.objectTaints.get(now.value) ?? 0)),
    })
  }
  return result
}

function textOf(m: Machine, name: string): string | undefined {
  const bound = m.activation.frame.names.get(name)
  return bound === undefined ? undefined : repr(bound.value, 300)
}
