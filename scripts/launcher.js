#!/usr/bin/env node
/**
 * Starts the tool quickly, in two ways. A check whose files have not changed since it last ran is told again without running
 * (`recall`). Else the program, which stands in the comment of the function at the end of this file, is compiled through
 * V8's code cache: Node would compile it anew at every run, which takes longer than the run itself (Node 22's own compile
 * cache does not reach Node 20). Both live in the user's cache folder and never matter to the result: without them, or
 * with --no-cache, DYNOLINT_NO_CACHE or NODE_DISABLE_COMPILE_CACHE, everything runs all the same.
 */

const fs = require('node:fs')
const { join } = require('node:path')

const build = '__BUILD__'
const started = Date.now()
const { argv, env, platform, version, arch } = process
const terminal = process.stdout.isTTY === true
const folder = cacheFolder()

const run = runFile()
const told = run && recall(run)
if (told === undefined) start()
else {
  process.stdout.write(told.out)
  process.exitCode = told.code
}

/** Where caches of this user go; undefined when there is no such place or none is wanted. */
function cacheFolder() {
  if (env.DYNOLINT_NO_CACHE || env.NODE_DISABLE_COMPILE_CACHE || argv.includes('--no-cache')) return undefined
  const home = require('node:os').homedir()
  const base =
    env.XDG_CACHE_HOME ||
    (platform === 'win32'
      ? env.LOCALAPPDATA
      : platform === 'darwin'
        ? join(home, 'Library/Caches')
        : join(home, '.cache'))
  return base ? join(base, 'dynolint') : undefined
}

/** The file that remembers this very command line, said in this folder and environment to this build. */
function runFile() {
  if (folder === undefined) return undefined
  const names = ['LC_ALL', 'LC_MESSAGES', 'LANG', 'FORCE_COLOR', 'NO_COLOR', 'TERM', 'HOME']
  const said = [build, version, process.cwd(), terminal, argv.slice(2), names.map((name) => env[name] ?? null)]
  const name = require('node:crypto').createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32)
  return join(folder, 'runs', `${name}.json`)
}

/** What the disk says now. Time of change and inode are in it, so that a file changed within its length and date is seen. */
function answer(kind, path) {
  try {
    if (kind === 'realpath') return fs.realpathSync.native(path)
    const stats = kind === 'stat' ? fs.statSync(path, { bigint: true }) : fs.lstatSync(path, { bigint: true })
    return [stats.ino, stats.mode, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ')
  } catch {
    return ''
  }
}

/** The report of an earlier run when every question it asked of the disk is still answered as then. */
function recall(file) {
  try {
    const { out, code, questions } = JSON.parse(fs.readFileSync(file, 'utf8'))
    return questions.every(([kind, path, then]) => answer(kind, path) === then) ? { out, code } : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps a report with the questions behind it, unless the disk changed under the run, or an answer is so new that a later
 * change might not show in it (two seconds: the coarsest clock of file systems), as git does with its index.
 */
function keepReport(file, out, code, questions) {
  const answers = questions.map(({ kind, path }) => [kind, path, answer(kind, path)])
  const steady = questions.every(({ kind, found }, index) => {
    const now = answers[index][2]
    if (kind === 'realpath') return now === found
    const changed = now
      .split(' ')
      .slice(3)
      .map((nanoseconds) => Number(nanoseconds) / 1e6)
    return (now === '') === (found === '') && changed.every((ms) => ms < started - 2000)
  })
  if (!steady || out.length > 4_000_000) return
  writeBeside(file, JSON.stringify({ out, code, questions: answers }))
  prune(join(file, '..'), file)
}

/** A hundred reports are more than a person comes back to. */
function prune(runs, newest) {
  try {
    const all = fs.readdirSync(runs)
    if (all.length <= 100) return
    for (const one of all) if (join(runs, one) !== newest) fs.rmSync(join(runs, one), { force: true })
  } catch {
    // Another run prunes too, or nothing was written.
  }
}

/** Beside itself and moved in place, so that no run ever reads half of it. */
function writeBeside(path, data) {
  try {
    fs.mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
    const temporary = `${path}.${process.pid}`
    fs.writeFileSync(temporary, data, { mode: 0o600 })
    fs.renameSync(temporary, path)
  } catch {
    // A read-only home: the next run starts from nothing again.
  }
}

function start() {
  const { Script } = require('node:vm')
  // V8 has this file's text already: a function's source costs no second reading.
  const text = String(holder)
  const first = text.indexOf('__START__') + '__START__'.length
  const program = text.slice(first, text.lastIndexOf('__END__')).replaceAll('__STAR__', '*/')
  const path = folder && join(folder, `${build}-${version}-${arch}.bin`)
  const cachedData = readCode(path)
  const script = new Script(program, { filename: __filename, cachedData })
  const loaded = { exports: {} }
  script.runInThisContext()(loaded.exports, require, loaded)
  let out = ''
  let questions
  const io = {
    cwd: process.cwd(),
    env,
    terminal,
    out: (chunk) => {
      out += chunk
      process.stdout.write(chunk)
    },
    err: (chunk) => process.stderr.write(chunk),
    ...(run === undefined
      ? {}
      : {
          keep: (asked) => {
            questions = asked
          },
        }),
  }
  loaded.exports.main(argv.slice(2), io).then((code) => {
    process.exitCode = code
    if (questions !== undefined) keepReport(run, out, code, questions)
    keepCode(path, script, cachedData, program.length)
  })
}

function readCode(path) {
  try {
    return path && fs.readFileSync(path)
  } catch {
    return undefined
  }
}

/**
 * After the run, so that the functions it needed are in the cache. A later run adds to it when the cache is thin (the first
 * run only printed the version) or when it took so long that making the data no longer matters.
 */
function keepCode(path, script, cachedData, length) {
  const usable = cachedData !== undefined && !script.cachedDataRejected
  const elapsed = performance.now()
  const thin = usable && cachedData.length < length * 0.75 && elapsed > 150
  if (path === undefined || (usable && !thin && elapsed < 600)) return
  const data = script.createCachedData()
  if (!usable || data.length > cachedData.length * 1.05) writeBeside(path, data)
}
