import type { Event } from './evaluation.ts'

/** Calls of the standard library that run another program or copy whole folders. */
const mayMake = /^(?:subprocess\.|os\.(?:system|popen|spawn\w*)$|shutil\.(?:copytree|move|unpack_archive)$)/

/** Folders that code makes while it runs; undefined among them: one that is not known, or another program may make some. */
export const foldersMade = (events: readonly Event[]): (string | undefined)[] =>
  events.flatMap((event) => {
    if (event.type === 'folder') return [event.path]
    return event.type === 'call' && mayMake.test(event.path) ? [undefined] : []
  })

/** Whether a folder is among those, or one above them; one that is not known may be any. */
export const mayBeMade = (made: readonly (string | undefined)[], folder: string): boolean =>
  made.some((one) => one === undefined || one === folder || one.startsWith(`${folder}/`))
