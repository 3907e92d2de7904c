#!/usr/bin/env node
/**
 * The program stands in the comment of the function at the end of this file. Node would compile it anew at every run, which takes longer
 * than the run itself; so it is compiled here, through V8's code cache, kept per build in the user's cache folder. Without
 * a usable cache the program runs all the same. Node 22's own compile cache does not reach Node 20, hence this one.
 * DYNOLINT_NO_CACHE or NODE_DISABLE_COMPILE_CACHE switch it off.
 */

const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { Script } = require('node:vm')

const build = '__BUILD__'
// V8 has this file's text already: a function's source costs no second reading.
const text = String(holder)
const start = text.indexOf('__START__') + '__START__'.length
const program = text.slice(start, text.lastIndexOf('__END__')).replaceAll('__STAR__', '*/')

function cacheFile() {
  const { env, platform, version, arch } = process
  const { join } = require('node:path')
  const { homedir } = require('node:os')
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
    mkdirSync(require('node:path').dirname(path), { recursive: true, mode: 0o700 })
    const temporary = `${path}.${process.pid}`
    writeFileSync(temporary, data, { mode: 0o600 })
    renameSync(temporary, path)
  } catch {
    // A read-only home: the next run compiles again.
  }
}

const path = cacheFile()
const cachedData = readCache(path)
const script = new Script(program, { filename: __filename, cachedData })
const loaded = { exports: {} }
script.runInThisContext()(loaded.exports, require, loaded)

const io = {
  cwd: process.cwd(),
  env: process.env,
  terminal: process.stdout.isTTY === true,
  out: (chunk) => process.stdout.write(chunk),
  err: (chunk) => process.stderr.write(chunk),
}

loaded.exports.main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code
  keep()
})

/**
 * After the run, so that the functions it needed are in the cache. A later run adds to it when the cache is thin (the first
 * run only printed the version) or when it took so long that making the data no longer matters.
 */
function keep() {
  const usable = cachedData !== undefined && !script.cachedDataRejected
  const elapsed = performance.now()
  const thin = usable && cachedData.length < program.length * 0.75 && elapsed > 150
  if (path === undefined || (usable && !thin && elapsed < 600)) return
  const data = script.createCachedData()
  if (!usable || data.length > cachedData.length * 1.05) writeCache(path, data)
}
