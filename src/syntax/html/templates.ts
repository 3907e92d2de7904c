import type { Span } from '../../contracts/place.ts'

/** Something a server-side template writes into the page: `{{ room.name }}` or `{% url 'chat' %}`. */
export interface TemplateHole extends Span {
  readonly kind: 'variable' | 'tag'
  /** What stands between the braces, trimmed. */
  readonly source: string
}

export interface MaskedTemplate {
  /** Same length as the original. A variable has become one identifier, tags and comments have become white space. */
  readonly text: string
  /** In order. */
  readonly holes: readonly TemplateHole[]
}

/** A letter that scripts do not use: a run of it is an identifier to a tokeniser. */
const filler = '\uA66E'

const marks = /\{\{[^{}]*\}\}|\{%[\s\S]*?%\}|\{#[^\n]*?#\}/g

/** Hides the marks of Django and Jinja templates, so that what is left can be read as HTML and JavaScript. */
export function maskTemplates(text: string): MaskedTemplate {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('{#')) return { text, holes: [] }
  const holes: TemplateHole[] = []
  const withoutComments = text.replace(/\{%-?\s*comment\b[\s\S]*?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g, (whole) =>
    blank(whole),
  )
  const masked = withoutComments.replace(marks, (whole, start: number) => {
    if (whole.startsWith('{#')) return blank(whole)
    const variable = whole.startsWith('{{')
    const source = whole.slice(2, -2).replace(/^-|-$/g, '').trim()
    holes.push({ start, end: start + whole.length, kind: variable ? 'variable' : 'tag', source })
    return variable ? filler.repeat(whole.length) : blank(whole)
  })
  return { text: masked, holes }
}

/** White space of the same length, with its line ends. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}
