import { type FileTree, readText } from '../../files/tree.ts'
import type { Module } from './ast.ts'
import { parsePython } from './parse.ts'

export interface ParsedFile {
  readonly module: Module
  readonly text: string
}

const parsed = new WeakMap<FileTree, Map<string, ParsedFile | undefined>>()

/** A file of a tree, parsed once however often it is asked for; undefined when it is not text. */
export function parseFile(tree: FileTree, path: string): ParsedFile | undefined {
  let files = parsed.get(tree)
  if (files === undefined) {
    files = new Map()
    parsed.set(tree, files)
  }
  if (files.has(path)) return files.get(path)
  const text = readText(tree, path)?.text
  const made = text === undefined ? undefined : { module: parsePython(text), text }
  files.set(path, made)
  return made
}
