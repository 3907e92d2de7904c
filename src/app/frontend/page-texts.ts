import { dataAttribute, selectorOf } from '../../evaluate/javascript/elements.ts'
import { pagesLoading, type Sources } from '../../evaluate/javascript/globals.ts'
import { serverHole, textOutcomes } from '../../evaluate/javascript/literals.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import { questionsBetween, templateQuestions } from '../../evaluate/javascript/template-branches.ts'
import type { ScriptOutcome, TextPart } from '../../evaluate/javascript/values.ts'
import { isHole } from '../../evaluate/javascript/values.ts'
import { attribute, type Tag } from '../../syntax/html/scripts.ts'
import { readFilterExpression } from '../../syntax/html/template-expressions.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'

type Outcomes = readonly ScriptOutcome[]

/**
 * What a page writes into an attribute of the element that a script of it asks for; undefined: none does, or several do, or only a page for
 * which a tag of its template decides, or a script or the visitor writes something else.
 */
export function attributeOf(
  sources: Sources,
  served: (page: ScriptSource) => ScriptSource,
  source: ScriptSource,
  selector: string,
  name: string,
): Outcomes | undefined {
  if (isSetBy(source, selector, name)) return undefined
  return onlyOne(sources, source, name, (page) =>
    page.tags.flatMap((tag) => {
      if (!isSelected(tag, selector)) return []
      return tag.attributes
        .filter((one) => one.name.toLowerCase() === name)
        .map((one) => () => {
          const isOpen = (name === 'value' && isTyped(tag)) || templateQuestions(page, tag.start).length > 0
          return isOpen ? undefined : textOutcomes(one.value, one.at, served(page)).map(decoded)
        })
    }),
  )
}

/**
 * `element.setAttribute('data-url', …)`, `$(…).attr('data-url', …)`, `$(…).data('url', …)`, of whatever element; of this one
 * `$('#url').val(…)` and `document.getElementById('url').value = …`. What is given to an element with a name is read there.
 */
function isSetBy({ text, scopes, scripts }: ScriptSource, selector: string, name: string): boolean {
  const written = [...text.matchAll(/\b(?:setAttribute|attr|data)\s*\(\s*["']([\w-]+)["']\s*,/g)].map(
    ([, word]) => word,
  )
  if (written.some((word) => word === name || `data-${word}` === name)) return true
  const isElement = (node: Expression): boolean => node.kind === 'Call' && selectorOf(node) === selector
  let found = scopes.sites.some(
    ({ node: { callee, args } }) =>
      name === 'value' &&
      callee.kind === 'Member' &&
      callee.name === 'val' &&
      args.length > 0 &&
      isElement(callee.object),
  )
  for (const { body } of scripts)
    eachExpression(body, (node) => {
      if (node.kind !== 'Assignment' || node.target.kind !== 'Member') return
      const { object, name: property = '' } = node.target
      const isData = object.kind === 'Member' && object.name === 'dataset'
      found ||= isData
        ? isElement(object.object) && dataAttribute(property) === name
        : isElement(object) && property === name
    })
  return found
}

/** The visitor writes what such a field holds. */
const isTyped = (tag: Tag): boolean =>
  tag.name.toLowerCase() !== 'input' || attribute(tag, 'type')?.toLowerCase() !== 'hidden'

/** What `{{ value|json_script:"id" }}` puts into the element, as `JSON.parse` reads it; undefined: no page does, or several do. */
export function jsonOf(
  sources: Sources,
  served: (page: ScriptSource) => ScriptSource,
  source: ScriptSource,
  selector: string,
): Outcomes | undefined {
  if (!selector.startsWith('#')) return undefined
  return onlyOne(sources, source, 'json_script', (page) =>
    page.holes.flatMap((hole) => {
      const last = readFilterExpression(hole.source)?.filters.at(-1)
      if (last?.name !== 'json_script' || last.argument?.text !== selector.slice(1)) return []
      return [
        (): Outcomes | undefined => {
          if (!isWhereAsked(page, hole.start, source)) return undefined
          const at = placeOf(page, hole)
          const parts = served(page).written?.(hole, at) ?? [serverHole(hole.source, page, hole)]
          return [{ value: { type: 'text', parts }, when: [] }]
        },
      ]
    }),
  )
}

/** Whether a page shows what stands at a place wherever it has the script that asks for it: no tag of the template decides, or both stand below it. */
function isWhereAsked(page: ScriptSource, start: number, asking: ScriptSource): boolean {
  if (page.file !== asking.file) return templateQuestions(page, start).length === 0
  const from = page.scripts.flatMap(({ body }) => body.slice(0, 1))
  return from.every((statement) => questionsBetween(page, statement.start, start)?.length === 0)
}

/** What the pages of a script have just one of: the one that it stands in, or those that load its file, or else all that mention it. */
function onlyOne(
  sources: Sources,
  source: ScriptSource,
  mentioned: string,
  find: (page: ScriptSource) => (() => Outcomes | undefined)[],
): Outcomes | undefined {
  const near = source.tags.length > 0 ? [source] : pagesLoading(sources, source.file)
  let found = near.flatMap(find)
  if (found.length === 0) {
    const others = sources.all.filter(
      (file) => /\.(?:html?|djhtml|jinja2?|j2)$/.test(file) && sources.text(file)?.includes(mentioned) === true,
    )
    found = others.flatMap((file) => {
      const page = sources.cached(file)
      return page === undefined ? [] : find(page)
    })
  }
  return found.length === 1 ? found[0]?.() : undefined
}

/** By its id, by an attribute it has, by a class, or by its name: other selectors are not followed. */
function isSelected(tag: Tag, selector: string): boolean {
  const [, mark, word = ''] = /^([#.]?)([\w-]+)$/.exec(selector) ?? []
  if (mark === '#') return attribute(tag, 'id') === word
  if (mark === '.') return attribute(tag, 'class')?.split(/\s+/).includes(word) === true
  if (mark === '') return tag.name.toLowerCase() === word
  const [, own] = /^\w*\[([\w-]+)\]$/.exec(selector) ?? []
  return own !== undefined && attribute(tag, own) !== undefined
}

/** What an attribute says: its text has entities. */
function decoded({ value, when }: ScriptOutcome): ScriptOutcome {
  if (value.type !== 'text') return { value, when }
  const parts = value.parts.map(
    (part): TextPart =>
      isHole(part) || !part.text.includes('&amp;')
        ? part
        : { ...part, text: part.text.replaceAll('&amp;', '&'), verbatim: false },
  )
  return { value: { type: 'text', parts }, when }
}
