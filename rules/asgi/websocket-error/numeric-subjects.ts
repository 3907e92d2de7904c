import type { App } from '../../../src/app/app.ts'
import { awaits } from '../../../src/app/asgi/awaited-exceptions.ts'
import type { Moment } from '../../../src/app/asgi/consumer-code.ts'
import { dictsOf, lastParts } from '../../../src/app/asgi/dict-parts.ts'
import { countsRows, isNumberOf } from '../../../src/app/asgi/model-ids.ts'
import {
  bodyOf,
  eachStanding,
  handedOver,
  type ProjectFunction,
  type Standing,
  surelyDotted,
} from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import type { Call, Expression } from '../../../src/syntax/python/ast.ts'
import { children, literalText, type PythonNode } from '../../../src/syntax/python/walk.ts'
import { reachedFunctions } from './reached-functions.ts'

/** A token of the project's own that the code which a socket reaches refuses to read. */
export interface NumericSubject {
  /** The number that is given for `sub`. */
  readonly made: Place
  /** The call that reads the token. */
  readonly at: Place
  readonly moment: Moment
}

/**
 * Tokens whose `sub` is a number: PyJWT makes them, and from 2.10 on its `decode` raises InvalidSubjectError for each of them, unless it is
 * told not to look (`verify_sub`). Not told where one token that is made with the same key has another subject; those of other keys are
 * for others to read.
 */
export function numericSubjects(app: App): NumericSubject[] {
  if (atLeast(app.dependencies, 'pyjwt', '2.10') !== true) return []
  const code = codeOf(app)
  const made = code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('jwt') === true ? code.file(path) : undefined
    return file === undefined
      ? []
      : encodedIn(file).map(({ key, claims, standing }) => ({ key, at: subjectOf(app, code, claims, standing) }))
  })
  if (!made.some(({ at }) => at !== undefined)) return []
  return reachedFunctions(app).flatMap(({ of, moment }) => {
    const found: NumericSubject[] = []
    const enter = (node: PythonNode, parents: readonly PythonNode[]): void => {
      const read = node.kind === 'Call' ? readsOwn(node, parents, of, made) : undefined
      if (read !== undefined) found.push({ made: read, at: placeIn(of.file, node), moment })
      for (const one of children(node)) enter(one, [...parents, node])
    }
    enter(of.node, [])
    return found
  })
}

interface Made {
  readonly key: string | undefined
  /** The number that is its subject; undefined: it may have another one. */
  readonly at: Place | undefined
}

/** The number in each token that a call decodes; undefined: it decodes others, does not look at it, or who calls awaits the refusal. */
function readsOwn(
  call: Call,
  parents: readonly PythonNode[],
  of: ProjectFunction,
  made: readonly Made[],
): Place | undefined {
  if (surelyDotted(call.func, bodyOf(of)) !== 'jwt.decode' || !looksAtSubject(call)) return undefined
  if (parents.some((one, index) => awaits('InvalidSubjectError', one, parents[index + 1] ?? call))) return undefined
  const key = keyOf(call)
  const read = made.filter((one) => one.key === key)
  return key === undefined || read.some(({ at }) => at === undefined) ? undefined : read[0]?.at
}

/** What the key of a token is called: `SECRET_KEY`. */
function keyOf({ args, keywords }: Call): string | undefined {
  const key = args[1] ?? keywords.find(({ arg }) => arg === 'key')?.value
  return key?.kind === 'Attribute' ? key.attr : key?.kind === 'Name' ? key.id : undefined
}

interface Encoded {
  readonly key: string | undefined
  readonly claims: Expression | undefined
  readonly standing: Standing
}

function encodedIn(file: CodeFile): Encoded[] {
  const found: Encoded[] = []
  eachStanding(file, (node, standing) => {
    if (node.kind === 'Call' && surelyDotted(node.func, standing) === 'jwt.encode')
      found.push({
        key: keyOf(node),
        claims: node.args[0] ?? node.keywords.find(({ arg }) => arg === 'payload')?.value,
        standing,
      })
  })
  return found
}

/** Where claims name a subject that is surely a number. */
function subjectOf(app: App, code: Code, claims: Expression | undefined, standing: Standing): Place | undefined {
  const dicts = claims === undefined ? [] : dictsOf(code, claims, standing)
  const subjects = dicts.map((parts) => lastParts(parts).findLast(({ key }) => key === undefined || key === 'sub'))
  const [first] = subjects
  const areNumbers = subjects.every((one) => one?.key !== undefined && isNumber(app, code, one.value, one.standing))
  return first !== undefined && areNumbers ? placeIn(first.standing.file, first.value) : undefined
}

function isNumber(app: App, code: Code, node: Expression, standing: Standing): boolean {
  if (node.kind === 'Constant') return node.value.type === 'int'
  if (node.kind === 'Call') return node.func.kind === 'Name' && node.func.id === 'int'
  if (node.kind !== 'Attribute') return false
  if (isNumberOf(code, node, standing)) return true
  if (node.attr !== 'pk' && node.attr !== 'id') return false
  const { value } = node
  const name = value.kind === 'Name' ? value.id : value.kind === 'Attribute' ? value.attr : ''
  if (/^(?:\w+_)?user$/.test(name)) return usersCount(app, code)
  const given = value.kind === 'Name' ? handedOver(code, value.id, standing) : []
  return (
    given.length > 0 &&
    given.every(({ value: one, site }) => one !== undefined && isNumberOf(code, { ...node, value: one }, site))
  )
}

/** Whether the key of a user is a number, as that of Django's own is. */
function usersCount({ settings }: App, code: Code): boolean {
  const { alternatives } = settings.get('AUTH_USER_MODEL') ?? {}
  if (alternatives === undefined) return settings.sure
  const names = alternatives.map(({ value }) => plain(value)?.split('.').at(-1))
  const own = code.files.flatMap((path) => {
    const file = code.file(path)
    const nodes = names.flatMap((name) => (name === undefined ? [] : (file?.classes.get(name) ?? [])))
    return file === undefined ? [] : nodes.map((node) => ({ node, file }))
  })
  return own.length > 0 && own.every((one) => countsRows(code, one))
}

/** Nothing is said of what to verify that may leave the subject out. */
function looksAtSubject({ args, keywords }: Call): boolean {
  return args.length < 4 && keywords.every(({ arg, value }) => arg !== undefined && (arg !== 'options' || asks(value)))
}

const asks = (options: Expression): boolean =>
  options.kind === 'Dict' &&
  options.keys.every((key) => key !== undefined && /^(?!verify_(?:sub|signature)$)\w+$/.test(literalText(key) ?? ''))
