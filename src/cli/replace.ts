import { realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import type { SourceFile } from '../files/tree.ts'

/** Puts a new text into a file that was read: whole beside it and moved in place, its encoding and byte order mark kept. */
export function replaceText(path: string, source: SourceFile, text: string, encoding?: 'utf-8'): void {
  const real = realpathSync(path)
  const temporary = `${real}.dynolint-${process.pid}`
  const bytes = encoding === 'utf-8' ? Buffer.from(text, 'utf8') : encode(source, text)
  writeFileSync(temporary, bytes, { mode: statSync(real).mode })
  renameSync(temporary, real)
}

function encode(source: SourceFile, text: string): Uint8Array {
  if (source.encoding === 'utf-16le' || source.encoding === 'utf-16be') {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return source.encoding === 'utf-16be' ? bytes.swap16() : bytes
  }
  if (source.encoding === 'latin-1') return Buffer.from(text, 'latin1')
  return Buffer.from(source.bom ? `\ufeff${text}` : text, 'utf8')
}
