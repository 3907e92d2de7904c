import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { Text } from '../contracts/text.ts'

/**
 * The only door to the disk for everything the tool writes: a fix, a policy, a configuration, a snapshot. A file is written
 * whole under a random name beside its place and moved there, so that whoever looks sees the old bytes or the new ones.
 * No link is followed, nothing outside the root is touched, and what somebody changed meanwhile is left as it is.
 */

/** Why nothing was written, for users: a sentence without its subject (`the file is a link`). */
export type Refusal = Text

/**
 * Puts `after` where a file holds `before`; mode and owner stay.
 * @param root the folder that must hold the file, whatever links lead there
 * @param path of the file, absolute
 */
export function replaceFile(root: string, path: string, before: Uint8Array, after: Uint8Array): Refusal | undefined {
  return guarded(root, path, (target) => {
    const stats = ownFile(target)
    if (isRefusal(stats)) return stats
    if (!holds(target, before)) return refusals.changed
    return written(target, after, stats, (temporary) => {
      // Once more: writing took its time, and an editor may have saved meanwhile.
      if (!holds(target, before)) return refusals.changed
      renameSync(temporary, target)
      return undefined
    })
  })
}

/** Makes a file that is not there. What is there, a dangling link included, stays. */
export function createFile(root: string, path: string, bytes: Uint8Array): Refusal | undefined {
  return guarded(root, path, (target) => {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return refusals.exists
    return written(target, bytes, undefined, (temporary) => {
      try {
        // Unlike a move, it never replaces what appeared meanwhile.
        linkSync(temporary, target)
        return undefined
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return refusals.exists
        if (!withoutLinks.has(codeOf(error))) throw error
        renameSync(temporary, target)
        return undefined
      }
    })
  })
}

/** Makes a file, or replaces the one that is there, whatever it holds: for files the tool alone writes. */
export function putFile(root: string, path: string, bytes: Uint8Array): Refusal | undefined {
  return guarded(root, path, (target) => {
    if (lstatSync(target, { throwIfNoEntry: false }) === undefined) return createFile(root, path, bytes)
    const stats = ownFile(target)
    if (isRefusal(stats)) return stats
    return written(target, bytes, stats, (temporary) => {
      renameSync(temporary, target)
      return undefined
    })
  })
}

/** Adds to the end of a file that somebody else keeps, such as the summary of a job; makes it when it is not there. */
export function appendToFile(path: string, bytes: Uint8Array): Refusal | undefined {
  return guarded(dirname(path), path, (target) => {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)
    const handle = openSync(target, flags | (constants.O_NONBLOCK ?? 0), 0o666)
    try {
      if (!fstatSync(handle).isFile()) return refusals.notFile
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
      return undefined
    } finally {
      closeSync(handle)
    }
  })
}

/** Removes a file that still holds `before`. */
export function removeFile(root: string, path: string, before: Uint8Array): Refusal | undefined {
  return guarded(root, path, (target) => {
    const stats = ownFile(target)
    if (isRefusal(stats)) return stats
    if (!holds(target, before)) return refusals.changed
    unlinkSync(target)
    return undefined
  })
}

/** Moves a file that still holds `before` to where nothing is. */
export function moveFile(root: string, from: string, to: string, before: Uint8Array): Refusal | undefined {
  return guarded(root, from, (source) =>
    guarded(root, to, (target) => {
      const stats = ownFile(source)
      if (isRefusal(stats)) return stats
      if (!holds(source, before)) return refusals.changed
      const there = lstatSync(target, { throwIfNoEntry: false })
      // Where case does not count, the new name is already there: as the file itself.
      if (there !== undefined && there.ino !== stats.ino) return refusals.exists
      renameSync(source, target)
      return undefined
    }),
  )
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a piece of writing to its end before an interrupt takes effect, so that no temporary file stays: with a listener in
 * place a signal waits for the next turn of the event loop. The listeners then stay for the rest of the process, because one
 * that is taken away too early swallows the signal.
 */
export function uninterrupted<T>(work: () => T): T {
  for (const signal of signals) if (!process.listeners(signal).includes(again)) process.on(signal, again)
  return work()
}

/** Lets the signal do what it does without a listener. */
function again(signal: NodeJS.Signals): void {
  for (const one of signals) process.removeListener(one, again)
  process.kill(process.pid, signal)
}

const refusals = {
  outside: { en: 'it is outside the folder of the app', fr: 'il est hors du dossier de l’application' },
  link: { en: 'it is a link', fr: 'c’est un lien' },
  exists: { en: 'there is something of that name already', fr: 'quelque chose porte déjà ce nom' },
  absent: { en: 'it is no longer there', fr: 'il n’est plus là' },
  noFolder: { en: 'its folder does not exist', fr: 'son dossier n’existe pas' },
  notFile: { en: 'it is no regular file', fr: 'ce n’est pas un fichier ordinaire' },
  readOnly: { en: 'it is read-only', fr: 'il est en lecture seule' },
  named: {
    en: 'it has other names (hard links), which would keep the old content',
    fr: 'il a d’autres noms (liens durs), qui garderaient l’ancien contenu',
  },
  owner: { en: 'its owner could not be kept', fr: 'son propriétaire ne pourrait pas être conservé' },
  changed: {
    en: 'it has changed since it was read; run again',
    fr: 'il a changé depuis sa lecture ; relancez',
  },
} satisfies Record<string, Refusal>

/** File systems that have no hard links say so in one of these ways. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** Runs `act` with the real place of a file that the root holds; what the system refuses becomes a sentence. */
function guarded(root: string, path: string, act: (target: string) => Refusal | undefined): Refusal | undefined {
  try {
    const realRoot = realpathSync(root)
    const folder = realpathSync(dirname(path))
    const below = relative(realRoot, folder)
    if (below === '..' || below.startsWith(`..${sep}`) || join(realRoot, below) !== folder) return refusals.outside
    return act(join(folder, basename(path)))
  } catch (error) {
    return sentence(error)
  }
}

/** The state of a regular file that may be replaced or removed. */
function ownFile(target: string): Stats | Refusal {
  const stats = lstatSync(target, { throwIfNoEntry: false })
  if (stats === undefined) return refusals.absent
  if (stats.isSymbolicLink()) return refusals.link
  if (!stats.isFile()) return refusals.notFile
  // By its mode too: root may write everything, and a file made read-only was meant to stay.
  if ((stats.mode & 0o200) === 0) return refusals.readOnly
  if (stats.nlink > 1) return refusals.named
  try {
    accessSync(target, constants.W_OK)
  } catch {
    return refusals.readOnly
  }
  return stats
}

function isRefusal(value: Stats | Refusal): value is Refusal {
  return 'en' in value
}

/** Writes the bytes beside the target and hands their place to `move`; the temporary file is gone afterwards, come what may. */
function written(
  target: string,
  bytes: Uint8Array,
  like: Stats | undefined,
  move: (temporary: string) => Refusal | undefined,
): Refusal | undefined {
  const temporary = join(dirname(target), `.dynolint-${randomBytes(12).toString('hex')}.tmp`)
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
  let made = false
  try {
    const handle = openSync(temporary, flags, 0o666)
    made = true
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
      if (like !== undefined && !takesAfter(handle, like)) return refusals.owner
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return move(temporary)
  } finally {
    if (made) rmSync(temporary, { force: true })
  }
}

/** Gives a file the owner, then the mode of another: changing the owner takes set-id bits away. */
function takesAfter(handle: number, like: Stats): boolean {
  const own = fstatSync(handle)
  if (own.uid !== like.uid || own.gid !== like.gid) {
    try {
      fchownSync(handle, like.uid, like.gid)
    } catch {
      return false
    }
  }
  fchmodSync(handle, like.mode & 0o7777)
  return true
}

/** Whether the file, itself and no link, holds exactly these bytes. */
function holds(path: string, bytes: Uint8Array): boolean {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(handle)
    if (!stats.isFile() || stats.size !== bytes.length) return false
    const buffer = Buffer.alloc(bytes.length)
    let at = 0
    while (at < buffer.length) {
      const read = readSync(handle, buffer, at, buffer.length - at, at)
      if (read === 0) return false
      at += read
    }
    return buffer.equals(bytes)
  } finally {
    closeSync(handle)
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? ''
}

function sentence(error: unknown): Refusal {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return refusals.noFolder
  if (code === 'ELOOP') return refusals.link
  if (code === 'EROFS') return refusals.readOnly
  if (code === 'EACCES' || code === 'EPERM')
    return { en: `its folder may not be written (${code})`, fr: `son dossier ne peut pas être écrit (${code})` }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return { en: `there is no room for it (${code})`, fr: `il n’y a pas la place (${code})` }
  if (code === '') throw error
  return { en: `the system refused (${code})`, fr: `le système a refusé (${code})` }
}
