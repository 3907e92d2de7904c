import { perFile } from '../../files/per-file.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { Module } from './ast.ts'
import { parsePython } from './parse.ts'

export interface ParsedFile {
  readonly module: Module
  readonly text: string
}

/** A text as Python, parsed once for the file. */
export const parsedFile = perFile(({ text }): ParsedFile => ({ module: parsePython(text), text }))

/** A file of a tree, parsed once however often it is asked for; undefined when it is not text. */
export function parseFile(tree: FileTree, path: string): ParsedFile | undefined {
  const file = readText(tree, path)
  return file === undefined ? undefined : parsedFile(file)
}
