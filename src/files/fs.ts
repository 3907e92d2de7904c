import * as fs from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { maxFileBytes } from './limits.ts'

/**
 * The only door to the disk for everything a check reads. Only regular files of a bounded size are opened, and where the
 * caller names a folder, only below it.
 */

export const { existsSync, statSync, lstatSync, readdirSync, watch: watchFolder } = fs
/** By the system's own call: Node's default walks the path in JavaScript. */
export const realpathSync: (path: string) => string = fs.realpathSync.native

/** Why the content of a path was not read. `special`: a folder, a device, a pipe, a socket. */
export type WhyUnread = 'absent' | 'outside' | 'special' | 'too-large' | 'unreadable'

/**
 * The content of a regular file. Nothing else is ever opened: a device may not end, a pipe may not begin.
 * @param inside the real path of a folder that must hold the file, whatever links lead there
 */
export function readFile(path: string, inside?: string): Buffer | WhyUnread {
  try {
    const real = inside === undefined ? path : realpathSync(path)
    if (inside !== undefined && !isBelow(inside, real)) return 'outside'
    const stats = statSync(real)
    if (!stats.isFile()) return 'special'
    return stats.size > maxFileBytes ? 'too-large' : contentOf(real)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable'
  }
}

/** Whether a real path is a folder or something below it. */
export function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** What a path is without opening it. A link that leads nowhere is absent; one that leads in a circle is a file that cannot be read. */
export function kindOf(path: string): 'file' | 'directory' | 'special' | undefined {
  try {
    const stats = statSync(path)
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'special'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'file'
  }
}

/** The real path of something; where links lead in a circle, its name in the real folder that holds it. */
export function realPlace(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOOP') throw error
    return join(realpathSync(dirname(path)), basename(path))
  }
}

/** By what the opened file says of itself: between a question and the opening something else may have taken its name. */
function contentOf(path: string): Buffer | WhyUnread {
  const handle = fs.openSync(
    path,
    fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOCTTY ?? 0),
  )
  try {
    if (!fs.fstatSync(handle).isFile()) return 'special'
    return upTo(handle, maxFileBytes)
  } finally {
    fs.closeSync(handle)
  }
}

/** Files of /proc have no size and may still go on for ever. */
function upTo(handle: number, most: number): Buffer | 'too-large' {
  const parts: Buffer[] = []
  let total = 0
  for (;;) {
    const size = parts.length === 0 ? fs.fstatSync(handle).size + 1 : 64 * 1024
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 1024), most + 1))
    const read = fs.readSync(handle, buffer, 0, buffer.length, null)
    if (read === 0) return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    total += read
    if (total > most) return 'too-large'
    parts.push(buffer.subarray(0, read))
  }
}
