import type { Span } from './place.ts'
import type { Text } from './text.ts'

/** Replaces the text of `span` in `file`; an insertion has an empty span. */
export interface Edit {
  readonly file: string
  readonly span: Span
  readonly text: string
  /** The whole file is written back as UTF-8 without a byte order mark, whatever it was. */
  readonly encoding?: 'utf-8'
  /** The file is made (with `text`), removed, or moved (to the path `text`) as a whole; `span` is empty then. */
  readonly action?: 'create' | 'delete' | 'rename'
}

export interface Fix {
  readonly title: Text
  /** `safe`: keeps every behaviour but the broken one. `unsafe`: changes behaviour; asks for consent. */
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly Edit[]
}
