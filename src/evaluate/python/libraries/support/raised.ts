import { type Machine, mark, Raised, unwind } from '../../interpreter/machine.ts'
import { toText } from '../../types/text.ts'
import { display } from '../../value.ts'

/** The text of an exception; empty where its `__str__`, one of the project, fails or cannot be told. */
export function messageOf(m: Machine, { exception }: Raised): string {
  const before = mark(m)
  try {
    const shown = toText(m, exception)
    return shown.type === 'str' ? display(shown) : ''
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    unwind(m, before)
    return ''
  }
}

/** Runs something whose exceptions are others' to tell; undefined when it raises. */
export function quietly<T>(m: Machine, body: () => T): T | undefined {
  const before = mark(m)
  try {
    return body()
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    unwind(m, before)
    // What follows must be explored like a value.
    m.wide = m.session.taints.union(m.wide, error.taint)
    return undefined
  }
}
