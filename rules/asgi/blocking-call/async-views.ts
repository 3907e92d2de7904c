import type { App } from '../../../src/app/app.ts'
import { blockingCalls } from '../../../src/app/asgi/blocking.ts'
import { lazyQuerySet, mentionsOf } from '../../../src/app/asgi/lazy-query-sets.ts'
import type { BlockingCall } from '../../../src/app/asgi/model.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { isDjangoModel, modelBehind } from '../../../src/app/asgi/query-sets.ts'
import { engineOf, findTemplate } from '../../../src/app/pages/engines.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { itemsRendered, type RenderedItem } from '../../../src/app/pages/template-faults.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readFilterExpression } from '../../../src/syntax/html/template-expressions.ts'
import type { TemplateTag, TemplateVariable } from '../../../src/syntax/html/template-tree.ts'
import type { ClassDef, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { binds, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { children, isFunction, opensScope, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** A query that an asynchronous view makes in the event loop. */
export interface QueryOfView {
  /** `index`, `RoomView.get`. */
  readonly view: string
  readonly viewAt: Place
  readonly at: Place
  /** What asks: `Room.objects.get()`; the name under which a template has the query set. */
  readonly name: string
  /** Where a function that is called does it, or the template that runs the query set. */
  readonly inside: Place | undefined
  readonly how: 'call' | 'template'
  /** It happens whenever `/` is answered. */
  readonly isFirstPage: boolean
}

/** Queries of the asynchronous views of the project: made there or in what they call, or by the template that they render. */
export function queriesOfAsyncViews(app: App): QueryOfView[] {
  const code = codeOf(app)
  const first = firstPage(app)?.paths.map(({ view }) => view) ?? []
  return code.files.flatMap((path) => {
    if (code.source(path)?.text.includes('async def') !== true) return []
    const file = code.file(path)
    if (file === undefined) return []
    return asyncViews(file).flatMap((view): QueryOfView[] => {
      const { node } = view
      const isFirst = first.length > 0 && first.every((at) => at?.file === path && holds(node, at))
      const common = { view: nameOf(view), viewAt: placeIn(file, node.nameSpan) }
      const calls = blockingCalls(code, [view], true).filter(({ what, visitor }) => what === 'orm' && !visitor)
      const called = calls.map((call) => ({ ...common, ...ofCall(call), isFirstPage: isFirst && call.sure }))
      const rendered = runByTemplates(app, view).map(({ isSure, ...one }) => ({
        ...common,
        ...one,
        how: 'template' as const,
        isFirstPage: isFirst && isSure,
      }))
      return [...called, ...rendered]
    })
  })
}

const ofCall = ({ at, name, inside }: BlockingCall) => ({ at, name, inside, how: 'call' as const })

const holds = ({ start, end }: FunctionDef, { span }: Place) => start <= span.start && span.end <= end

const nameOf = ({ node, owner }: ProjectFunction): string =>
  owner === undefined ? node.name : `${owner.name}.${node.name}`

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head'])

/** Coroutines that answer requests: functions of a `request` and methods of class-based views, with no decorator that may do more. */
function asyncViews(file: CodeFile): ProjectFunction[] {
  return file.tree.body.flatMap((statement): ProjectFunction[] => {
    if (statement.kind === 'AsyncFunctionDef') {
      const [request] = [...statement.args.posonly, ...statement.args.args]
      const isView = request?.name === 'request' && statement.decorators.length === 0
      return isView ? [{ node: statement, file, owner: undefined }] : []
    }
    if (statement.kind !== 'ClassDef' || !isViewClass(statement, file)) return []
    return statement.body
      .filter(isFunction)
      .filter((node) => node.kind === 'AsyncFunctionDef' && methods.has(node.name) && node.decorators.length === 0)
      .map((node) => ({ node, file, owner: statement }))
  })
}

function isViewClass({ bases, decorators }: ClassDef, file: CodeFile): boolean {
  return (
    decorators.length === 0 &&
    bases.some((base) => /^django\.views\.(?:generic\.)?(?:\w+\.)*\w*View$/.test(dottedOf(base, file) ?? ''))
  )
}

/** Functions that render at once, with the places of the name of the template and of its context. */
const renders: Readonly<Record<string, { readonly name: number; readonly context: number }>> = {
  'django.shortcuts.render': { name: 1, context: 2 },
  'django.template.loader.render_to_string': { name: 0, context: 1 },
}

type Run = Pick<QueryOfView, 'at' | 'name' | 'inside'> & { readonly isSure: boolean }

/** Query sets in a context whose template surely runs them. */
function runByTemplates(app: App, view: ProjectFunction): Run[] {
  const engine = engineOf(app)
  if (engine === undefined) return []
  const rendering = { app, engine, urls: undefined, statics: undefined }
  return callsIn(view).flatMap(({ call, isSure }): Run[] => {
    const way = renders[dottedOf(call.func, view.file) ?? '']
    if (way === undefined) return []
    const given = (place: number, names: readonly string[]) =>
      call.args[place] ?? call.keywords.find(({ arg }) => arg !== undefined && names.includes(arg))?.value
    const name = given(way.name, ['template_name'])
    const sets = querySetsOf(app, view, given(way.context, ['context']))
    if (name?.kind !== 'Constant' || name.value.type !== 'str' || sets.size === 0) return []
    const found = findTemplate(app, engine, name.value.value)
    if (found.state !== 'file') return []
    const items = itemsRendered(rendering, found.template)
    return [...sets].flatMap(([key, at]): Run[] => {
      const given = items.findIndex(({ item }) => 'name' in item && givesName(item, key))
      const known = given < 0 ? items : items.slice(0, given)
      const run = known.find(({ item, includes }) => asks(item, key) && !includes.some((tag) => isHidden(tag, key)))
      return run === undefined ? [] : [{ at, name: key, inside: placeOf(run), isSure }]
    })
  })
}

/** `{% with rooms=names %}`, `{% for rooms in … %}`, `{% url … as rooms %}`: the name means something else from there on. */
function givesName({ name, words }: TemplateTag, key: string): boolean {
  if (name === 'include') return false
  const targets =
    name === 'for'
      ? words
          .slice(0, words.indexOf('in'))
          .join(' ')
          .split(/[\s,]+/)
      : []
  return (
    targets.includes(key) ||
    (name === 'with' && words.some((word) => word.startsWith(`${key}=`))) ||
    words.some((word, index) => word === key && words[index - 1] === 'as')
  )
}

/** `{% include … with rooms=names %}`, `{% include … only %}`: the template does not see what the view hands over. */
const isHidden = ({ words }: TemplateTag, key: string): boolean =>
  words.slice(1).some((word) => word === 'only' || word.startsWith(`${key}=`))

const placeOf = ({ file, item: { start, end } }: RenderedItem): Place => ({ file, span: { start, end } })

type Call = Extract<Expression, { kind: 'Call' }>

/** The calls of a coroutine itself that nothing hands to a thread; sure: nothing decides whether they happen. */
function callsIn({ node }: ProjectFunction): { readonly call: Call; readonly isSure: boolean }[] {
  const found: { call: Call; isSure: boolean }[] = []
  const visit = (inner: PythonNode, isSure: boolean): void => {
    if (opensScope(inner)) return
    if (inner.kind === 'Call') found.push({ call: inner, isSure })
    const decides = ['If', 'For', 'AsyncFor', 'While', 'Try', 'Match', 'IfExp', 'BoolOp'].includes(inner.kind)
    for (const child of children(inner)) visit(child, isSure && !decides)
  }
  for (const statement of node.body) visit(statement, true)
  return found
}

/** The query sets of Django's models in a context, by their keys, with where they are put in. */
function querySetsOf(app: App, view: ProjectFunction, context: Expression | undefined): ReadonlyMap<string, Place> {
  const code = codeOf(app)
  const dict = context?.kind === 'Name' ? onlyAssignment(view.node, context.id) : context
  const found = new Map<string, Place>()
  if (dict?.kind !== 'Dict' || (context?.kind === 'Name' && isUsedElsewhere(view.node, context))) return found
  for (const [index, key] of dict.keys.entries()) {
    const value = dict.values[index]
    if (key?.kind !== 'Constant' || key.value.type !== 'str' || value === undefined) continue
    const set = lazyQuerySet(code, value, view)
    const model = set && modelBehind(set.of)
    if (set !== undefined && model !== undefined && isDjangoModel(code, model, set.file))
      found.set(key.value.value, placeIn(view.file, value))
  }
  return found
}

/** A context is changed before, or went through other hands, which may run what it holds. */
const isUsedElsewhere = (view: FunctionDef, context: Extract<Expression, { kind: 'Name' }>): boolean =>
  mentionsOf(view, context.id).some(
    ({ mention, parent }) => mention.start < context.start && !binds(parent, context.id),
  )

/** Filters that look at what they are given. */
const looking = new Set([
  'length',
  'default',
  'first',
  'last',
  'join',
  'random',
  'dictsort',
  'pluralize',
  'yesno',
  'json_script',
])
/** Attributes of a query set that ask the database, as a template calls them. */
const asking = new Set(['count', 'exists', 'first', 'last', 'get', 'latest', 'earliest'])

/** Whether rendering this runs the query set of a name: a loop, a test, its text, its length. */
function asks(item: TemplateTag | TemplateVariable, key: string): boolean {
  if ('source' in item) return isAsked(item.source, key, true)
  if (item.name === 'for') {
    const place = item.words.indexOf('in')
    return place > 0 && isAsked(item.words[place + 1] ?? '', key, true)
  }
  if (item.name !== 'if') return false
  // Words behind `and` and `or` may not be looked at.
  const [first = '', second] = item.words[0] === 'not' ? item.words.slice(1) : item.words
  return isAsked(first, key, second === undefined || second === 'and' || second === 'or')
}

/** `byItself`: what comes out is looked at. */
function isAsked(source: string, key: string, byItself: boolean): boolean {
  const read = readFilterExpression(source)
  const [name, attribute] = read?.variable?.split('.') ?? []
  if (read === undefined || name !== key) return false
  if (attribute !== undefined)
    return asking.has(attribute) || /^\d+$/.test(attribute) || (attribute === 'all' && byItself)
  const [filter] = read.filters
  return filter === undefined ? byItself : looking.has(filter.name) || (filter.name === 'slice' && byItself)
}
