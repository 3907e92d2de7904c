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
import { type Engine, findTemplate } from './engines.ts'
import type { UrlNames } from './first-page.ts'
import { allNames, builtinNames, type Loaded, loadLibrary } from './library-lookup.ts'
import { type StaticFiles, staticEntry } from './static-files.ts'

/** What ends the rendering of a template, in Django's words where it has some. */
export interface TemplateFault {
  readonly kind: 'missing' | 'library' | 'tag' | 'filter' | 'unclosed' | 'static' | 'url'
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
  readonly statics: StaticFiles | undefined
}

const trees = perFile(({ text }): TemplateTree => readTemplate(text))

/** The template of a file, read once. */
export function templateIn(app: App, file: string): TemplateTree | undefined {
  const source = readText(app.tree, file)
  return source === undefined || source.text.length > 400_000 ? undefined : trees(source)
}

/** A template that is rendered, with the blocks that those which extend it have given. */
interface Rendered {
  readonly file: string
  readonly given: ReadonlySet<string>
  readonly depth: number
}

/** What ends the rendering of a template that a view asks for, first to last: one that cannot be compiled hides nothing else here. */
export function templateFaults(rendering: Rendering, file: string): readonly TemplateFault[] {
  const faults: TemplateFault[] = []
  const seen = new Set<string>()
  render(rendering, { file, given: new Set(), depth: 0 }, faults, seen)
  return faults
}

/** The files that are surely rendered with a template: those it extends, and those they include. */
export function filesRendered(rendering: Rendering, file: string): ReadonlySet<string> {
  const seen = new Set<string>()
  render(rendering, { file, given: new Set(), depth: 0 }, [], seen)
  return seen
}

function render(
  rendering: Rendering,
  { file, given, depth }: Rendered,
  faults: TemplateFault[],
  seen: Set<string>,
): void {
  const { app } = rendering
  const tree = templateIn(app, file)
  if (tree === undefined || depth > 20 || (seen.has(file) && depth > 0 && given.size === 0)) return
  if (!seen.has(file)) faults.push(...compile(rendering, file, tree))
  seen.add(file)
  const [first] = tree.tags
  const parent = first?.name === 'extends' ? first : undefined
  const extended = tree.tags.flatMap(({ name, words }) =>
    name === 'block' && words[0] !== undefined ? [words[0]] : [],
  )
  for (const tag of tree.tags) {
    const { block, blocks } = tag.within
    // Of a template that extends another only its blocks are rendered, and of the other's those that nobody gave.
    if (parent !== undefined && block === undefined) continue
    if (blocks.some((one) => given.has(one)) || !isReached(tag.within)) continue
    faults.push(...renderTag(rendering, file, tag, depth, seen))
  }
  if (parent === undefined) return
  const name = literal(parent.words[0])
  const found = name === undefined ? undefined : findTemplate(app, rendering.engine, name)
  if (name !== undefined && found?.state === 'missing') faults.push(missing(rendering, file, parent, name))
  if (found?.state === 'file') {
    const all = new Set([...given, ...extended])
    render(rendering, { file: found.file, given: all, depth: depth + 1 }, faults, seen)
  }
}

function renderTag(
  rendering: Rendering,
  file: string,
  tag: TemplateTag,
  depth: number,
  seen: Set<string>,
): readonly TemplateFault[] {
  const { app, engine, urls, statics } = rendering
  const name = literal(tag.words[0])
  if (name === undefined) return []
  switch (tag.name) {
    case 'include': {
      const found = findTemplate(app, engine, name)
      if (found.state === 'missing') return [missing(rendering, file, tag, name)]
      const faults: TemplateFault[] = []
      if (found.state === 'file')
        render(rendering, { file: found.file, given: new Set(), depth: depth + 1 }, faults, seen)
      return faults
    }
    case 'static': {
      const entry = statics === undefined || tag.words[1] === 'as' ? undefined : staticEntry(app, statics, name)
      return entry === undefined
        ? []
        : [
            {
              kind: 'static',
              name,
              at: literalPlace(app, file, tag, name),
              near: entry.near?.file,
              correct: entry.near?.name,
            },
          ]
    }
    case 'url':
      return urls === undefined || tag.words.at(-2) === 'as' || urls.has(name)
        ? []
        : [{ kind: 'url', name, at: literalPlace(app, file, tag, name), near: undefined }]
    default:
      return []
  }
}

function missing({ app }: Rendering, file: string, tag: TemplateTag, name: string): TemplateFault {
  return { kind: 'missing', name, at: literalPlace(app, file, tag, name), near: templateNear(app, name) }
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

/** Tags that end or divide what another one began. */
const inner = /^(?:end\w*|else|elif|empty|plural)$/

/** What the compiler finds wrong in a file, whichever part of it is rendered. */
function compile({ app, engine }: Rendering, file: string, tree: TemplateTree): readonly TemplateFault[] {
  const faults: TemplateFault[] = []
  const builtins = builtinNames(app, engine)
  const loaded: Loaded[] = []
  const owners = new Set(tree.tags.filter(({ name }) => name.startsWith('end')).map(({ name }) => name.slice(3)))
  let names = builtins
  const at = (span: Span, word: string) => wordPlace(app, file, span, word)
  for (const item of inOrder(tree)) {
    if ('source' in item) {
      faults.push(...filterFaults(item, names, at))
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
    } else if (!names.open && !names.tags.has(item.name) && !inner.test(item.name) && !owners.has(item.name))
      faults.push({ kind: 'tag', name: item.name, at: at(item, item.name), near: undefined })
  }
  for (const tag of tree.unclosed)
    faults.push({ kind: 'unclosed', name: tag.name, at: at(tag, tag.name), near: undefined })
  return faults
}

function inOrder({ tags, variables }: TemplateTree): readonly (TemplateTag | TemplateVariable)[] {
  return [...tags, ...variables].sort((a, b) => a.start - b.start)
}

function filterFaults(
  { source, start, end }: TemplateVariable,
  names: { readonly filters: ReadonlySet<string>; readonly open: boolean },
  at: (span: Span, word: string) => Place,
): readonly TemplateFault[] {
  const unknown = names.open
    ? undefined
    : readFilterExpression(source)?.filters.find(({ name }) => !names.filters.has(name))
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
