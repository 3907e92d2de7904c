import type { Place, Span } from '../../contracts/place.ts'
import type { Tag } from '../../syntax/html/scripts.ts'
import type { TemplateHole } from '../../syntax/html/templates.ts'
import type { Script } from '../../syntax/javascript/ast.ts'
import type { Scopes } from './scopes.ts'
import type { TextPart } from './values.ts'

/** One file of browser code, read. */
export interface ScriptSource {
  readonly file: string
  /** As stored. */
  readonly text: string
  /** With the marks of templates hidden; same offsets. */
  readonly masked: string
  readonly holes: readonly TemplateHole[]
  readonly scripts: readonly Script[]
  readonly scopes: Scopes
  /** What the server writes in place of a mark, where that can be told. */
  readonly written?: ((hole: TemplateHole, at: Place) => readonly TextPart[] | undefined) | undefined
  /** Django takes the page's request for http, though the browser used https. */
  readonly seesHttp?: boolean | undefined
  /** Tags of a page; none for a script file. */
  readonly tags: readonly Tag[]
}

export function placeOf(source: ScriptSource, span: Span): Place {
  return { file: source.file, span: { start: span.start, end: span.end } }
}
