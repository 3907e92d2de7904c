import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { skippedFolders } from '../app/project/walk.ts'
import { existsSync, readdirSync, watchFolder } from '../files/fs.ts'
import { UsageError } from './io.ts'

/** Absolute: folders with all below them, and single files, which may not be there yet. */
export interface WatchedSet {
  readonly trees: readonly string[]
  readonly files: readonly string[]
}

export interface WatchedPlaces {
  /**
   * Watches these and no others.
   * @throws UsageError when the system watches too much already
   */
  watch(places: WatchedSet): void
  /** Waits for a change and for those that come with it: their paths; undefined after an interrupt. */
  next(): Promise<readonly string[] | undefined>
  end(): void
}

/** Milliseconds without a change before what changed is told: an editor saves several files, or one in pieces. */
const quiet = 8

/** What editors write beside a file while it is open or saved. */
const editorsOwn = /^\.#|~$|\.sw[a-z]$|^4913$/

interface Watched {
  readonly close: () => void
  /** Undefined: all. */
  names: ReadonlySet<string> | undefined
}

/**
 * Folders, watched one by one. Node's own way to watch all below a folder cannot leave `node_modules` out on Linux, and chokidar
 * drops what happens to a file within 50 ms of something else that happened to it: the last thing to happen is what counts here.
 */
export function watchedPlaces(): WatchedPlaces {
  const watched = new Map<string, Watched>()
  const changed = new Set<string>()
  let events = 0
  let interrupted = false
  let wake = (): void => {}
  /** What is asked for, and whether that is what is watched. */
  let asked = ''
  let isListed = false

  function forget(folder: string): void {
    watched.get(folder)?.close()
    watched.delete(folder)
  }

  function happened(folder: string, event: string, name: string | null): void {
    const names = watched.get(folder)?.names
    if (event === 'rename') {
      isListed = false
      // So a folder tells that it is gone, and another one may have its name by now.
      if (name === basename(folder)) forget(folder)
    }
    if (name !== null && (names?.has(name) === false || editorsOwn.test(name))) return
    changed.add(name === null ? folder : join(folder, name))
    events++
    wake()
  }

  /** Whether the folder was not watched before. */
  function add(folder: string, names: ReadonlySet<string> | undefined): boolean {
    const known = watched.get(folder)
    if (known !== undefined) {
      known.names = names
      return false
    }
    const close = watching(folder, (event, name) => happened(folder, event, name))
    if (close === undefined) return false
    watched.set(folder, { close, names })
    return true
  }

  const interrupt = (): void => {
    interrupted = true
    wake()
  }
  process.once('SIGINT', interrupt)
  return {
    watch(places) {
      const key = JSON.stringify(places)
      if (isListed && key === asked) return
      asked = key
      const wanted = new Map<string, Set<string> | undefined>()
      for (const file of places.files) {
        const folder = dirname(file)
        wanted.set(folder, (wanted.get(folder) ?? new Set()).add(basename(file)))
      }
      isListed = true
      // What a folder gets between being listed and being watched is seen by listing once more.
      for (let isNew = true; isNew; ) {
        isNew = false
        for (const folder of places.trees.flatMap(foldersBelow)) wanted.set(folder, undefined)
        for (const [folder, names] of wanted) if (add(folder, names)) isNew = true
      }
      for (const folder of watched.keys()) if (!wanted.has(folder)) forget(folder)
    },
    async next() {
      if (changed.size === 0 && !interrupted) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      for (let seen = -1; seen !== events && !interrupted; ) {
        seen = events
        await pause(quiet)
      }
      if (interrupted) return undefined
      const paths = [...changed]
      changed.clear()
      return paths
    },
    end() {
      process.removeListener('SIGINT', interrupt)
      for (const { close } of watched.values()) close()
    },
  }
}

/** Watches one folder; how to stop, or undefined when it is not there. */
function watching(folder: string, onChange: (event: string, name: string | null) => void): (() => void) | undefined {
  try {
    const watcher = watchFolder(folder, onChange)
    // It is gone: the folder above says so.
    watcher.on('error', () => {})
    return () => watcher.close()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOSPC' && code !== 'EMFILE') return undefined
    throw new UsageError({
      en: `${folder} cannot be watched: the system watches as many folders as it may (${code})`,
      fr: `${folder} ne peut pas être surveillé\u00a0: le système surveille déjà autant de dossiers qu’il le peut (${code})`,
    })
  }
}

/** The folder and those below it, without what holds other people's code or what tools keep. */
function foldersBelow(top: string): string[] {
  const folders = [top]
  for (const folder of folders) {
    for (const name of foldersIn(folder)) {
      const path = join(folder, name)
      if (!skippedFolders.has(name) && !existsSync(join(path, 'pyvenv.cfg'))) folders.push(path)
    }
  }
  return folders
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  } catch {
    return []
  }
}
