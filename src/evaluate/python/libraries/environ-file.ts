import type { Place, Span } from '../../../contracts/place.ts'
import { none, text } from '../constructors.ts'
import type { PythonRun } from '../library.ts'
import { take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { CallArguments, Value } from '../value.ts'
import { callerFolder, inFolder, readPresent } from './support/env-files.ts'
import { projectPath } from './support/files.ts'
import { olderThan } from './support/version.ts'

/**
 * `Env.read_env`: a file that is on the dyno sets what the environment lacks; one that is not is passed over. Without
 * an argument it is `.env` beside the caller.
 */
export function readEnvironFile(run: PythonRun, args: CallArguments): Value {
  const given = take(run, 'read_env', args, ['env_file?', 'overwrite?', 'parse_comments?', 'encoding?', '**'])
  const file = given.env_file
  const folder = callerFolder(run)
  const path =
    file === undefined || file.type === 'none'
      ? folder === undefined
        ? undefined
        : inFolder(folder, '.env')
      : projectPath(run, file)
  if (path === undefined && file?.type !== 'str') {
    if (file === undefined || file.type === 'unknown' || file.type === 'call')
      return run.unknown(notModelled('read_env'))
  }
  const source = path === undefined ? undefined : readPresent(run, path)
  if (source === undefined && file === undefined) return none(run.at)
  // Older releases took `overwrite` and `parse_comments` for variables, as they do other keywords.
  const overwrite = given.overwrite !== undefined && run.truth(given.overwrite)
  const comments = commentsRead(run, given.parse_comments)
  const pairs = new Map<string, { readonly value: Value; readonly at?: Place }>()
  if (path !== undefined && source !== undefined)
    for (const [key, { value, span }] of parseEnviron(source, comments))
      pairs.set(key, { value: text(value, run.at), at: { file: path, span } })
  const options = new Set(['env_file', 'overwrite', 'parse_comments', 'encoding'])
  if (source !== undefined || file !== undefined)
    for (const [key, value] of args.keywords) if (!options.has(key)) pairs.set(key, { value: run.str(value) })
  for (const [key, { value, at }] of pairs) run.setVariable(key, value, overwrite ? 'assign' : 'setdefault', at)
  return none(run.at)
}

function commentsRead(run: PythonRun, given: Value | undefined): boolean {
  if (given !== undefined) return run.truth(given)
  return olderThan(run, 'django-environ', '0.12') && !olderThan(run, 'django-environ', '0.9')
}

/** The value of each name, as django-environ reads the lines, and where it is set; the last line of a name counts. */
function parseEnviron(source: string, comments: boolean): Map<string, { value: string; span: Span }> {
  const out = new Map<string, { value: string; span: Span }>()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: where Python's splitlines() cuts
  for (const { 0: line, index } of source.matchAll(/[^\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]+/g)) {
    const [, before = '', name, written] = /^(export )?([A-Za-z_0-9]+)=(.*)$/.exec(line) ?? []
    if (name === undefined || written === undefined) continue
    let value = written
    if (comments) {
      const quoted = value.match(/^\s*'(.*)'\s*(#.*\s*)?$/)
      value =
        quoted === null ? ((value.match(/^(.*?)(#.*\s*)?$/) as RegExpMatchArray)[1] as string) : (quoted[1] as string)
    } else value = value.match(/^'(.*)'$/)?.[1] ?? value
    const double = value.match(/^"(.*)"$/)
    if (double !== null)
      value = (double[1] as string).replace(/\\(.)/g, (_, c: string) => ('rnt'.includes(c) ? '\\' + c : c))
    const start = index + before.length
    out.set(name, { value, span: { start, end: index + line.length } })
  }
  return out
}
