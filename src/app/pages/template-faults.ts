import type { Place, Span } from '../../contracts/place.ts'
import { perFile } from '../../files/per-file.ts'
import { readText } from '../../files/tree.ts'
import { readFilterExpression } from '../../syntax/html/template-expressions.ts'
import {
  readTemplate,
  type Surroundings,
  type TemplateTag,
  type TemplateTree,
  type TemplateVariable,
} from '../../syntax/html/template-tree.ts'
import type { App } from '../app.ts'
import { absoluteName, type Engine, findNamed, type TemplateFile } from './engines.ts'
import type { UrlNames } from './first-page.ts'
import { allNames, builtinNames, djangoNames, type Loaded, loadLibrary, neverBuiltin } from './library-lookup.ts'
import { isLookedUp, type StaticManifest, staticEntry } from './static-files.ts'

/** What ends the rendering of a template, in Django's words where it has some. */
export interface TemplateFault {
  readonly kind:
    | 'missing'
    | 'library'
    | 'tag'
    | 'filter'
    | 'unclosed'
    | 'static'
    | 'unhashed'
    | 'uncollected'
    | 'uncompressed'
    | 'url'
  /** The name that is looked for. */
  readonly name: string
  readonly at: Place
  /** What stands nearby: the app that brings a library, the file in another folder or in another case. */
  readonly near: string | undefined
  /** What has to stand at `at` for the file that is near. */
  readonly correct?: string | undefined
}

/** What rendering may look at. */
export interface Rendering {
  readonly app: App
  readonly engine: Engine
  readonly urls: UrlNames | undefined
  readonly statics: StaticManifest | undefined
}

const trees = perFile(({ text }): TemplateTree => readTemplate(text))

/** The template of a file, read once. */
export function templateIn(app: App, file: string): TemplateTree | undefined {
  const source = readText(app.tree, file)
  return source === undefined || source.text.length > 400_000 ? undefined : trees(source)
}

/** What is rendered so far. */
interface Run {
  readonly rendering: Rendering
  readonly faults: TemplateFault[]
  /** Files that were compiled. */
  readonly compiled: Set<string>
  /** Files of which the rendering began. */
  readonly begun: Set<string>
  readonly items: RenderedItem[]
  /** The tags that include the template being rendered, outermost first. */
  readonly includes: readonly TemplateTag[]
}

/** A template with those that it extends, itself first. */
type Inheritance = readonly { readonly template: TemplateFile; readonly tree: TemplateTree }[]

/** What ends the rendering of a template that a view asks for: one that cannot be compiled hides nothing else here. */
export function templateFaults(rendering: Rendering, template: TemplateFile): readonly TemplateFault[] {
  return run(rendering, template).faults
}

/** A tag or variable that is surely rendered, with the file it stands in. */
export interface RenderedItem {
  readonly file: string
  readonly item: TemplateTag | TemplateVariable
  /** The tags that include its template, outermost first. */
  readonly includes: readonly TemplateTag[]
}

/** What a first visitor's page surely evaluates, in the order of rendering. */
export function itemsRendered(rendering: Rendering, template: TemplateFile): readonly RenderedItem[] {
  return run(rendering, template).items
}

/** The files that are surely compiled with a template: those it extends, and those they include. */
export function filesRendered(rendering: Rendering, template: TemplateFile): ReadonlySet<string> {
  return run(rendering, template).compiled
}

function run(rendering: Rendering, template: TemplateFile): Run {
  const started: Run = { rendering, faults: [], compiled: new Set(), begun: new Set(), items: [], includes: [] }
  renderTemplate(started, template)
  return started
}

function renderTemplate(run: Run, template: TemplateFile): void {
  if (run.begun.has(template.file) || run.begun.size > 200) return
  run.begun.add(template.file)
  const levels = inheritance(run, template)
  if (levels !== undefined) renderPart(run, levels, levels.length - 1, undefined, [])
}

/** The templates that one extends are compiled with it; undefined: one of them cannot be read, so nobody knows what is rendered. */
function inheritance(run: Run, first: TemplateFile): Inheritance | undefined {
  const { app, engine } = run.rendering
  const levels: { template: TemplateFile; tree: TemplateTree }[] = []
  let template = first
  for (;;) {
    const tree = templateIn(app, template.file)
    if (tree === undefined) return undefined
    if (!run.compiled.has(template.file)) run.faults.push(...compile(run.rendering, template.file, tree))
    run.compiled.add(template.file)
    levels.push({ template, tree })
    const [parent] = tree.tags
    if (parent?.name !== 'extends') return levels
    const name = literal(parent.words[0])
    // One that extends its own name gets the next of that name: its own file is passed by.
    const passed = levels.map((level) => level.template.file)
    const found = name === undefined ? undefined : findNamed(app, engine, name, template, passed)
    if (name !== undefined && found?.state === 'missing')
      run.faults.push(missing(run.rendering, template, parent, name))
    if (found?.state !== 'file' || levels.length > 20) return undefined
    template = found.template
  }
}

/** Renders what of one level stands in a block (undefined: in none); `inside`: the blocks that are being rendered. */
function renderPart(
  run: Run,
  levels: Inheritance,
  level: number,
  block: string | undefined,
  inside: readonly string[],
): void {
  const { template, tree } = levels[level] as Inheritance[number]
  /** The block as the first of these levels gives it. */
  const renderBlock = (name: string, from: number): void => {
    const giver = levels.findIndex((one, index) => index >= from && hasBlock(one.tree, name))
    const key = `${giver} ${name}`
    if (giver >= 0 && !inside.includes(key)) renderPart(run, levels, giver, name, [...inside, key])
  }
  for (const item of inOrder(tree)) {
    if (item.within.block !== block || !isReached(item.within)) continue
    run.items.push({ file: template.file, item, includes: run.includes })
    if ('source' in item) {
      if (block !== undefined && readFilterExpression(item.source)?.variable === 'block.super')
        renderBlock(block, level + 1)
    } else if (item.name === 'block') renderBlock(item.words[0] ?? '', 0)
    else renderTag(run, template, item)
  }
}

const hasBlock = ({ tags }: TemplateTree, block: string): boolean =>
  tags.some(({ name, words }) => name === 'block' && words[0] === block)

function renderTag(run: Run, template: TemplateFile, tag: TemplateTag): void {
  const { app, engine, urls, statics } = run.rendering
  const { file } = template
  const name = literal(tag.words[0])
  if (name === undefined) return
  switch (tag.name) {
    case 'include': {
      const found = findNamed(app, engine, name, template)
      if (found.state === 'missing') run.faults.push(missing(run.rendering, template, tag, name))
      if (found.state === 'file') renderTemplate({ ...run, includes: [...run.includes, tag] }, found.template)
      return
    }
    case 'static':
      if (statics !== undefined && tag.words[1] !== 'as')
        run.faults.push(...staticFaults(run, statics, file, tag, name))
      return
    case 'url':
      if (urls !== undefined && tag.words.at(-2) !== 'as' && !urls.has(name))
        run.faults.push({ kind: 'url', name, at: literalPlace(app, file, tag, name), near: undefined })
      return
    default:
  }
}

/** A name that the manifest does not have; where there is no manifest, the first one ends the page. */
function staticFaults(
  { rendering: { app }, faults }: Run,
  statics: StaticManifest,
  file: string,
  tag: TemplateTag,
  name: string,
): readonly TemplateFault[] {
  const at = literalPlace(app, file, tag, name)
  if (statics.state === 'none') {
    const isTold = faults.some(({ kind }) => kind === 'uncollected')
    return isTold || !isLookedUp(name) ? [] : [{ kind: 'uncollected', name, at, near: undefined }]
  }
  const entry = staticEntry(app, statics, name)
  if (entry === undefined) return []
  if (!statics.strict) return [{ kind: 'unhashed', name, at, near: undefined }]
  return [{ kind: 'static', name, at, near: entry.near?.file, correct: entry.near?.name }]
}

function missing({ app }: Rendering, within: TemplateFile, tag: TemplateTag, written: string): TemplateFault {
  const name = absoluteName(written, within)
  return { kind: 'missing', name, at: literalPlace(app, within.file, tag, written), near: templateNear(app, name) }
}

/** A file of that name in another folder of templates. */
export function templateNear(app: App, name: string): string | undefined {
  const suffix = `/${name}`.toLowerCase()
  const found: string[] = []
  const visit = (folder: string, depth: number): void => {
    if (depth > 6 || found.length > 0) return
    for (const entry of app.tree.list(folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.kind === 'directory' && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        visit(path, depth + 1)
      else if (entry.kind === 'file' && `/${path}`.toLowerCase().endsWith(suffix)) found.push(path)
    }
  }
  visit('', 0)
  return found[0]
}

/** Whether a first visitor's page comes to a place: nothing around it depends on anything but who they are. */
export function isReached({ tests }: Surroundings): boolean {
  return tests.every(({ test, not }) => {
    if (test === undefined) return false
    const own = test === '' ? true : holdsForStranger(test)
    return own === true && not.every((one) => holdsForStranger(one) === false)
  })
}

/** What a test says about a visitor nobody knows. */
function holdsForStranger(test: string): boolean | undefined {
  const asked = test.replace(/\s+/g, ' ').trim()
  if (/^(?:request\.)?user\.is_authenticated$/.test(asked)) return false
  if (/^(?:not (?:request\.)?user\.is_authenticated|(?:request\.)?user\.is_anonymous)$/.test(asked)) return true
  return undefined
}

/** Tags of Django's own whose words are variables with filters. */
const filtering = new Set(['if', 'elif', 'for', 'with'])

/** Tags that end or divide what another one began. */
const inner = /^(?:end\w*|else|elif|empty|plural)$/

/** What the compiler finds wrong in a file, whichever part of it is rendered. */
function compile({ app, engine }: Rendering, file: string, tree: TemplateTree): readonly TemplateFault[] {
  const faults: TemplateFault[] = []
  const builtins = builtinNames(app, engine)
  const loaded: Loaded[] = []
  const owners = new Set(tree.tags.filter(({ name }) => name.startsWith('end')).map(({ name }) => name.slice(3)))
  // Another library's tag may read what stands in it by itself, but calls nothing as Django does.
  const mayBeRead = (name: string) => inner.test(name) || (owners.has(name) && !djangoNames().tags.has(name))
  let names = builtins
  const never = neverBuiltin(engine)
  const lacks: Lacks = (kind, name) =>
    !names.open && !names[kind].has(name) && (never === undefined || never[kind].has(name))
  const at = (span: Span, word: string) => wordPlace(app, file, span, word)
  for (const item of inOrder(tree)) {
    if ('source' in item) {
      faults.push(...filterFaults(item, lacks, at))
      continue
    }
    if (item.name === 'load') {
      const libraries = item.words.at(-2) === 'from' ? item.words.slice(-1) : item.words
      for (const name of libraries) {
        const library = loadLibrary(app, engine, name)
        loaded.push(library)
        if (library.state === 'missing')
          faults.push({ kind: 'library', name, at: at(item, name), near: library.brought })
      }
      const more = allNames(loaded)
      names = {
        tags: new Set([...builtins.tags, ...more.tags]),
        filters: new Set([...builtins.filters, ...more.filters]),
        open: builtins.open || more.open,
      }
    } else if (lacks('tags', item.name) && !mayBeRead(item.name))
      faults.push({ kind: 'tag', name: item.name, at: at(item, item.name), near: undefined })
    else if (filtering.has(item.name))
      for (const word of item.words)
        faults.push(...filterFaults({ ...item, source: word.replace(/^\w+=/, '') }, lacks, at))
  }
  // Another library's tag of this name may need no end.
  for (const tag of tree.unclosed.filter(({ name }) => builtins.tags.has(name) || !names.open))
    faults.push({ kind: 'unclosed', name: tag.name, at: at(tag, tag.name), near: undefined })
  return faults
}

function inOrder({ tags, variables }: TemplateTree): readonly (TemplateTag | TemplateVariable)[] {
  return [...tags, ...variables].sort((a, b) => a.start - b.start)
}

/** Whether surely no library that is loaded so far has a tag or a filter. */
type Lacks = (kind: 'tags' | 'filters', name: string) => boolean

function filterFaults(
  { source, start, end }: TemplateVariable,
  lacks: Lacks,
  at: (span: Span, word: string) => Place,
): readonly TemplateFault[] {
  const unknown = readFilterExpression(source)?.filters.find(({ name }) => lacks('filters', name))
  if (unknown === undefined) return []
  return [{ kind: 'filter', name: unknown.name, at: at({ start, end }, unknown.name), near: undefined }]
}

/** The text of a word in quotes; undefined for a variable. */
export function literal(word: string | undefined): string | undefined {
  return /^(?:"([^"\\|]*)"|'([^'\\|]*)')$/
    .exec(word ?? '')
    ?.slice(1)
    .find((one) => one !== undefined)
}

/** Where a text in quotes stands in a tag, without them: `st` of `{% static 'st' %}` is no part of the tag's name. */
function literalPlace(app: App, file: string, tag: Span, text: string): Place {
  const quoted = ["'", '"'].map((quote) => wordPlace(app, file, tag, quote + text + quote))
  const found = quoted.find(({ span }) => span.end - span.start === text.length + 2)
  return found === undefined
    ? { file, span: { start: tag.start, end: tag.end } }
    : { file, span: { start: found.span.start + 1, end: found.span.end - 1 } }
}

/** Where a word stands in a tag. */
function wordPlace(app: App, file: string, { start, end }: Span, word: string): Place {
  const offset = readText(app.tree, file)?.text.slice(start, end).indexOf(word) ?? -1
  return offset < 0
    ? { file, span: { start, end } }
    : { file, span: { start: start + offset, end: start + offset + word.length } }
}
