import type { Expression } from '../../syntax/python/ast.ts'
import { type CodeFile, dottedOf } from './python-code.ts'

const toThread = new Set([
  'channels.db.database_sync_to_async',
  'asgiref.sync.sync_to_async',
  'asgiref.sync.SyncToAsync',
])

/** `database_sync_to_async`, `sync_to_async(thread_sensitive=False)`: what makes a coroutine function of a function. */
export function isThreadBridge(node: Expression, file: CodeFile): boolean {
  if (node.kind === 'Call') return node.args.length === 0 && isThreadBridge(node.func, file)
  return toThread.has(dottedOf(node, file) ?? '')
}
