import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { realPathOf } from './paths.ts'
import { type EditorRange, type PositionUnit, positionsIn } from './positions.ts'

/** A document that is open in the editor: its text counts, not the file's. */
export interface OpenDocument {
  readonly uri: string
  /** The real path of its file; its folder's real path and its name when it is not saved yet. */
  readonly path: string
  readonly version: number
  readonly text: string
}

/** One change of a document: a range of it, or the whole. */
export interface BufferChange {
  readonly range?: EditorRange
  readonly text: string
}

export interface Buffers {
  all(): readonly OpenDocument[]
  /** By the client's own name for it. */
  get(uri: string): OpenDocument | undefined
  /** By the real path. */
  at(path: string): OpenDocument | undefined
  /** Undefined for what is no file. */
  open(uri: string, version: number, text: string): OpenDocument | undefined
  change(uri: string, version: number, changes: readonly BufferChange[]): OpenDocument | undefined
  close(uri: string): OpenDocument | undefined
}

export function openBuffers(unit: () => PositionUnit): Buffers {
  const byUri = new Map<string, OpenDocument>()
  const byPath = new Map<string, OpenDocument>()
  const put = (buffer: OpenDocument): OpenDocument => {
    byUri.set(buffer.uri, buffer)
    byPath.set(buffer.path, buffer)
    return buffer
  }
  return {
    all: () => [...byPath.values()],
    get: (uri) => byUri.get(uri),
    at: (path) => byPath.get(path),
    open(uri, version, text) {
      const path = pathOf(uri)
      return path === undefined ? undefined : put({ uri, path, version, text: withoutMark(text) })
    },
    change(uri, version, changes) {
      const before = byUri.get(uri)
      if (before === undefined) return undefined
      return put({ ...before, version, text: changes.reduce((text, one) => changed(text, one, unit()), before.text) })
    },
    close(uri) {
      const buffer = byUri.get(uri)
      byUri.delete(uri)
      if (buffer !== undefined) byPath.delete(buffer.path)
      return buffer
    },
  }
}

function changed(text: string, { range, text: put }: BufferChange, unit: PositionUnit): string {
  if (range === undefined) return withoutMark(put)
  const positions = positionsIn(text, unit)
  const start = positions.offset(range.start)
  return text.slice(0, start) + put + text.slice(Math.max(start, positions.offset(range.end)))
}

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text)

/** The real path of a document; undefined for what stands in no file (`untitled:`, another scheme). */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined
  try {
    const path = fileURLToPath(uri)
    return isAbsolute(path) ? realPathOf(path) : undefined
  } catch {
    return undefined
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href
}
