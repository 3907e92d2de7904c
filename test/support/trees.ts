import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const repository = join(import.meta.dirname, '../..')

/** Every file below a folder of the repository: path from the folder -> bytes. */
export function filesBelow(folder: string): Record<string, Uint8Array> {
  const root = join(repository, folder)
  const out: Record<string, Uint8Array> = {}
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    out[relative(root, path).split(sep).join('/')] = readFileSync(path)
  }
  return out
}
