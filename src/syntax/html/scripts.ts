import type { Span } from '../../contracts/place.ts'

/** A script written inside a page or a component. */
export interface EmbeddedScript extends Span {
  readonly text: string
  /** TypeScript. */
  readonly types: boolean
  readonly jsx: boolean
}

/** A tag with its attributes: what other readers of a page need. */
export interface Tag extends Span {
  readonly name: string
  readonly attributes: readonly TagAttribute[]
}
export interface TagAttribute {
  readonly name: string
  readonly value: string
  /** The value without its quotes. */
  readonly at: Span
}

export interface Page {
  readonly scripts: readonly EmbeddedScript[]
  /** Opening tags outside scripts and comments, in order. */
  readonly tags: readonly Tag[]
}

const javascript =
  /^(?:(?:text|application)\/(?:javascript|ecmascript|x-javascript|babel|jsx|typescript)|module|jsx|)$/i

/** Scripts and tags of an HTML page or of a Vue or Svelte component. Never throws; what is not closed ends with the text. */
export function readPage(text: string): Page {
  const scripts: EmbeddedScript[] = []
  const tags: Tag[] = []
  let index = 0
  while (index < text.length) {
    const open = text.indexOf('<', index)
    if (open < 0) break
    if (text.startsWith('<!--', open)) {
      const close = text.indexOf('-->', open + 4)
      index = close < 0 ? text.length : close + 3
      continue
    }
    const tag = readTag(text, open)
    if (tag === undefined) {
      index = open + 1
      continue
    }
    tags.push(tag)
    index = tag.end
    const name = tag.name.toLowerCase()
    if (name !== 'script' && name !== 'style' && name !== 'textarea') continue
    const close = closingTag(text, name, tag.end)
    if (name === 'script') {
      const script = embedded(text, tag, close)
      if (script !== undefined) scripts.push(script)
    }
    index = close
  }
  return { scripts, tags }
}

function embedded(text: string, tag: Tag, end: number): EmbeddedScript | undefined {
  const type = attribute(tag, 'type') ?? ''
  const lang = attribute(tag, 'lang') ?? ''
  if (!javascript.test(type.trim()) || attribute(tag, 'src') !== undefined) return undefined
  const types = /^tsx?$|typescript/i.test(lang) || /typescript/i.test(type)
  const jsx = /^[jt]sx$/i.test(lang) || /babel|jsx/i.test(type)
  return { text: text.slice(tag.end, end), types, jsx, start: tag.end, end }
}

/** The value of an attribute, empty when it has none; undefined when it is not there. */
export function attribute(tag: Tag, name: string): string | undefined {
  return tag.attributes.find((one) => one.name.toLowerCase() === name)?.value
}

function closingTag(text: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}

/** An opening tag at `open`; undefined when none begins there. */
function readTag(text: string, open: number): Tag | undefined {
  const name = /^<([A-Za-z][^\s/>]*)/.exec(text.slice(open, open + 80))?.[1]
  if (name === undefined) return undefined
  const attributes: TagAttribute[] = []
  let index = open + 1 + name.length
  while (index < text.length) {
    while (index < text.length && /[\s/]/.test(text[index] as string)) index++
    if (index >= text.length || text[index] === '>')
      return { name, attributes, start: open, end: Math.min(index + 1, text.length) }
    const begin = index
    while (index < text.length && !/[\s/>=]/.test(text[index] as string)) index++
    const key = text.slice(begin, index)
    let after = index
    while (after < text.length && /\s/.test(text[after] as string)) after++
    if (text[after] !== '=') {
      attributes.push({ name: key, value: '', at: { start: index, end: index } })
      if (index === begin) index++
      continue
    }
    index = after + 1
    while (index < text.length && /\s/.test(text[index] as string)) index++
    const quote = text[index]
    const quoted = quote === '"' || quote === "'"
    const start = quoted ? index + 1 : index
    let end = start
    if (quoted) {
      const close = text.indexOf(quote, start)
      end = close < 0 ? text.length : close
    } else while (end < text.length && !/[\s>]/.test(text[end] as string)) end++
    attributes.push({ name: key, value: text.slice(start, end), at: { start, end } })
    index = quoted ? end + 1 : end
  }
  return { name, attributes, start: open, end: text.length }
}
