import type { Script } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseStatements } from './statements.ts'
import { tokenise } from './tokens.ts'

export interface ScriptOptions {
  /** TypeScript: annotations are skipped. */
  readonly types?: boolean
  /** Elements may stand in expressions. */
  readonly jsx?: boolean
  /** Offset of `text` in its file: spans count from the file's start. */
  readonly offset?: number
}

/** Reads a script or module. Never throws: what is not understood becomes `Unknown` or `Skipped`. */
export function parseScript(text: string, options: ScriptOptions = {}): Script {
  const offset = options.offset ?? 0
  const { tokens, comments } = tokenise(text, { jsx: options.jsx ?? false, offset })
  const cursor: Cursor = {
    tokens,
    types: options.types ?? false,
    end: offset + text.length,
    index: 0,
    depth: 0,
    again: 100,
  }
  const body = parseStatements(cursor, tokens.length)
  return { kind: 'Script', body, comments, start: offset, end: offset + text.length }
}
