import type { App } from '../../../src/app/app.ts'
import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'
import { viewRoutes } from '../../../src/app/pages/view-routes.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { bindingsOf, isParameter, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** The route of a page by which a text of the address comes into its template. */
export interface UrlParameter {
  /** As it is written: `chat/<str:room_name>/`. */
  readonly pattern: string
  readonly at: Place
}

/** Which parameters of a route are looked for, and what a view may do with them. */
interface Wanted {
  /** Their names in a pattern. */
  readonly of: (pattern: string) => readonly string[]
  /** What of an entry of the context is the parameter as it is. */
  readonly as: (value: Expression | undefined, file: CodeFile) => Expression | undefined
  readonly keeps: (view: FunctionDef, name: string) => boolean
}

/** A text that may hold a hyphen; none where the view looks at the text before, which may refuse some. */
const hyphened: Wanted = { of: wideParameters, as: written, keeps: isHandedOn }

/** `<int:pk>`: path() makes a number of it. */
const number: Wanted = {
  of: (pattern) => [...pattern.matchAll(/<int:(\w+)>/g)].map(([, name = '']) => name),
  as: (value) => value,
  keeps: isOnlyParameter,
}

/** The route whose parameter a view hands to a template under this name as it is, where the parameter may hold a hyphen. */
export const urlParameter = (app: App, template: string, variable: string): UrlParameter | undefined =>
  routeOf(app, template, variable, hyphened)

/** The route whose parameter, a number, a view hands to a template under this name. */
export const urlNumber = (app: App, template: string, variable: string): UrlParameter | undefined =>
  routeOf(app, template, variable, number)

function routeOf(app: App, template: string, variable: string, wanted: Wanted): UrlParameter | undefined {
  const code = codeOf(app)
  const found = viewRoutes(code).find(({ pattern, view, file }) => {
    const parameters = wanted.of(pattern)
    const shown = parameters.length === 0 ? undefined : viewOf(code, view, file)
    const given = shown && parameterFor(shown, template, variable, wanted)
    return given !== undefined && parameters.includes(given)
  })
  return found && { pattern: found.pattern, at: found.at }
}

/** Parameters of a route that may hold a hyphen: `<name>`, `<slug:name>`, `(?P<name>[^/]+)`. */
function wideParameters(pattern: string): string[] {
  return [
    ...[...pattern.matchAll(/(?<!\?P)<(?:(?:str|slug|uuid|path):)?(\w+)>/g)].map(([, name = '']) => name),
    ...[...pattern.matchAll(/\(\?P<(\w+)>(?:\[\^\/\]|\.|\[-\\w\]|\[\\w-\])[+*]\??\)/g)].map(([, name = '']) => name),
  ]
}

/** `views.room`, `login_required(views.room)` */
function viewOf(code: Code, node: Expression, file: CodeFile): ProjectFunction | undefined {
  if (node.kind === 'Call') {
    const [inner, ...others] = node.args
    return inner === undefined || others.length > 0 ? undefined : viewOf(code, inner, file)
  }
  return calledFunction(code, { func: node }, { file, functions: [], owner: undefined })
}

/** The parameter of a view that is the value of a name in a template it renders. */
function parameterFor(
  { node, file }: ProjectFunction,
  template: string,
  variable: string,
  wanted: Wanted,
): string | undefined {
  let found: string | undefined
  walk(node, (inner) => {
    if (inner.kind !== 'Call' || dottedOf(inner.func, file) !== 'django.shortcuts.render') return
    const [, name, third] = inner.args
    const named = literalText(name)
    if (named === undefined || !`/${template}`.endsWith(`/${named}`)) return
    const context = third ?? inner.keywords.find(({ arg }) => arg === 'context')?.value
    const dict = context?.kind === 'Name' ? onlyAssignment(node, context.id) : context
    const index = dict?.kind === 'Dict' ? dict.keys.findIndex((key) => literalText(key) === variable) : -1
    const value = dict?.kind === 'Dict' ? wanted.as(dict.values[index], file) : undefined
    if (value?.kind === 'Name' && wanted.keeps(node, value.id)) found = value.id
  })
  return found
}

/** `mark_safe(json.dumps(name))` is the name as a script writes it. */
function written(node: Expression | undefined, file: CodeFile): Expression | undefined {
  if (node?.kind !== 'Call') return node
  const isWriter = /^(?:json\.dumps|django\.utils\.safestring\.mark_safe|str)$/.test(dottedOf(node.func, file) ?? '')
  return isWriter ? written(node.args[0], file) : undefined
}

/** A parameter that is nothing but handed on: to the template, to a log, to what is looked for or made in the database. */
function isHandedOn(node: FunctionDef, name: string): boolean {
  if (!isOnlyParameter(node, name)) return false
  let looked = false
  const enter = (inner: PythonNode): void => {
    if (inner.kind === 'If' || inner.kind === 'IfExp' || inner.kind === 'While' || inner.kind === 'Assert')
      looked ||= mentions(inner.test, name)
    if (inner.kind === 'Compare' || inner.kind === 'Subscript') looked ||= mentions(inner, name)
    if (inner.kind === 'Call') looked ||= mentions(inner, name, true) && !passes(inner)
  }
  for (const statement of node.body) walk(statement, enter)
  return !looked
}

function isOnlyParameter(node: FunctionDef, name: string): boolean {
  return isParameter(name, node) && (bindingsOf(node).get(name) ?? []).length <= 1
}

const harmless =
  /^(?:filter|exclude|create|get_or_create|update_or_create|render|dumps|mark_safe|str|print|dict|format|log|debug|info|warning|error)$/

const passes = ({ func }: Call): boolean =>
  harmless.test(func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '')

/** A name in an expression; `direct`: not within another call of it. */
function mentions(node: PythonNode, name: string, direct = false): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= inner.kind === 'Name' && inner.id === name
    return !(direct && inner !== node && inner.kind === 'Call')
  })
  return found
}
