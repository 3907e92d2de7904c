import type { Place } from '../../../text.ts'
import type { GunicornFile } from './gunicorn-file.ts'
import type { Invocation } from './invocation.ts'

/** What a gunicorn configuration file sets. A file that cannot be evaluated may set anything. */
export function readGunicornFile(
  _invocation: Invocation,
  found: { path: string | undefined; at: Place },
): GunicornFile {
  return { path: found.path ?? '', options: [], unknown: new Map([['*', found.at]]) }
}
