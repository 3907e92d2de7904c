import type { App } from '../../../src/app/app.ts'
import type { Route, RoutePattern } from '../../../src/app/asgi/model.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import type { UrlPart } from '../../../src/app/frontend/model.ts'
import { reaches } from '../../../src/app/frontend/socket-paths.ts'
import { nodesAround } from '../../../src/app/project/around.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import { lineAfter, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call } from '../../../src/syntax/python/ast.ts'

/** A route as it would be, and what makes it so. */
interface Changed {
  readonly route: Route
  readonly edits: readonly Edit[]
}

/**
 * Edits by which a route takes a path that it does not, and still all that it does: hyphens in the place of a word, the slash at its end or
 * not, more of the path behind a pattern that a router stands behind. Undefined where none of these is enough.
 */
export function taken(app: App, route: Route, path: readonly UrlPart[]): readonly Edit[] | undefined {
  const ways = [withHyphens, withAnyEnd, goingOn, withoutSlash]
  return ways
    .map((way) => way(app, route))
    .find((one) => one !== undefined && reaches(compileRoute(one.route), path) === true)?.edits
}

/** The one `\w+` of a route takes hyphens too, as a slug has them. */
export function withHyphens(app: App, route: Route): Changed | undefined {
  const found = route.patterns.flatMap((pattern) =>
    [...(sourceText(app.tree, pattern.at) ?? '').matchAll(/\\w\+/g)].map(({ index }) => ({ pattern, index })),
  )
  const [only, ...more] = found
  if (only === undefined || more.length > 0 || !only.pattern.text?.includes('\\w+')) return undefined
  const { at, text } = only.pattern
  const start = at.span.start + only.index
  return {
    route: instead(route, only.pattern, { text: text.replace('\\w+', '[-\\w]+') }),
    edits: [{ file: at.file, span: { start, end: start + 3 }, text: '[-\\w]+' }],
  }
}

/** A regular expression that ends with `$` may have a slash before it, or none. */
function withAnyEnd(app: App, route: Route): Changed | undefined {
  const last = route.patterns.at(-1)
  const text = last?.text
  if (last === undefined || text === undefined || last.type === 'path' || !/[^\\$]\$$/.test(text)) return undefined
  if (!isWritten(app, last)) return undefined
  const end = last.at.span.end - 2
  const slash = text.endsWith('/$')
  return {
    route: instead(route, last, { text: `${text.slice(0, -1)}${slash ? '?' : '/?'}$` }),
    edits: [{ file: last.at.file, span: { start: end, end }, text: slash ? '?' : '/?' }],
  }
}

/** `path('ws/', AuthMiddlewareStack(URLRouter(…)))` wants the end of the path: a router is known as one only where nothing is around it. */
function goingOn(app: App, route: Route): Changed | undefined {
  const index = route.patterns.findIndex(({ type }, at) => type === 'path' && route.closed[at] === true)
  const pattern = route.patterns[index]
  const text = pattern?.text
  if (pattern === undefined || text === undefined || !/^[\w/-]+$/.test(text) || !isWritten(app, pattern))
    return undefined
  const call = callWith(app, pattern.at)
  const imported = fromImported(app, pattern.at.file, 'django.urls', 're_path')
  if (call?.func.kind !== 'Name' || call.func.id !== 'path' || imported === undefined) return undefined
  const { file, span } = pattern.at
  return {
    route: {
      ...instead(route, pattern, { type: 're_path', text: `^${text}` }),
      closed: route.closed.map((one, at) => at !== index && one),
    },
    edits: [
      ...imported,
      { file, span: { start: call.func.start, end: call.func.end }, text: 're_path' },
      { file, span: { start: span.start, end: span.start + 1 }, text: `r${quoteOf(app, pattern)}^` },
    ],
  }
}

/** A second `path()` beside one that ends with a slash, for a client that asks without. */
function withoutSlash(app: App, route: Route): Changed | undefined {
  const [only, ...more] = route.patterns
  const text = only?.text
  if (only === undefined || more.length > 0 || only.type !== 'path' || !text?.endsWith('/')) return undefined
  const whole = sourceText(app.tree, route.at)
  const literal = sourceText(app.tree, only.at)
  if (whole === undefined || literal === undefined || !isWritten(app, only) || !whole.includes(literal))
    return undefined
  const { file, span } = route.at
  const indent = lineAfter(app.tree, file, span.start)?.indent ?? ''
  const isFirst = sourceText(app.tree, { file, span: { start: span.start - indent.length - 1, end: span.start } })
  const second = whole.replace(literal, `${literal.slice(0, -2)}${literal.at(-1)}`).replace(/,\s*name=[^,)]+/, '')
  const joined = isFirst?.trim() === '' ? `,\n${indent}` : ', '
  return {
    route: instead(route, only, { text: text.slice(0, -1) }),
    edits: [{ file, span: { start: span.end, end: span.end }, text: `${joined}${second}` }],
  }
}

/** Whether a pattern stands as one text where it is used. */
function isWritten(app: App, { at, text }: RoutePattern): boolean {
  const written = /^[rR]?(["'])([^"'\n]*)\1$/.exec(sourceText(app.tree, at) ?? '')
  return written?.[2] === text
}

const quoteOf = (app: App, { at }: RoutePattern): string => sourceText(app.tree, at)?.[0] ?? "'"

/** The call whose first argument stands at a place. */
function callWith(app: App, { file, span }: Place): Call | undefined {
  return nodesAround(app.tree, { file, span }).findLast(
    (node): node is Call => node.kind === 'Call' && node.args[0]?.start === span.start,
  )
}

function instead(route: Route, pattern: RoutePattern, by: Partial<RoutePattern>): Route {
  return { ...route, patterns: route.patterns.map((one) => (one === pattern ? { ...one, ...by } : one)) }
}
