import type { App } from '../../../src/app/app.ts'
import { isAlwaysRun } from '../../../src/app/asgi/always-run.ts'
import { calledMethods, type Moment, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { type Code, type CodeFile, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { setOutside } from '../../../src/app/asgi/set-outside.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { perFile } from '../../../src/files/per-file.ts'
import { nearest } from '../../../src/nearest.ts'
import type { FunctionDef, Module } from '../../../src/syntax/python/ast.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { builtinNames } from '../../../src/syntax/python/builtin-names.ts'
import { parsedFile } from '../../../src/syntax/python/file.ts'
import { globalReads } from '../../../src/syntax/python/global-reads.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { isExpected } from './expected.ts'
import { reachedFunctions } from './reached-functions.ts'
import { membersOf } from './unset-attributes.ts'

/** A name in code that a socket reaches, which neither the functions around it nor its module nor Python define. */
export interface UndefinedName {
  readonly name: string
  readonly at: Place
  readonly moment: Moment
  /** The method that comes to this line whenever Channels calls it: `ChatConsumer.connect`. */
  readonly always: string | undefined
  /** The consumer has an attribute of that name: `self.` is missing. */
  readonly member: { readonly consumer: string; readonly at: Place } | undefined
  /** A name of the module that is nearly the same. */
  readonly near: { readonly name: string; readonly at: Place } | undefined
}

/** Names that nothing defines, in consumers, the middleware around them, and what of the project these call. */
export function undefinedNames(app: App): UndefinedName[] {
  const code = codeOf(app)
  const outside = setOutside(code)
  const always = new Map(
    servedConsumers(app).flatMap((one) =>
      calledMethods(app, one)
        .filter(({ node }) => node.decorators.length === 0)
        .map(({ node, name }) => [node, `${one.consumer.name}.${name}`] as const),
    ),
  )
  return reachedFunctions(app).flatMap(({ of, moment, consumer }) => {
    const { node: around, file } = of
    const source = code.source(file.path)
    if (source === undefined || file.tree.problems.length > 0 || isFilledOtherwise(source)) return []
    const isIn = ({ functions }: { functions: readonly FunctionDef[] }) => functions.includes(around)
    return readsOf(source)
      .filter(isIn)
      .flatMap(({ node, functions, parents }) => {
        const name = node.id
        if (builtinNames.has(name) || outside.has(name) || isGivenByModule(code, file, name)) return []
        if (isExpected('NameError', node, parents)) return []
        const own = consumer && membersOf(consumer).get(name)
        const like = nearest(name, [...bindingsOf(file.tree).keys()])
        const near = like === undefined ? undefined : bindingsOf(file.tree).get(like)?.[0]
        return {
          name,
          at: placeIn(file, node),
          moment,
          always: functions.length === 1 && isAlwaysRun(around, node, parents) ? always.get(around) : undefined,
          member: consumer && own && { consumer: consumer.consumer.name, at: own },
          near: near && { name: like ?? '', at: placeIn(file, near.by) },
        }
      })
  })
}

const readsOf = perFile((source) => globalReads(parsedFile(source).module))

const fillers = new Set(['exec', 'execfile', 'globals', 'vars', 'locals'])

/** The module may get names by code that computes them. */
const isFilledOtherwise = perFile((source) => {
  let found = false
  walk(parsedFile(source).module, (node) => {
    found ||= node.kind === 'Name' && fillers.has(node.id)
    found ||= node.kind === 'Attribute' && (node.attr === '__dict__' || node.attr === 'modules')
    return !found
  })
  return found
})

/**
 * Whether a module binds a name, or may by a star import: of a package, or of a module of the project that in turn may. What it binds for
 * type checkers alone is not there when it runs. Names with two underscores are those of Python, or of the class around; `_` is what
 * `gettext.install` defines.
 */
function isGivenByModule(code: Code, file: CodeFile, name: string, seen = new Set<CodeFile>()): boolean {
  if (name.startsWith('__') || name === '_') return true
  if (seen.has(file)) return false
  seen.add(file)
  const bound = bindingsOf(file.tree)
  const source = code.source(file.path)
  const unseen = source === undefined ? undefined : typesOnly(source)
  if (bound.get(name)?.some(({ by }) => unseen?.has(by) !== true)) return true
  if ((bound.get('*')?.length ?? 0) > file.stars.length) return true
  return file.stars.some((star) => {
    const from = code.module(star)
    if (from === undefined || from.tree.problems.length > 0) return true
    const text = code.source(from.path)
    return text === undefined || isFilledOtherwise(text) || isGivenByModule(code, from, name, seen)
  })
}

/** What stands in `if TYPE_CHECKING:`. */
const typesOnly = perFile((source): ReadonlySet<PythonNode> => inTypeChecking(parsedFile(source).module))

function inTypeChecking(module: Module): ReadonlySet<PythonNode> {
  const found = new Set<PythonNode>()
  walk(module, (node) => {
    if (node.kind !== 'If') return
    const { test } = node
    const named = test.kind === 'Name' ? test.id : test.kind === 'Attribute' ? test.attr : ''
    if (named === 'TYPE_CHECKING') for (const one of node.body) walk(one, (inner) => void found.add(inner))
  })
  return found
}
