import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** One program that bash started. */
export interface Started {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
}

const stubNames = [
  'daphne',
  'gunicorn',
  'uvicorn',
  'python',
  'python3',
  'celery',
  'hypercorn',
  'node',
  'nohup',
  'newrelic-admin',
  'poetry',
  'make',
  'npm',
  'yarn',
  'honcho',
  'mkdir',
  'ln',
  'date',
  'sleep',
  'sowe',
  'worker:',
  'granian',
  'waitress-serve',
  'env',
  'nice',
  'which',
  'nproc',
  'f',
]

const record = `#!/bin/bash
out=''
for word in "\${0##*/}" "$@"; do out+="$word"$'\\x1f'; done
out+=$'\\x1d'"$PWD"$'\\x1d'
for name in $(compgen -e); do out+="$name=\${!name}"$'\\x1f'; done
printf '%s\\x1e' "$out" >> LOG
`
const helpers: Record<string, string> = {
  dirname: `p="$1"; while [[ "$p" == */ && "$p" != / ]]; do p="\${p%/}"; done; if [[ "$p" != */* ]]; then echo .; else q="\${p%/*}"; echo "\${q:-/}"; fi`,
  basename: `p="$1"; while [[ "$p" == */ && "$p" != / ]]; do p="\${p%/}"; done; p="\${p##*/}"; if [[ -n "$2" && "$p" != "$2" ]]; then p="\${p%"$2"}"; fi; echo "$p"`,
  cat: `for f in "$@"; do IFS= read -r -d '' t < "$f"; printf %s "$t"; done; exit 0`,
}

export interface Sandbox {
  readonly home: string
  /**
   * Puts a stub where a command looks for a program: on PATH for a bare name, else at the path as seen from `folder`
   * (absolute). False when that lies outside the sandbox, so that nothing can stand there.
   */
  provide(program: string, folder: string): boolean
  /** Runs a command under bash and says what was started; undefined when it did not end in time. */
  run(command: string, environment: Readonly<Record<string, string>>): Started[] | undefined
  remove(): void
}

/**
 * A folder with files and, on PATH, nothing but stubs that write down how they were called. Nothing real can be started:
 * only bash itself and its builtins run.
 */
export function sandbox(files: Readonly<Record<string, string>>): Sandbox {
  const base = mkdtempSync(join(tmpdir(), 'dynolint-shell-'))
  const home = join(base, 'app')
  const bin = join(base, 'bin')
  const log = join(base, 'log')
  for (const folder of [home, bin, join(home, 'backend'), join(home, 'src')]) mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
    if (name.endsWith('.sh')) chmodSync(join(home, name), 0o755)
  }
  const write = (name: string, text: string) =>
    writeFileSync(join(bin, name), text.replace('LOG', log), { mode: 0o755 })
  for (const name of stubNames) write(name, record)
  for (const [name, body] of Object.entries(helpers)) write(name, `${record}${body}\n`)
  symlinkSync('/bin/bash', join(bin, 'bash'))
  // Heroku's stacks are Ubuntu, where sh is dash.
  symlinkSync('/bin/dash', join(bin, 'sh'))
  return {
    home,
    provide(program, folder) {
      const path = program.includes('/') ? resolve(folder, program) : join(bin, program)
      if (!path.startsWith(`${base}/`)) return false
      if (existsSync(path)) return true
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, record.replace('LOG', log), { mode: 0o755 })
      return true
    },
    run(command, environment) {
      rmSync(log, { force: true })
      const env = { ...environment, PATH: bin, HOME: home }
      const { status, error } = spawnSync('bash', ['-c', command], {
        cwd: home,
        env,
        timeout: 10_000,
        // The pipe stays open as long as anything runs that the command left in the background.
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      })
      if (error !== undefined && status === null) return undefined
      return readLog(log)
    },
    remove: () => removeFolder(base),
  }
}

/** A command in the background may still write its record: what cannot be removed at once is tried again. */
function removeFolder(path: string): void {
  for (let tries = 0; ; tries++) {
    try {
      rmSync(path, { recursive: true, force: true })
      return
    } catch (failure) {
      if (tries === 50) throw failure
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

function readLog(log: string): Started[] {
  let text: string
  try {
    text = readFileSync(log, 'utf8')
  } catch {
    return []
  }
  return text
    .split('\x1e')
    .filter((one) => one !== '')
    .map((one) => {
      const [argv = '', cwd = '', environment = ''] = one.split('\x1d')
      const pairs = environment.split('\x1f').filter((pair) => pair !== '')
      return {
        argv: argv.split('\x1f').slice(0, -1),
        cwd,
        environment: Object.fromEntries(
          pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
        ),
      }
    })
}
