import type { Span } from '../../contracts/place.ts'

/** What a tag of ERB does to the text around it. */
export interface Tag {
  readonly span: Span
  /** `hole`: its value stands there. `block`: Ruby code, by which what stands behind it may be left out or repeated. `none`: a comment. */
  readonly kind: 'hole' | 'block' | 'none'
  /** The Ruby code without its marks. */
  readonly code: string
  /** By how many blocks of Ruby what follows stands deeper. */
  readonly opens: number
}

/** The tags of a template of ERB, in order. One that is not closed reaches to the end. */
export function erbTags(text: string): Tag[] {
  const tags: Tag[] = []
  for (let at = text.indexOf('<%'); at !== -1; at = text.indexOf('<%', at)) {
    // `<%%` writes `<%`.
    if (text[at + 2] === '%') {
      at += 3
      continue
    }
    const close = text.indexOf('%>', at + 2)
    const end = close === -1 ? text.length : close + 2
    tags.push(tagOf(text.slice(at + 2, close === -1 ? text.length : close), { start: at, end }))
    at = end
  }
  return tags
}

function tagOf(inner: string, span: Span): Tag {
  const code = inner
    .replace(/^[=#-]/, '')
    .replace(/-$/, '')
    .trim()
  if (inner.startsWith('#')) return { span, kind: 'none', code: '', opens: 0 }
  if (inner.startsWith('=')) return { span, kind: 'hole', code, opens: 0 }
  return { span, kind: 'block', code, opens: depthOf(code) }
}

const opener = /^(?:if|unless|while|until|case|for|begin|def)\b|\bdo(?:\s*\|[^|]*\|)?$|\{(?:\s*\|[^|]*\|)?$/

/** How much deeper Ruby stands behind its code, line by line: `if …` opens, `end` closes, `else` does neither. */
function depthOf(code: string): number {
  let depth = 0
  for (const line of code.split(/[\n;]/)) {
    const text = line.replace(/#.*$/, '').trim()
    if (opener.test(text)) depth++
    if (/(?:^|\s)end$|^end\b|^\}/.test(text)) depth--
  }
  return depth
}
