import type { App } from '../../../src/app/app.ts'
import { type Engine, engineOf, findTemplate } from '../../../src/app/pages/engines.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { loadLibrary } from '../../../src/app/pages/library-lookup.ts'
import { itemsRendered, templateIn } from '../../../src/app/pages/template-faults.ts'
import { environmentWith } from '../../../src/app/settings/own-apps.ts'
import { runModule } from '../../../src/app/settings/run-module.ts'
import { metAnywhere, type StartHop } from '../../../src/app/settings/start.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { external } from '../../../src/evaluate/python/constructors.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import type { Machine } from '../../../src/evaluate/python/interpreter/machine.ts'
import { type FunctionValue, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import type { TemplateTag } from '../../../src/syntax/html/template-tree.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A question to git about the repository, which neither the build nor a dyno has; nothing around it catches that it fails. */
export interface GitAsked {
  /** `git rev-parse`, `git.Repo()` */
  readonly call: string
  readonly at: Place
  readonly chain: readonly Place[]
  readonly when: readonly Text[]
  readonly hop: StartHop
}

/** What processes surely ask git while they start, and what the first page then asks it. */
export function gitAsked(app: App): GitAsked[] {
  // A container may hold the repository: its build copies what it is told to.
  const { platform } = app.manifest
  if ((platform !== 'heroku-classic' && platform !== 'heroku-fir') || app.dependencies.manager === 'container')
    return []
  const mentions = app.project.python.some((path) => /\bgit\b/.test(readText(app.tree, path)?.text ?? ''))
  if (!mentions) return []
  const started = metAnywhere(app, questionOf).flatMap(({ key, met: { at, chain, when, hop } }): GitAsked[] => {
    // A config var that is asked for first may say what git is not asked for then.
    const texts = when.filter((one): one is Text => !('id' in one))
    return texts.length === when.length ? [{ call: key, at, chain, when: texts, hop }] : []
  })
  return uniqueBy([...started, ...askedByPage(app)], ({ at }) => placeKey(at))
}

/** Subcommands that read the repository, and end with 128 where there is none. */
const reading = new Set(
  `rev-parse describe log show rev-list symbolic-ref branch status name-rev show-ref tag`.split(' '),
)

/** The question of an event that is one to git; undefined: another event, or one whose failure is caught. */
function questionOf(event: Event): string | undefined {
  if (event.type !== 'call' || event.guarded === true || event.at.file === '' || event.args.open) return undefined
  const { path, args } = event
  if (/^git\.(?:repo\.(?:base\.)?)?Repo$/.test(path)) return 'git.Repo()'
  const { keywords, positional } = args
  const checks = keywords.get('check')
  const raises =
    /^subprocess\.check_(?:output|call)$/.test(path) ||
    (path === 'subprocess.run' && checks?.type === 'bool' && checks.value)
  // It may be another repository.
  if (!raises || keywords.has('env') || keywords.get('cwd')?.type === 'unknown') return undefined
  const [program, command] = wordsOf(positional[0] ?? keywords.get('args')) ?? []
  return program === 'git' && reading.has(command ?? '') ? `git ${command}` : undefined
}

/** The words of a command: of a list, or of one plain line for a shell. */
function wordsOf(value: Value | undefined): readonly (string | undefined)[] | undefined {
  const line = plain(value)
  if (line === undefined) return itemsOf(value)?.map(plain)
  return /[|&;<>()$`]/.test(line) ? undefined : line.split(/\s+/)
}

/** Template tags without arguments, on every path of the first page, and context processors, whose functions ask git. */
function askedByPage(app: App): GitAsked[] {
  const engine = engineOf(app)
  const page = firstPage(app)
  if (engine === undefined || page === undefined) return []
  const rendering = { app, engine, urls: undefined, statics: undefined }
  const rendered = page.paths.map(({ rendered: templates }) =>
    templates.flatMap(({ name, withRequest }) => {
      const found = findTemplate(app, engine, name)
      const items = found.state === 'file' ? itemsRendered(rendering, found.template) : []
      return [
        ...items.flatMap(({ file, item }) => {
          if (!('words' in item) || (item.words.length > 0 && item.words[0] !== 'as')) return []
          const module = libraryOf(app, engine, file, item)
          return module === undefined ? [] : [`tag ${module}.${item.name}`]
        }),
        ...(found.state === 'file' && withRequest === true ? (engine.processors ?? []) : []),
      ]
    }),
  )
  const [first = [], ...others] = rendered
  const sure = new Set(first.filter((one) => others.every((path) => path.includes(one))))
  const tags = [...sure].filter((one) => one.startsWith('tag '))
  const processors = [...sure].filter((one) => !one.startsWith('tag '))
  return [
    ...tags.flatMap((tag) => {
      const dot = tag.lastIndexOf('.')
      return askedIn(app, tag.slice('tag '.length, dot), tag.slice(dot + 1), [])
    }),
    ...processors.flatMap((path) => {
      const dot = path.lastIndexOf('.')
      const request = external('django.core.handlers.asgi.ASGIRequest', { file: '', span: { start: 0, end: 0 } })
      return askedIn(app, path.slice(0, dot), path.slice(dot + 1), [request])
    }),
  ]
}

/** The module of the library that a tag comes from: of those that its template loads before it, the last that has one of the name. */
function libraryOf(app: App, engine: Engine, file: string, { name, start }: TemplateTag): string | undefined {
  const loads = templateIn(app, file)?.tags.filter((tag) => tag.name === 'load' && tag.start < start) ?? []
  const libraries = loads.flatMap(({ words }) => {
    if (words.at(-2) !== 'from') return words
    return words.slice(0, -2).includes(name) ? words.slice(-1) : []
  })
  for (const library of libraries.reverse()) {
    const loaded = loadLibrary(app, engine, library)
    if (loaded.state !== 'names') return undefined
    if (loaded.names.tags.has(name)) return moduleOf(app, engine, library)
    if (loaded.names.open) return undefined
  }
  return undefined
}

/** The module under a library's name: the one of OPTIONS, or of the last app that has it. */
function moduleOf(app: App, { libraries, apps }: Engine, library: string): string | undefined {
  if (libraries?.has(library) === true) return libraries.get(library)
  const owner = apps.apps.findLast(
    ({ folder }) => folder !== undefined && app.tree.kind(`${folder}/templatetags/${library}.py`) === 'file',
  )
  return owner && `${owner.module}.templatetags.${library}`
}

/** What a function of a module surely asks when it is called with these, on every path. */
function askedIn(app: App, module: string, name: string, args: readonly Value[]): GitAsked[] {
  const { settings } = app
  if (app.project.resolve(module, settings.searchPath) === undefined) return []
  const { paths, certainCrash, bounded } = runModule(app, module, settings.searchPath, environmentWith(settings), {
    key: `call ${name}`,
    run: (m) => callNamed(m, module, name, args),
  })
  if (certainCrash !== undefined || bounded) return []
  const [first, ...others] = paths
    .filter(({ crash }) => crash === undefined)
    .map(({ events }) => events.flatMap((event) => toAsked(event)))
  return (first ?? []).filter(({ at }) => others.every((path) => path.some((one) => placeKey(one.at) === placeKey(at))))
}

function toAsked(event: Event): GitAsked[] {
  const call = questionOf(event)
  return call === undefined ? [] : [{ call, at: event.at, chain: event.chain, when: [], hop: 'http' }]
}

function callNamed(m: Machine, module: string, name: string, args: readonly Value[]): void {
  const found = m.modules.get(module)
  const code = found?.type === 'module' ? underTag(found.names.get(name)?.value) : undefined
  if (code === undefined || code.node.kind === 'Lambda') return
  const { posonly, args: named } = code.node.args
  if (posonly.length + named.filter((one) => one.default === undefined).length !== args.length) return
  m.call(code, args)
}

/** The function that `@register.simple_tag` and the like leave as it is. */
function underTag(value: Value | undefined): FunctionValue | undefined {
  if (value?.type === 'function') return value
  const [inner] = value?.type === 'call' ? value.args.positional : []
  return inner === undefined ? undefined : underTag(inner)
}
