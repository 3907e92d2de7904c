import type { Place } from '../../contracts/place.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import { overlay, type SourceFile } from '../../files/tree.ts'
import type { Call, Expression, FunctionDef, Statement } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { type CodeFile, codeOf, dottedOf } from '../asgi/python-code.ts'
import { findServed } from '../asgi/served.ts'
import { runWith } from './run-module.ts'

/** Calls of redis-py that make a client. */
export const clientCall = /^redis(?:\.asyncio|\.client)?(?:\.(?:Redis|StrictRedis))?(?:\.from_url|(?<=Redis))$/

/** A run in which the clients that methods of consumers make are made at the end of their modules. */
export interface InnerRun {
  readonly run: Evaluation
  /** The call in the method that a place behind the end of a file stands for; undefined for every other place. */
  original(at: Place): Place | undefined
}

/**
 * What the Redis clients are given that methods of the consumers make: their arguments mean there what they mean at the end of the
 * module, as long as they name nothing of the method. So the served module is run with these calls written there.
 */
export function innerClientRun(app: App): InnerRun | undefined {
  const found = findServed(app)
  if (found?.served.from !== 'web' || found.served.file === undefined) return undefined
  const code = codeOf(app)
  const files = new Map<string, SourceFile>()
  const written: { readonly file: string; readonly start: number; readonly end: number; readonly at: Place }[] = []
  for (const { routed, file } of app.asgi.consumers) {
    const source = routed && !files.has(file) ? app.tree.read(file) : undefined
    const parsed = code.file(file)
    if (source === undefined || typeof source === 'string' || parsed === undefined) continue
    let text = source.text
    for (const { call, lines } of callsIn(parsed)) {
      const start = text.length
      text += `\n${lines}\n`
      written.push({ file, start, end: text.length, at: { file, span: { start: call.start, end: call.end } } })
    }
    if (text !== source.text) files.set(file, { ...source, text, bytes: new TextEncoder().encode(text), bom: false })
  }
  if (files.size === 0) return undefined
  const run = runWith(app, overlay(app.tree, files), found.served.module, found.searchPath, found.environment)
  return {
    run,
    original: ({ file, span }) =>
      written.find((one) => one.file === file && span.start >= one.start && span.end <= one.end)?.at,
  }
}

/** The calls in the methods of a file's classes, as statements that mean the same at the end of the module. */
function callsIn(file: CodeFile): { call: Call; lines: string }[] {
  if (!/\bredis\b/.test(file.text)) return []
  return [...file.classes.values()].flatMap((definition) =>
    definition.body.flatMap((method) => {
      if (method.kind !== 'FunctionDef' && method.kind !== 'AsyncFunctionDef') return []
      const calls: Call[] = []
      walk(method, (inner) => {
        if (inner.kind === 'Call' && clientCall.test(dottedOf(inner.func, file) ?? '')) calls.push(inner)
      })
      return calls.flatMap((call) => {
        const lines = statementOf(call, method, file)
        return lines === undefined ? [] : [{ call, lines }]
      })
    }),
  )
}

/** The call with the local names in it written out; undefined when it names something that only the method knows. */
function statementOf(call: Call, method: FunctionDef, file: CodeFile): string | undefined {
  const text = textOf(call, method, file, 0)
  // An import inside the method binds the name there only.
  const imports = method.body.filter((one): one is Statement => one.kind === 'Import' || one.kind === 'ImportFrom')
  return text === undefined
    ? undefined
    : [...imports.map(({ start, end }) => file.text.slice(start, end)), text].join('\n')
}

function textOf(node: Expression, method: FunctionDef, file: CodeFile, depth: number): string | undefined {
  const { posonly, args, kwonly, vararg, kwarg } = method.args
  const parameters = new Set([...posonly, ...args, ...kwonly, vararg, kwarg].map((one) => one?.name))
  const pieces: { start: number; end: number; text: string | undefined }[] = []
  walk(node, (inner) => {
    if (inner.kind !== 'Name') return
    const value = onlyAssignment(method, inner.id)
    if (parameters.has(inner.id)) pieces.push({ start: inner.start, end: inner.end, text: undefined })
    else if (value !== undefined) {
      const text = depth > 3 ? undefined : textOf(value, method, file, depth + 1)
      pieces.push({ start: inner.start, end: inner.end, text: text === undefined ? undefined : `(${text})` })
    } else if (isBoundIn(method, inner.id)) pieces.push({ start: inner.start, end: inner.end, text: undefined })
  })
  if (pieces.some(({ text }) => text === undefined)) return undefined
  let out = ''
  let from = node.start
  for (const { start, end, text } of pieces) {
    out += file.text.slice(from, start) + text
    from = end
  }
  const whole = (out + file.text.slice(from, node.end)).replace(/\s*\n\s*/g, ' ')
  return whole.includes('#') ? undefined : whole
}

/** Bound in the method in more than one way, or by something else than an assignment. */
function isBoundIn(method: FunctionDef, name: string): boolean {
  let found = false
  for (const statement of method.body) {
    walk(statement, (inner) => {
      if (inner.kind === 'Assign' && inner.targets.some((one) => one.kind === 'Name' && one.id === name)) found = true
      if (
        (inner.kind === 'For' || inner.kind === 'AsyncFor' || inner.kind === 'AugAssign') &&
        inner.target.kind === 'Name'
      )
        found ||= inner.target.id === name
      if (inner.kind === 'NamedExpr' && inner.target.id === name) found = true
    })
  }
  return found
}
