import type { Edit } from '../../../src/contracts/edit.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'

/** What the file holds when its bytes are read as UTF-16, as text of UTF-8; undefined when that is no plain text either. */
export function utf16Edits(tree: FileTree, file: string): readonly Edit[] | undefined {
  const source = readText(tree, file)
  if (source === undefined) return undefined
  const text = ['utf-16le', 'utf-16be'].map((encoding) => decoded(source.bytes, encoding)).find(isPlain)
  return text === undefined
    ? undefined
    : [{ file, span: { start: 0, end: source.text.length }, text, encoding: 'utf-8' }]
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Requirements are written in ASCII: in the other order of bytes none of it is. */
const isPlain = (text: string | undefined): boolean => text !== undefined && /^[\t\n\r\x20-\x7e]+$/.test(text)
