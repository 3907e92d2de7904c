import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { EvaluatedPath, Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import { answerFirstPage } from '../../evaluate/python/libraries/django-page.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { runModule } from '../settings/run-module.ts'
import { mentions } from './mentions.ts'
import { seesHttp } from './sees-http.ts'

/** A template that the view of `/` renders on some of its paths. */
export interface RenderedTemplate {
  readonly name: string
  /** Where the view names it. */
  readonly at: Place
  readonly context: Value | undefined
  /** The context may hold more than that. */
  readonly openContext: boolean
  /** It is given the request, so that the context processors run; undefined: perhaps. */
  readonly withRequest: boolean | undefined
}

/** One way through the view. */
export interface PagePath {
  readonly when: readonly Condition[]
  /** The function that answers, where it is defined; undefined: it was not followed. */
  readonly view: Place | undefined
  readonly rendered: readonly RenderedTemplate[]
  /** The patterns of the URLconf, in order. */
  readonly routes: readonly PageRoute[]
}

export type PageRoute = Extract<Event, { type: 'route' }>

/** Names of the URLconf; `has` is false only for a name that surely nobody gave. */
export interface UrlNames {
  has(name: string): boolean
}

export interface FirstPage {
  readonly paths: readonly PagePath[]
  readonly urls: UrlNames
  /** What the process loads to answer: the URLconf and what it includes, the apps, the view. */
  readonly files: ReadonlySet<string>
}

const pages = new WeakMap<App, FirstPage | undefined>()

/** The page that the web process answers `/` with, as far as its view can be followed; undefined: it cannot be asked. */
export function firstPage(app: App): FirstPage | undefined {
  return getOrInsert(pages as WeakMap<App, FirstPage>, app, () => read(app) as FirstPage)
}

function read(app: App): FirstPage | undefined {
  const { settings } = app
  const { module, searchPath, environment, evaluation } = settings
  if (module === undefined || !settings.sure || evaluation?.certainCrash !== undefined) return undefined
  if (choosesUrlconf(app)) return undefined
  const named = environment.forProcess([
    { name: 'DJANGO_SETTINGS_MODULE', parts: [module], at: { file: '', span: { start: 0, end: 0 } } },
  ])
  const isHttp = seesHttp(app)
  const run = runModule(app, module, searchPath, named, {
    key: `first page ${isHttp}`,
    run: (m) => answerFirstPage(m, isHttp),
  })
  const paths = run.paths.filter(({ crash }) => crash === undefined)
  return { paths: paths.map(pagePath), urls: urlNames(run, paths), files: new Set(run.files) }
}

/** Settings of packages that answer with another URLconf by the host: django-hosts, django-subdomains, django-tenants. */
const urlconfSettings = ['ROOT_HOSTCONF', 'SUBDOMAIN_URLCONFS', 'PUBLIC_SCHEMA_URLCONF', 'TENANT_URLCONF']

/** Whether a request may be answered by another URLconf than that of ROOT_URLCONF. */
function choosesUrlconf(app: App): boolean {
  return (
    urlconfSettings.some((name) => app.settings.get(name) !== undefined) || mentions(app, ['urlconf', 'set_urlconf'])
  )
}

function pagePath({ when, events }: EvaluatedPath): PagePath {
  const [view] = events.flatMap((event) => (event.type === 'view' ? [event.defined] : []))
  const routes = events.filter((event) => event.type === 'route')
  return { when, view, rendered: events.flatMap((event) => rendered(event) ?? []), routes }
}

/** Functions of Django that render a template at once, with the places of its name, its context and the request. */
const renders: Readonly<Record<string, { readonly name: number; readonly context: number; readonly request: number }>> =
  {
    'django.shortcuts.render': { name: 1, context: 2, request: 0 },
    'django.template.response.TemplateResponse': { name: 1, context: 2, request: 0 },
    'django.template.loader.render_to_string': { name: 0, context: 1, request: 2 },
    'django.template.loader.get_template': { name: 0, context: 99, request: 99 },
  }

function rendered(event: Event): RenderedTemplate | undefined {
  if (event.type === 'render') {
    const { template, context, open } = event
    return templateOf(template, { context, openContext: open, withRequest: true })
  }
  const way = event.type === 'call' ? renders[event.path] : undefined
  if (way === undefined || event.type !== 'call' || event.args.open || event.guarded === true) return undefined
  const { positional, keywords } = event.args
  const template = positional[way.name] ?? keywords.get('template_name') ?? keywords.get('template')
  const context = positional[way.context] ?? keywords.get('context')
  return templateOf(template, {
    context,
    openContext: way.context === 99,
    withRequest: isRequest(positional[way.request] ?? keywords.get('request')),
  })
}

function isRequest(value: Value | undefined): boolean | undefined {
  if (value === undefined || value.type === 'none') return false
  return value.type === 'unknown' ? undefined : true
}

function templateOf(
  template: Value | undefined,
  more: Omit<RenderedTemplate, 'name' | 'at'>,
): RenderedTemplate | undefined {
  const [only, ...others] = itemsOf(template) ?? [template]
  const name = plain(only)
  return name === undefined || only === undefined || only.at.file === '' || others.length > 0
    ? undefined
    : { ...more, name, at: only.at }
}

function urlNames({ bounded }: Evaluation, paths: readonly EvaluatedPath[]): UrlNames {
  const events = paths.flatMap((path) => path.events)
  const names = new Set(events.flatMap((event) => (event.type === 'route' ? (event.name ?? []) : [])))
  const open = new Set(events.flatMap((event) => (event.type === 'routes-open' ? [event.prefix] : [])))
  const silent = bounded || paths.length === 0
  return {
    has: (name) =>
      silent || names.has(name) || [...open].some((prefix) => (prefix === '' ? true : name.startsWith(prefix))),
  }
}
