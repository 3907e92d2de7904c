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

/** What a fix does besides ending what it mends. */
export interface Consequences {
  /** What behaves otherwise afterwards. */
  readonly changes?: Text
  /** What has to be done or to be there for it to work. */
  readonly needs?: Text
  /** What costs money, and how much. */
  readonly costs?: Text
}

export interface Fix extends Consequences {
  readonly title: Text
  /**
   * `safe`: no behaviour but the broken one changes, nothing costs money, nobody is refused who was served, no file leaves
   * git. `unsafe`: anything else; asks for consent.
   */
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly Edit[]
}
