import type { Text } from './text.ts'

/** A mistake in how the tool was called or set up, in one line. */
export class UsageError extends Error {
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}
