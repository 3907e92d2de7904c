#!/usr/bin/env node
/**
 * The program stands in the comment at the end of this file. Node would compile it anew at every run, which takes longer
 * than the run itself; so it is compiled here, through V8's code cache, kept per build in the user's cache folder. Without
 * a usable cache the program runs all the same. Node 22's own compile cache does not reach Node 20, hence this one.
 * DYNOLINT_NO_CACHE or NODE_DISABLE_COMPILE_CACHE switch it off.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

const build = '__BUILD__'
const filename = fileURLToPath(import.meta.url)
const text = readFileSync(filename, 'latin1')
const start = text.lastIndexOf('__START__') + '__START__'.length
const program = text.slice(start, text.lastIndexOf('__END__')).replaceAll('__STAR__', '*/')

function cacheFile() {
  const { env, platform, version, arch } = process
  if (env.DYNOLINT_NO_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const base =
    env.XDG_CACHE_HOME ||
    (platform === 'win32'
      ? env.LOCALAPPDATA
      : platform === 'darwin'
        ? join(homedir(), 'Library/Caches')
        : join(homedir(), '.cache'))
  return base ? join(base, 'dynolint', `${build}-${version}-${arch}.bin`) : undefined
}

function readCache(path) {
  try {
    return path && readFileSync(path)
  } catch {
    return undefined
  }
}

/** Beside itself and moved in place, so that no run ever reads half of it. */
function writeCache(path, data) {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const temporary = `${path}.${process.pid}`
    writeFileSync(temporary, data, { mode: 0o600 })
    renameSync(temporary, path)
  } catch {
    // A read-only home: the next run compiles again.
  }
}

const path = cacheFile()
const cachedData = readCache(path)
const script = new Script(program, { filename, cachedData })
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(import.meta.url), module)

process.exitCode = await module.exports.main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  terminal: process.stdout.isTTY === true,
  out: (chunk) => process.stdout.write(chunk),
  err: (chunk) => process.stderr.write(chunk),
})
// After the run, so that the functions it needed are in the cache. A later run adds to it only when it took so long that
// making the data no longer matters, and only what is worth it.
const slow = performance.now() > 250
if (path && (cachedData === undefined || script.cachedDataRejected || slow)) {
  const data = script.createCachedData()
  if (cachedData === undefined || script.cachedDataRejected || data.length > cachedData.length * 1.05)
    writeCache(path, data)
}
