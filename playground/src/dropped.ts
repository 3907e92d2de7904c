import { maxFileBytes } from '../../src/files/limits.ts'

/** A folder or a zip that the user hands in. */

/** Folders that are never deployed, or hold nothing that was written for the app. */
const skipped = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', 'site-packages', '__MACOSX'])
/** A zip is held in memory as it is, and what it unpacks to. */
const maxZipBytes = 256 * 1024 * 1024
const maxFiles = 20_000

export const isZip = (path: string): boolean => path.toLowerCase().endsWith('.zip')

/** Whether a file is worth reading by its path. */
export const isWanted = (path: string): boolean => !path.split('/').some((part) => skipped.has(part))

/** The files that a drop or a picker hands over, by path; a zip among them stays a zip. */
export async function readEntries(entries: readonly FileSystemEntry[]): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  const todo = [...entries]
  for (const entry of todo) {
    const path = entry.fullPath.replace(/^\//, '')
    if (!isWanted(path)) continue
    if (entry.isDirectory) todo.push(...(await children(entry as FileSystemDirectoryEntry)))
    else {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
      await take(found, path, file)
    }
  }
  return found
}

/** The files of `<input type="file">`, of a folder too. */
export async function readPicked(files: Iterable<File>): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  for (const file of files) await take(found, file.webkitRelativePath || file.name, file)
  return found
}

async function take(found: Record<string, Uint8Array>, path: string, file: File): Promise<void> {
  if (!isWanted(path) || file.size > (isZip(path) ? maxZipBytes : maxFileBytes)) return
  if (Object.keys(found).length >= maxFiles) throw new RangeError(`more than ${maxFiles} files`)
  found[path] = new Uint8Array(await file.arrayBuffer())
}

/** A reader hands over a part at a time, and an empty one at the end. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

/** What makes a folder the one that Heroku deploys. */
const manifests = ['Procfile', 'heroku.yml']

/** The files by path from the app’s root: the folder nearest to the top that has a Procfile, else the one that holds everything. */
export function appFiles(files: Readonly<Record<string, Uint8Array>>): Record<string, string | Uint8Array> {
  const paths = Object.keys(files)
  const rooted = paths.filter((path) => manifests.includes(path.split('/').at(-1) ?? '')).map(folderOf)
  const [root = commonFolder(paths)] = rooted.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  return Object.fromEntries(
    paths.filter((path) => path.startsWith(root)).map((path) => [path.slice(root.length), textOf(files[path])]),
  )
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
const depth = (folder: string): number => folder.split('/').length

function commonFolder(paths: readonly string[]): string {
  const [first = ''] = paths
  let folder = folderOf(first)
  while (!paths.every((path) => path.startsWith(folder))) folder = folderOf(folder.slice(0, -1))
  return folder
}

/** A text where the bytes are plain UTF-8, so that writing it back gives the same bytes. */
export function textOf(bytes: Uint8Array | undefined): string | Uint8Array {
  if (bytes === undefined) return ''
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  if (marked || bytes.includes(0)) return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes
  }
}
