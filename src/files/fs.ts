import * as fs from 'node:fs'

/** The only door to the disk for everything a check reads. */

export const { existsSync, statSync, lstatSync, readdirSync } = fs
/** By the system's own call: Node's default walks the path in JavaScript. */
export const realpathSync: (path: string) => string = fs.realpathSync.native
/** Only the form that gives bytes. */
export const readFileSync: (path: string) => Buffer = (path) => fs.readFileSync(path)
