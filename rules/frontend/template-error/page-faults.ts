import type { App } from '../../../src/app/app.ts'
import { type Engine, engineOf, findTemplate, type TemplateFile } from '../../../src/app/pages/engines.ts'
import { firstPage, type PagePath, type RenderedTemplate } from '../../../src/app/pages/first-page.ts'
import { staticManifest } from '../../../src/app/pages/static-files.ts'
import {
  itemsRendered,
  type Rendering,
  type TemplateFault,
  templateFaults,
  templateNear,
} from '../../../src/app/pages/template-faults.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { getOrInsert } from '../../../src/get-or-insert.ts'
import { isUncompressed } from './uncompressed.ts'

/** What ends the page that the web process answers with, or the page that opens a socket. */
export interface PageFault extends TemplateFault {
  /** Pages with sockets of their own are without it. */
  readonly partial?: boolean
  readonly when: readonly Condition[]
  /** Where a view names the template that is rendered; undefined: the view was not followed. */
  readonly view: Place | undefined
  /** Folders that are searched, and those of them that are not there. */
  readonly searched: readonly string[]
  readonly absent: readonly string[]
  /** Those that are written from where the web process stands, as they are written. */
  readonly relative: readonly string[]
}

const found = new WeakMap<App, readonly PageFault[]>()

/** Every fault of the first page and of the pages with sockets, each once. */
export function pageFaults(app: App): readonly PageFault[] {
  return getOrInsert(found, app, () => {
    const engine = engineOf(app)
    if (engine === undefined) return []
    const page = firstPage(app)
    const rendering: Rendering = { app, engine, urls: page?.urls, statics: staticManifest(app) }
    const ofFirst = page === undefined ? [] : faultsOfPaths(rendering, page.paths)
    const known = new Set(ofFirst.map(({ kind, at }) => `${kind} ${placeKey(at)}`))
    const withSockets = socketTemplates(app, engine).map((template) => templateFaults(rendering, template))
    const ofSockets = withSockets.flat()
    const partial = withSockets.some((faults) => faults.length === 0)
    return [
      ...ofFirst,
      ...ofSockets
        .filter(({ kind, at }) => !known.has(`${kind} ${placeKey(at)}`))
        .map((fault) => ({ ...fault, when: [], partial, view: undefined, ...places(engine) })),
    ]
  })
}

const places = ({ folders, absent, relative }: Engine) => ({ searched: folders, absent, relative })

type Met = TemplateFault & { readonly view: Place }

function faultsOfPaths(rendering: Rendering, paths: readonly PagePath[]): readonly PageFault[] {
  const all = new Map<string, Met>()
  const byPath = paths.map(({ when, rendered }) => {
    const ids = new Set<string>()
    for (const met of rendered.flatMap((one) => faultsOf(rendering, one))) {
      const id = `${met.kind} ${placeKey(met.at)}`
      ids.add(id)
      getOrInsert(all, id, () => met)
    }
    return { when, ids }
  })
  return [...all].flatMap(([id, met]) => {
    const sure = told(
      rendering.app.inquiry,
      verdict(byPath, ({ ids }) => ids.has(id)),
      () => undefined,
    )
    return sure === undefined ? [] : [{ ...met, when: sure.when, ...places(rendering.engine) }]
  })
}

function faultsOf(rendering: Rendering, { name, at }: RenderedTemplate): readonly Met[] {
  const place = findTemplate(rendering.app, rendering.engine, name)
  if (place.state === 'missing')
    return [{ kind: 'missing', name, at, near: templateNear(rendering.app, name), view: at }]
  return place.state === 'file'
    ? [...templateFaults(rendering, place.template), ...uncompressed(rendering, place.template)].map((fault) => ({
        ...fault,
        view: at,
      }))
    : []
}

/** The first `{% compress %}` of a page that finds nothing compressed. */
function uncompressed(rendering: Rendering, template: TemplateFile): readonly TemplateFault[] {
  if (!isUncompressed(rendering.app)) return []
  const first = itemsRendered(rendering, template).find(({ item }) => 'name' in item && item.name === 'compress')
  if (first === undefined) return []
  const { file, item } = first
  return [
    {
      kind: 'uncompressed',
      name: 'compress',
      at: { file, span: { start: item.start, end: item.end } },
      near: undefined,
    },
  ]
}

/** Templates of the engine that open sockets, by the names they are found under. */
function socketTemplates(app: App, engine: Engine): readonly TemplateFile[] {
  const files = new Set(app.frontend.sockets.flatMap(({ at, referenced }) => (referenced ? [at.file] : [])))
  return [...files].flatMap((file) => {
    const found = engine.folders.flatMap((folder) => {
      const place = file.startsWith(`${folder}/`) ? findTemplate(app, engine, file.slice(folder.length + 1)) : undefined
      return place?.state === 'file' && place.template.file === file ? [place.template] : []
    })
    return found.slice(0, 1)
  })
}
