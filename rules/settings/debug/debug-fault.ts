import type { App } from '../../../src/app/app.ts'
import { pathKind } from '../../../src/app/settings/path-kind.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Alternative } from '../../../src/evaluate/python/evaluation.ts'
import { isTruthy } from '../../../src/evaluate/python/truth.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'

/** DEBUG on the dyno where nobody asked for it. */
export interface DebugFault {
  readonly kind: 'on' | 'text'
  readonly at: Place
  /** The variable that decides already, or the one to introduce. */
  readonly variable: string
  readonly when: readonly Condition[]
  readonly edits: readonly Edit[] | undefined
}

/** Why DEBUG is on. That a variable with the right text turns it on is what a switch is for, and no fault. */
export function debugFault(app: App): DebugFault | undefined {
  const { settings } = app
  const byDefault = judged(settings, 'DEBUG', ({ value, when }) => isTruthy(value) && pathKind(when) === 'default')
  const always = judged(settings, 'DEBUG', ({ value }) => isTruthy(value))
  if (always !== undefined && always.when.length === 0) return { kind: 'on', ...placed(app, always.first), when: [] }
  if (byDefault !== undefined) return { kind: 'on', ...placed(app, byDefault.first), when: byDefault.when }
  const anyText = judged(settings, 'DEBUG', ({ value, when }) => isTruthy(value) && pathKind(when) === 'any-text')
  if (anyText === undefined || isPresence(app, anyText.first)) return undefined
  return { kind: 'text', ...placed(app, anyText.first), when: anyText.when }
}

/** `'DEVELOPMENT' in os.environ`: its text is nobody's matter. Of a variable that is called for DEBUG somebody sets "False". */
function isPresence(app: App, alternative: Alternative): boolean {
  const node = expressionAt(app.tree, placeOf(app.tree, alternative))
  if (node?.kind !== 'Compare' || node.ops.length !== 1 || node.ops[0] !== 'in') return false
  const name = literalText(node.left)
  return name !== undefined && !/debug/i.test(name)
}

function placed(app: App, alternative: Alternative): Pick<DebugFault, 'at' | 'variable' | 'edits'> {
  const at = placeOf(app.tree, alternative)
  const node = expressionAt(app.tree, at)
  const literal = node?.kind === 'Constant' && node.value.type === 'bool' && at.file === app.settings.file
  const text = app.settings.get('os') === undefined ? 'False' : "os.environ.get('DEBUG') == 'True'"
  const asked = alternative.when.find((condition) => condition.variable !== undefined)?.variable
  // `PRODUCTION` and `NODE_ENV` mean the opposite: a switch for DEBUG is named for it.
  const variable = asked !== undefined && /debug/i.test(asked) ? asked : 'DEBUG'
  if (literal) return { at, variable, edits: [{ ...at, text }] }
  const edit = askedForTrue(app, at)
  return { at, variable, edits: edit && [edit] }
}

/**
 * `bool(os.environ.get('DEBUG', 'False'))` and the like, which any text switches on, asks for `True` alone; so does what is on when the
 * variable is not set.
 */
function askedForTrue(app: App, at: Place): Edit | undefined {
  const node = expressionAt(app.tree, at)
  const call = node?.kind === 'Call' && dottedName(node.func) === 'bool' ? node.args[0] : node
  const compared = node?.kind === 'Compare' ? node : undefined
  const read = compared?.left ?? call
  if (node === undefined || read?.kind !== 'Call' || !readers.has(dottedName(read.func) ?? '')) return undefined
  const [name, fallback, ...others] = read.args
  if (literalText(name) === undefined || others.length > 0 || read.keywords.length > 0) return undefined
  const text = (one: Span): string => sourceText(app.tree, { file: at.file, span: one }) ?? ''
  const quote = text(name as Expression)[0] === '"' ? '"' : "'"
  const asked = `${text(read.func)}(${text(name as Expression)})`
  if (compared === undefined) return { ...at, text: `${asked} == ${quote}True${quote}` }
  // What it is compared with stays; that it is so by default does not.
  const [operator] = compared.ops
  return compared.ops.length === 1 && operator === '==' && fallback !== undefined
    ? { file: at.file, span: { start: read.start, end: read.end }, text: asked }
    : undefined
}

const readers = new Set(['os.environ.get', 'os.getenv', 'environ.get', 'getenv'])
