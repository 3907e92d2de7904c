import type { App } from '../../../src/app/app.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { countsRows, numberField } from '../../../src/app/asgi/model-ids.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { type Code, codeOf } from '../../../src/app/asgi/python-code.ts'
import { isDjangoModel } from '../../../src/app/asgi/query-sets.ts'
import { holdsUnknown, websocketApps } from '../../../src/app/asgi/routes.ts'
import { conditionsOf } from '../../../src/app/frontend/insecure-sockets.ts'
import type { Socket } from '../../../src/app/frontend/model.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { ValueHole } from '../../../src/evaluate/javascript/values.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import { thousandsMark } from '../../../src/knowledge/thousands.ts'
import { isFunction } from '../../../src/syntax/python/walk.ts'
import { mayTake, takes } from './hyphens.ts'
import { urlNumber } from './url-parameter.ts'

/** A socket whose path holds a number that a template writes with a mark between the thousands, which no route takes. */
export interface Grouped {
  readonly socket: Socket
  /** Where the template writes it. */
  readonly at: Place
  readonly name: string
  /** `1,010` */
  readonly written: string
  /** The setting. */
  readonly setAt: Place
  readonly route: Route
  readonly when: Text | undefined
}

/** Numbers of addresses that `{{ … }}` localizes (django/template/base.py, render_value_in_context). */
export function grouped(app: App): Grouped[] {
  const setting = groupingMark(app)
  const served = websocketApps(app.asgi.application)
  if (setting === undefined || served.some(holdsUnknown)) return []
  const compiled = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket').map(compileRoute)
  return app.frontend.sockets.flatMap((socket) => {
    const [url, ...others] = socket.urls
    if (url?.path === undefined || others.length > 0 || url.host.kind === 'literal') return []
    const { path, when: rests } = url
    return path.flatMap((part): Grouped[] => {
      if (typeof part === 'string' || !isNumber(app, part)) return []
      const written = `1${setting.mark}010`
      const route = takes(compiled, path, part, '1010')
      if (route === undefined || mayTake(compiled, path, part, written)) return []
      const large = { en: `\`${part.name}\` is 1000 or more`, fr: `\`${part.name}\` vaut 1000 ou plus` }
      const when = conditionsOf(socket, [...rests, large])
      return [{ socket, at: part.at, name: part.name, written, setAt: setting.at, route: route.route, when }]
    })
  })
}

/** The mark in the language of the settings, where they surely ask for one. */
function groupingMark(app: App): { readonly mark: string; readonly at: Place } | undefined {
  const { settings, dependencies } = app
  const asked = judged(settings, 'USE_THOUSAND_SEPARATOR', ({ value }) => value.type === 'bool' && value.value)
  if (asked === undefined || asked.when.length > 0) return undefined
  if (!settings.isAbsent('FORMAT_MODULE_PATH')) return undefined
  // Until 4.0 nothing is localized unless USE_L10N says so, from 5.0 on the setting is gone.
  const isOn = judged(settings, 'USE_L10N', ({ value }) => value.type === 'bool' && value.value)?.when.length === 0
  const isLocalized =
    atLeast(dependencies, 'django', '5.0') === true ||
    isOn ||
    (atLeast(dependencies, 'django', '4.0') === true && settings.isAbsent('USE_L10N'))
  if (!isLocalized) return undefined
  const languages = settings.get('LANGUAGE_CODE')?.alternatives.map(({ value }) => plain(value))
  const marks = new Set((languages ?? ['en-us']).map((one) => (one === undefined ? undefined : thousandsMark(one))))
  const [mark] = marks
  return mark === undefined || marks.size > 1 ? undefined : { mark, at: asked.first.at }
}

/** Whether a template writes a number in a place, and nothing that makes a text of it. */
function isNumber(app: App, { kind, name, at }: ValueHole): boolean {
  if (kind !== 'server') return false
  const text = readText(app.tree, at.file)?.text ?? ''
  if (text.slice(at.span.start, at.span.end).includes('|') || /\{%-?\s*localize\s+off\b/.test(text)) return false
  if (/^\w+$/.test(name)) return urlNumber(app, at.file, name) !== undefined
  const [, attribute] = /^\w+(?:\.\w+)*\.(\w+)$/.exec(name) ?? []
  if (attribute === undefined) return false
  return attribute === 'pk' || attribute === 'id' ? allCount(codeOf(app)) : isNumberField(codeOf(app), attribute)
}

/** Every model of the project has a number as its key. */
function allCount(code: Code): boolean {
  const models = code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('models') === true ? code.file(path) : undefined
    return [...(file?.classes.values() ?? [])].flatMap((node) =>
      file !== undefined && node.bases.some((base) => isDjangoModel(code, base, file)) ? [{ node, file }] : [],
    )
  })
  return models.length > 0 && models.every((model) => countsRows(code, model))
}

/** Every class of the project that has something of the name has a field of whole numbers. */
function isNumberField(code: Code, name: string): boolean {
  const found = code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    return [...(file?.classes.values() ?? [])].flatMap((node) => {
      const isMethod = node.body.some((one) => isFunction(one) && one.name === name)
      const isBound = node.body.some(
        (one) => one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === name),
      )
      return file !== undefined && (isMethod || isBound) ? [!isMethod && numberField({ node, file }, name)] : []
    })
  })
  return found.length > 0 && found.every((one) => one)
}
