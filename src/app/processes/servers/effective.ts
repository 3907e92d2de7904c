import type { Place } from '../../../contracts/place.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { originOf } from '../../../evaluate/shell/word.ts'
import type { Effective, ValueSource } from '../model.ts'

/** What a word is worth to the server that reads it. */
export function effective(word: Word, source: ValueSource): Effective {
  return {
    parts: word.splits ? undefined : word.parts,
    source,
    at: originOf(word),
    why: word.splits ? vague : undefined,
  }
}

/** A value that the server takes by itself. */
export function byDefault(text: string, at: Place): Effective {
  return { parts: text === '' ? [] : [text], source: 'default', at, why: undefined }
}

const vague = { en: 'it comes from a variable', fr: 'cela vient d’une variable' }
