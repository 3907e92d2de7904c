import type { Part } from '../../../parts.ts'
import { normal } from '../../constructors.ts'
import type { Session } from '../../interpreter/machine.ts'
import { workingFolder } from '../../interpreter/resolution.ts'
import { plain, type Value } from '../../value.ts'

/**
 * POSIX paths as parts of text, of which some may be holes. A hole is taken for (a part of) one path component; functions
 * give undefined when that is not enough.
 */

/** Where the last `/` of the known text is: part index and offset; undefined when there is none. */
function lastSlash(parts: readonly Part[]): readonly [number, number] | undefined {
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]
    if (typeof part !== 'string') continue
    const at = part.lastIndexOf('/')
    if (at >= 0) return [i, at]
  }
  return undefined
}

function ambiguous(parts: readonly Part[]): boolean {
  return parts.some((part) => typeof part !== 'string' && part.chars === 'any')
}

/** `os.path.dirname`. */
export function parentPath(parts: readonly Part[]): readonly Part[] | undefined {
  const found = lastSlash(parts)
  const after = found === undefined ? parts : parts.slice(found[0])
  if (ambiguous(after)) return undefined
  if (found === undefined) return []
  const [index, offset] = found
  const text = parts[index] as string
  const head = normal([...parts.slice(0, index), text.slice(0, offset)])
  return head.length === 0 ? normal([text.slice(0, offset + 1)]) : stripSlashes(head)
}

function stripSlashes(parts: readonly Part[]): readonly Part[] {
  const last = parts[parts.length - 1]
  if (typeof last !== 'string' || !last.endsWith('/')) return parts
  const stripped = last.replace(/\/+$/, '')
  return stripped === '' && parts.length === 1 ? parts : normal([...parts.slice(0, -1), stripped])
}

/** `os.path.basename`. */
export function baseName(parts: readonly Part[]): readonly Part[] | undefined {
  const found = lastSlash(parts)
  if (found === undefined) return ambiguous(parts) ? undefined : parts
  const [index, offset] = found
  const tail = normal([(parts[index] as string).slice(offset + 1), ...parts.slice(index + 1)])
  return ambiguous(tail) ? undefined : tail
}

/** `os.path.join(a, b)`; undefined when it cannot be known whether `b` is absolute. */
export function joinPaths(a: readonly Part[], b: readonly Part[]): readonly Part[] | undefined {
  const [first] = b
  if (typeof first === 'object' && first.chars === 'any') return undefined
  if (typeof first === 'string' && first.startsWith('/')) return b
  const last = a[a.length - 1]
  if (a.length === 0 || (typeof last === 'string' && last.endsWith('/'))) return normal([...a, ...b])
  return normal([...a, '/', ...b])
}

/** `os.path.normpath`: `.` and `..` are resolved in the known text; a hole is one component. */
export function normalPath(parts: readonly Part[]): readonly Part[] | undefined {
  const components: Part[][] = [[]]
  for (const part of parts) {
    if (typeof part !== 'string') {
      ;(components[components.length - 1] as Part[]).push(part)
      continue
    }
    part.split('/').forEach((piece, i) => {
      if (i > 0) components.push([])
      if (piece !== '') (components[components.length - 1] as Part[]).push(piece)
    })
  }
  const isAbsolute = typeof parts[0] === 'string' && parts[0].startsWith('/')
  const kept: Part[][] = []
  for (const component of components) {
    const [only] = component
    if (component.length === 0 || (component.length === 1 && only === '.')) continue
    if (component.length === 1 && only === '..') {
      const before = kept[kept.length - 1]
      if (before !== undefined && !(before.length === 1 && before[0] === '..')) kept.pop()
      else if (!isAbsolute) kept.push(component)
    } else kept.push(component)
  }
  const joined = kept.flatMap((component, i) => (i === 0 && !isAbsolute ? component : ['/', ...component]))
  return normal(joined.length === 0 ? [isAbsolute ? '/' : '.'] : joined)
}

/** `os.path.abspath`, from the process's working directory. */
export function absolutePath(session: Session, parts: readonly Part[]): readonly Part[] | undefined {
  const [first] = parts
  if (typeof first === 'string' && first.startsWith('/')) return normalPath(parts)
  const folder = workingFolder(session)
  const joined = joinPaths([folder === '' ? session.home : `${session.home}/${folder}`], parts)
  return joined === undefined ? undefined : normalPath(joined)
}

/** A path as text, or that of a Path. */
export function writtenPath(value: Value | undefined): string | undefined {
  return plain(value?.type === 'object' && /Path$/.test(value.class) ? (value.state as Value) : value)
}
