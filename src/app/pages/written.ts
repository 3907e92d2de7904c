import type { Place } from '../../contracts/place.ts'
import type { TextPart } from '../../evaluate/javascript/values.ts'
import { requestHost } from '../../evaluate/python/libraries/django-page.ts'
import { entryOf, type Value } from '../../evaluate/python/value.ts'
import { type FilterExpression, readFilterExpression } from '../../syntax/html/template-expressions.ts'
import type { TemplateHole } from '../../syntax/html/templates.ts'
import type { App } from '../app.ts'
import { boundNames } from './bound-names.ts'
import { type Engine, engineOf, findTemplate } from './engines.ts'
import { firstPage, type RenderedTemplate } from './first-page.ts'
import { seesHttp } from './sees-http.ts'
import { filesRendered } from './template-faults.ts'

/** What the server writes in place of a mark of a template; undefined: it cannot be told. */
export type Writer = (hole: TemplateHole, at: Place) => readonly TextPart[] | undefined

/** How the marks in a file are written when `/` is asked for; undefined when that page does not show the file, or in several ways. */
export function writtenIn(app: App, file: string): Writer | undefined {
  const engine = engineOf(app)
  const page = firstPage(app)
  if (engine?.usual !== true || page === undefined) return undefined
  const rendering = { app, engine, urls: undefined, statics: undefined }
  const shown = page.paths.map(({ rendered }) =>
    rendered.flatMap((one) => {
      const place = findTemplate(app, engine, one.name)
      return place.state === 'file' && filesRendered(rendering, place.template).has(file)
        ? [{ ...one, template: place.template }]
        : []
    }),
  )
  const [first] = shown.flat()
  // Several paths through the view may give the file several contexts.
  if (first === undefined || shown.some((one) => one.length !== 1) || shown.flat().some(({ at }) => at !== first.at))
    return undefined
  const bound = boundNames(app, engine, first.template)
  return (hole, at) => {
    const expression = hole.kind === 'variable' ? readFilterExpression(hole.source) : undefined
    const [name = ''] = expression?.variable?.split('.') ?? []
    if (expression === undefined || bound === 'any' || bound.has(name)) return undefined
    return writeOut(app, engine, first, expression, at)
  }
}

function writeOut(
  app: App,
  engine: Engine,
  page: RenderedTemplate,
  { variable, filters }: FilterExpression,
  at: Place,
): readonly TextPart[] | undefined {
  const value = variable === undefined ? undefined : lookUp(app, engine, page, variable, at)
  if (value === undefined) return undefined
  const [filter, ...more] = filters
  if (filter === undefined) return typeof value === 'boolean' ? [known(value ? 'True' : 'False', at)] : escaped(value)
  if (more.length > 0) return undefined
  if ((filter.name === 'safe' || filter.name === 'json_script') && typeof value !== 'boolean') return value
  const [yes, no] = filter.argument?.text?.split(',') ?? []
  const answer = typeof value === 'boolean' ? value : value.length === 0 ? false : undefined
  if (filter.name !== 'yesno' || answer === undefined || yes === undefined || no === undefined) return undefined
  return [known(answer ? yes : no, at)]
}

const known = (text: string, at: Place): TextPart => ({ text, at, verbatim: false })

/** `django.utils.html.escape` of what is known. */
function escaped(parts: readonly TextPart[]): readonly TextPart[] {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#x27;',
  }
  return parts.map((part) =>
    'kind' in part ? part : { ...part, text: part.text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark) },
  )
}

/** Names that Django's own context processors give; of any other processor nobody knows. */
const given: Readonly<Record<string, readonly string[]>> = {
  auth: ['user', 'perms'],
  messages: ['messages', 'DEFAULT_MESSAGE_LEVELS'],
  request: ['request'],
  debug: ['debug', 'sql_queries'],
  i18n: ['LANGUAGES', 'LANGUAGE_CODE', 'LANGUAGE_BIDI'],
  media: ['MEDIA_URL'],
  static: ['STATIC_URL'],
  tz: ['TIME_ZONE'],
  csrf: ['csrf_token'],
}

const processor = /^django\.(?:template\.context_processors|contrib\.(?:auth|messages)\.context_processors)\.(\w+)$/

/** A variable in the context: a text, a truth, or nothing known. */
function lookUp(
  app: App,
  engine: Engine,
  page: RenderedTemplate,
  variable: string,
  at: Place,
): readonly TextPart[] | boolean | undefined {
  const [first = '', ...path] = variable.split('.')
  const { context } = page
  const entry = path.length === 0 ? entryOf(context, first)?.value : undefined
  if (entry !== undefined) return textOf(entry, at)
  if (first !== 'request' || entryOf(context, first) !== undefined || page.openContext) return undefined
  if (context !== undefined && (context.type !== 'dict' || context.rest !== undefined)) return undefined
  const names = engine.processors?.map((one) => given[processor.exec(one)?.[1] ?? ''])
  if (names === undefined || names.includes(undefined)) return undefined
  // What is not in the context is written as nothing.
  if (page.withRequest === undefined) return undefined
  if (!page.withRequest || !names.some((one) => one?.includes('request'))) return []
  if (!seesHttp(app)) return undefined
  if (variable === 'request.is_secure') return false
  return variable === 'request.scheme' ? [known('http', at)] : undefined
}

function textOf(value: Value, at: Place): readonly TextPart[] | boolean | undefined {
  if (value.type === 'bool') return value.value
  if (value.type !== 'str') return undefined
  return value.parts.map((part) =>
    typeof part === 'string'
      ? known(part, at)
      : { name: part.name, kind: part.name === requestHost ? ('page-host' as const) : ('server' as const), at },
  )
}
