import { lineStarts } from '../../files/lines.ts'
import type { FileTree } from '../../files/tree.ts'
import type { Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { effectsOf } from './interpreter/scopes.ts'

/** The names that the statement at a line of a file binds or changes (1-based); empty where there is none. */
export function statementAt(tree: FileTree, file: string, line: number): ReadonlySet<string> {
  const parsed = parseFile(tree, file)
  const starts = lineStarts(parsed?.text ?? '')
  const start = starts[line - 1]
  if (parsed === undefined || start === undefined) return new Set()
  const found = innermost(parsed.module.body, start, (starts[line] ?? parsed.text.length + 1) - 1)
  const { bound, changed } = effectsOf(found === undefined ? [] : [found])
  return new Set([...bound, ...changed])
}

function innermost(block: readonly Statement[], start: number, end: number): Statement | undefined {
  const around = block.find((statement) => statement.start < end && statement.end > start)
  if (around === undefined) return undefined
  for (const inner of blocksOf(around)) {
    const found = innermost(inner, start, end)
    if (found !== undefined) return found
  }
  return around
}

/** The blocks of a statement that run where it stands: not those of a function or class. */
function blocksOf(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case 'If':
    case 'For':
    case 'AsyncFor':
    case 'While':
      return [s.body, s.orelse]
    case 'Try':
      return [s.body, ...s.handlers.map(({ body }) => body), s.orelse, s.finalbody]
    case 'With':
    case 'AsyncWith':
      return [s.body]
    case 'Match':
      return s.cases.map(({ body }) => body)
    default:
      return []
  }
}
