import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Script } from 'node:vm'

/** Bytes of a SHA-256. */
const digestLength = 32

type Compile = (this: NodeJS.Module, source: string, file: string) => unknown
interface Loader {
  readonly wrap: (source: string) => string
  readonly prototype: { _compile: Compile }
  readonly _resolveFilename: (request: string, from: NodeJS.Module) => string
  readonly _cache: NodeJS.Dict<NodeJS.Module>
}

/**
 * What Node 22 and later do by themselves (`module.enableCompileCache`), for Node 20: of each file of the tool that is loaded, V8 is
 * given what it made of it in an earlier run, and what it has made of it by the end of this one is kept where there was nothing.
 *
 * V8 looks at little of what it is given, and runs it. So a kept program must be whole and of this very source: it begins with
 * the SHA-256 of the source and of itself, and anything else is as if absent. Whether V8 takes it (version, flags, processor) V8 says.
 * @param folder where nobody but the user can write (`privateFolder`)
 * @param program the folder of the tool’s own files; others are loaded as ever
 */
export function keepProgram(folder: string, program: string): void {
  // Asked for here: a check that keeps nothing need not load them.
  const loader = process.getBuiltinModule('node:module') as unknown as Loader
  const vm = process.getBuiltinModule('node:vm')
  const { cachedDataVersionTag } = process.getBuiltinModule('node:v8')
  const made: (() => void)[] = []
  const plain = loader.prototype._compile
  loader.prototype._compile = function (source, file) {
    if (dirname(file) !== program) return plain.call(this, source, file)
    const kept = join(folder, 'program', `${basename(file)}-${cachedDataVersionTag().toString(16)}`)
    const digest = digestOf(source)
    const cachedData = readKept(kept, digest)
    const script = new vm.Script(loader.wrap(source), {
      filename: file,
      ...(cachedData === undefined ? {} : { cachedData }),
    })
    if (cachedData === undefined || script.cachedDataRejected === true) made.push(() => writeKept(kept, digest, script))
    const load = Object.assign((path: string): unknown => this.require(path), {
      resolve: (path: string) => loader._resolveFilename(path, this),
      main: process.mainModule,
      cache: loader._cache,
    })
    return script.runInThisContext().call(this.exports, this.exports, load, this, file, program)
  }
  process.once('exit', () => {
    for (const write of made) write()
  })
}

function digestOf(content: string | Buffer): Buffer {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(content).digest()
}

/** What V8 made of the source with that digest; undefined when there is none, or anything else than what was written. */
export function readKept(path: string, digest: Buffer): Buffer | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stats = fstatSync(descriptor)
    if (!stats.isFile() || stats.uid !== process.getuid?.() || (stats.mode & 0o022) !== 0) return undefined
    const bytes = readFileSync(descriptor)
    const data = bytes.subarray(2 * digestLength)
    const isOfSource = bytes.subarray(0, digestLength).equals(digest)
    return isOfSource && bytes.subarray(digestLength, 2 * digestLength).equals(digestOf(data)) ? data : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Whole or not at all: two runs may end at once, and a disk may be full. What cannot be written is made anew by the next run. */
function writeKept(path: string, digest: Buffer, script: Script): void {
  const beside = `${path}.${process.pid}.${process.hrtime.bigint().toString(36)}`
  const isWritten = quietly(() => {
    const data = script.createCachedData()
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(beside, Buffer.concat([digest, digestOf(data), data]), { flag: 'wx', mode: 0o600 })
    renameSync(beside, path)
  })
  if (!isWritten) quietly(() => rmSync(beside, { force: true }))
}

/** Whether it did not throw. */
function quietly(act: () => void): boolean {
  try {
    act()
    return true
  } catch {
    return false
  }
}
