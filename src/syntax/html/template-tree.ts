import type { Span } from '../../contracts/place.ts'
import { tagWords } from './template-expressions.ts'
import { maskTemplates } from './templates.ts'

/** A tag of Django's templates: `{% url 'room' name %}`. */
export interface TemplateTag extends Span {
  readonly name: string
  /** What follows the name. */
  readonly words: readonly string[]
  readonly within: Surroundings
}

/** `{{ room.name|title }}` */
export interface TemplateVariable extends Span {
  readonly source: string
  readonly within: Surroundings
}

/** What stands around a place of a template. */
export interface Surroundings {
  /** The innermost block; undefined: none. */
  readonly block: string | undefined
  /**
   * Tests and loops around, outermost first, as far as the innermost block: what stands around that counts where the block is
   * rendered, which another template may say. What renders its content whenever it is reached is none.
   */
  readonly tests: readonly TemplateTest[]
}

/** `test`: as written, of an `if`; undefined: a loop or a tag whose ways are not known. */
export interface TemplateTest {
  readonly test: string | undefined
  /** Earlier tests of the same `if` that did not hold. */
  readonly not: readonly string[]
}

export interface TemplateTree {
  readonly tags: readonly TemplateTag[]
  readonly variables: readonly TemplateVariable[]
  /** A tag that opens a part nobody closes, by its name as Django has it. */
  readonly unclosed: readonly TemplateTag[]
}

/** Tags whose content is rendered whenever they are. */
const neutral = new Set([
  'with',
  'autoescape',
  'spaceless',
  'filter',
  'localize',
  'localtime',
  'timezone',
  'language',
  'cache',
])

/** Tags of Django's own that need their end. */
const closed = new Set([...neutral, 'if', 'for', 'block', 'ifchanged'])

interface Open {
  readonly tag: TemplateTag
  readonly block: string | undefined
  test: TemplateTest | undefined
}

/** Reads a template of Django's language: what is in a comment or between `verbatim` is text. Never throws. */
export function readTemplate(text: string): TemplateTree {
  const tags: TemplateTag[] = []
  const variables: TemplateVariable[] = []
  const open: Open[] = []
  const holes = maskTemplates(text).holes.filter(({ start, end }) => !text.slice(start, end).includes('\n'))
  const ends = countsOfEnds(holes.map(({ kind, source }) => (kind === 'tag' ? (tagWords(source)[0] ?? '') : '')))
  let verbatim: string | undefined
  for (const { kind, source, start, end } of holes) {
    if (verbatim !== undefined) {
      if (source.replace(/\s+/g, ' ') === verbatim) verbatim = undefined
      continue
    }
    const within = surroundings(open)
    if (kind === 'variable') {
      variables.push({ source, start, end, within })
      continue
    }
    const [name = '', ...words] = tagWords(source)
    if (name === 'verbatim') verbatim = `end${source.replace(/\s+/g, ' ')}`
    const tag: TemplateTag = { name, words, start, end, within }
    tags.push(tag)
    const top = open.at(-1)
    if (/^el(?:se|if)$/.test(name) && top?.tag.name === 'if') turn(top, name === 'elif' ? words.join(' ') : undefined)
    else if (name === 'empty' && top?.tag.name === 'for') top.test = { test: undefined, not: [] }
    else if (name.startsWith('end')) close(open, name.slice(3))
    else if (closed.has(name) || (ends.get(`end${name}`) ?? 0) > 0) open.push(opened(tag))
  }
  return { tags, variables, unclosed: open.flatMap(({ tag }) => (closed.has(tag.name) ? [tag] : [])) }
}

function countsOfEnds(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) if (name.startsWith('end')) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function opened(tag: TemplateTag): Open {
  if (tag.name === 'block') return { tag, block: tag.words[0] ?? '', test: undefined }
  if (neutral.has(tag.name)) return { tag, block: undefined, test: undefined }
  return { tag, block: undefined, test: { test: tag.name === 'if' ? tag.words.join(' ') : undefined, not: [] } }
}

/** The next branch of an `if`; without a test: its `else`. */
function turn(top: Open, test: string | undefined): void {
  const before = top.test
  const not = [...(before?.not ?? []), ...(before?.test === undefined ? [] : [before.test])]
  top.test = { test: test ?? '', not }
}

/**
 * Django closes the innermost part alone; a wrong end is an error there and closes nothing here. A tag of another library may have an
 * end in one place and none in another (`{% component "x" / %}`): it does not keep what stands around it open.
 */
function close(open: Open[], name: string): void {
  const needed = open.findLastIndex(({ tag }) => closed.has(tag.name) || tag.name === name)
  if (open[needed]?.tag.name === name) open.splice(needed)
}

function surroundings(open: readonly Open[]): Surroundings {
  const blocks = open.flatMap(({ block }) => (block === undefined ? [] : [block]))
  const inside = open.slice(open.findLastIndex(({ block }) => block !== undefined) + 1)
  return { block: blocks.at(-1), tests: inside.flatMap(({ test }) => (test === undefined ? [] : [test])) }
}
