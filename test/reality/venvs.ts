import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { repository } from '../support/trees.ts'
import type { PackageManager } from './buildpack.ts'
import { installation, managerFiles, managerVersions, refusal } from './managers.ts'
import { openToRig } from './network/inside.ts'
import { delay, runProcess } from './processes.ts'
import type { Python } from './pythons.ts'

const installLimitMs = 15 * 60_000

export type Installed =
  | { readonly state: 'installed'; readonly venv: string }
  /** The package manager refused: `evidence` is its own line. */
  | { readonly state: 'failed'; readonly evidence: string }
  /** Nothing is known yet, and nothing may be installed now. */
  | { readonly state: 'absent' }

/** Where downloads, virtual environments and certificates are kept between runs (absolute). */
export const cache = process.env.REALITY_CACHE ?? join(repository, '.cache/reality')

const running = new Map<string, Promise<Installed>>()

/**
 * What installing the project in `root` with that Python and package manager gives: from the cache, else really installed. A
 * failure of the network is no result: it throws.
 */
export function install(python: Python, root: string, manager: PackageManager): Promise<Installed> {
  const key = keyOf(python, root, manager)
  const already = running.get(key)
  if (already !== undefined) return already
  const started = locked(key, () => build(python, root, manager, key))
  running.set(key, started)
  return started
}

/** The same from the cache alone. */
export function installed(python: Python, root: string, manager: PackageManager): Installed {
  const key = keyOf(python, root, manager)
  if (existsSync(marker(key))) return { state: 'installed', venv: folderOf(key) }
  if (existsSync(failure(key))) return { state: 'failed', evidence: whyIn(readFileSync(failure(key), 'utf8'), manager) }
  return { state: 'absent' }
}

async function build(python: Python, root: string, manager: PackageManager, key: string): Promise<Installed> {
  const cached = installed(python, root, manager)
  if (cached.state === 'installed') openToRig(cached.venv)
  if (cached.state !== 'absent') return cached
  const venv = folderOf(key)
  const pip = await pipFor(python)
  rmSync(venv, { recursive: true, force: true })
  await run(['-m', 'venv', '--without-pip', venv], python.program, cache)
  const { args, env } = installation(manager, venv, python.program, cache)
  const program = manager === 'pip' ? pip : await toolFor(python, manager)
  // What the environment's own programs need is found first, as on the platform.
  const path = manager === 'pip' ? {} : { PATH: `${join(venv, 'bin')}:${process.env.PATH ?? ''}` }
  if (manager === 'uv') writeHosts(join(root, 'uv.lock'), await hostsOf(pip))
  const { code, log } = await toolRun(program, args, root, {
    ...env,
    ...path,
    ...(manager === 'pipenv' && { INDEX_URL: await indexOf(pip) }),
  })
  if (code !== 0) {
    rmSync(venv, { recursive: true, force: true })
    if (isOurs(log)) throw new Error(`pip could not reach the package index: ${evidenceIn(log)}`)
    writeFileSync(failure(key), log)
    return { state: 'failed', evidence: whyIn(log, manager) }
  }
  // setuptools stands in every environment the buildpack makes up to Python 3.12.
  const setuptools = setuptoolsFor(python)
  if (setuptools !== undefined) {
    await pipRun(pip, ['--python', join(venv, 'bin/python'), 'install', `setuptools==${setuptools}`, '--no-deps'], root)
  }
  openToRig(venv)
  writeFileSync(marker(key), '')
  return { state: 'installed', venv }
}

function setuptoolsFor({ version }: Python): string | undefined {
  // Below 3.10 no buildpack of today installs anything: such a Python stands in for a project of its time.
  if (version.startsWith('3.7.')) return '68.0.0'
  return /^3\.(?:[89]|1[0-2])\./u.test(version) ? '70.3.0' : undefined
}

/** The buildpack's pip for one Python, in a virtual environment of its own. */
async function pipFor(python: Python): Promise<string> {
  const venv = join(cache, 'pip-for', python.version)
  return locked(`pip-${python.version}`, async () => {
    if (!existsSync(join(venv, 'ready'))) {
      rmSync(venv, { recursive: true, force: true })
      mkdirSync(dirname(venv), { recursive: true })
      await run(['-m', 'venv', venv], python.program, cache)
      const done = await pipRun(join(venv, 'bin/pip'), ['install', `pip==${managerVersions.pip}`], cache)
      // An index that is behind has an older one: still pip, and said in no result.
      if (done.code !== 0) await pipRun(join(venv, 'bin/pip'), ['install', '--upgrade', 'pip'], cache)
      writeFileSync(join(venv, 'ready'), '')
    }
    return join(venv, 'bin/pip')
  })
}

/** The package index of this pip: a Pipfile has to name one, and a case says `${INDEX_URL}`. */
async function indexOf(pip: string): Promise<string> {
  const told = process.env.PIP_INDEX_URL
  if (told !== undefined) return told
  const code = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'
  const argv = [join(dirname(pip), 'python'), '-c', code]
  const { log } = await runProcess({ argv, cwd: cache, env: cleanEnvironment(), log: logFile() }, installLimitMs)
  return log.trim()
}

/** What a uv.lock of a case names in place of the package index and of the host of its files. */
const placeholders = { index: 'https://packages.example.org/simple', files: 'https://files.example.org' } as const

/** The package index uv asks by default and the host of its files, as pip knows them. */
async function hostsOf(pip: string): Promise<typeof placeholders | { index: string; files: string }> {
  const code = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url, PyPI.file_storage_domain)'
  const argv = [join(dirname(pip), 'python'), '-c', code]
  const { log } = await runProcess({ argv, cwd: cache, env: cleanEnvironment(), log: logFile() }, installLimitMs)
  const [index, files] = log.trim().split(' ')
  return index === undefined || files === undefined ? placeholders : { index, files: `https://${files}` }
}

function writeHosts(lock: string, hosts: { readonly index: string; readonly files: string }): void {
  const text = readFileSync(lock, 'utf8')
  const real = text.replaceAll(placeholders.index, hosts.index).replaceAll(placeholders.files, hosts.files)
  writeFileSync(lock, real)
}

/** Another manager, in a virtual environment of its own. */
async function toolFor(python: Python, manager: PackageManager): Promise<string> {
  const venv = join(cache, `${manager}-for`, python.version)
  return locked(`${manager}-${python.version}`, async () => {
    if (!existsSync(join(venv, 'ready'))) {
      rmSync(venv, { recursive: true, force: true })
      mkdirSync(dirname(venv), { recursive: true })
      await run(['-m', 'venv', venv], python.program, cache)
      const done = await pipRun(join(venv, 'bin/pip'), ['install', `${manager}==${managerVersions[manager]}`], cache)
      // An index that is behind has an older one: still that manager, and said in no result.
      const again = done.code === 0 ? done : await pipRun(join(venv, 'bin/pip'), ['install', manager], cache)
      if (again.code !== 0) throw new Error(`${manager}: ${evidenceIn(again.log)}`)
      writeFileSync(join(venv, 'ready'), '')
    }
    return join(venv, 'bin', manager)
  })
}

function pipRun(pip: string, args: readonly string[], cwd: string): Promise<{ code: number; log: string }> {
  return toolRun(pip, args, cwd, {})
}

function toolRun(
  program: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>>,
): Promise<{ code: number; log: string }> {
  const pip = { PIP_CACHE_DIR: join(cache, 'pip'), PIP_DISABLE_PIP_VERSION_CHECK: '1' }
  const env = { ...cleanEnvironment(), ...pip, ...more }
  return runProcess({ argv: [program, ...args], cwd, env, log: logFile() }, installLimitMs)
}

async function run(args: readonly string[], program: string, cwd: string): Promise<void> {
  const { code, log } = await runProcess(
    { argv: [program, ...args], cwd, env: cleanEnvironment(), log: logFile() },
    installLimitMs,
  )
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${log}`)
}

/** This machine's way to the package index is in its environment; what would change Python is taken out. */
function cleanEnvironment(): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(PYTHON|VIRTUAL_ENV|PYENV_VERSION)/u.test(name)) out[name] = value
  }
  return out
}

let logs = 0
function logFile(): string {
  const folder = join(cache, 'logs')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${process.pid}-${++logs}.log`)
}

/** The interpreter and every file the requirements are made of. */
function keyOf(python: Python, root: string, manager: PackageManager): string {
  const hash = createHash('sha256').update(python.version)
  const seen = new Set<string>()
  const add = (file: string): void => {
    if (seen.has(file) || !existsSync(join(root, file))) return
    seen.add(file)
    const bytes = readFileSync(join(root, file))
    hash.update(JSON.stringify([file, bytes.toString('latin1')]))
    const text = bytes.toString('utf8').replaceAll('\0', '')
    for (const [, , named] of text.matchAll(/^\s*(-r|--requirement|-c|--constraint)[\s=]\s*(\S+)/gmu)) {
      add(normalize(join(dirname(file), named as string)))
    }
  }
  for (const file of managerFiles[manager]) add(file)
  return hash.digest('hex').slice(0, 20)
}

function folderOf(key: string): string {
  return join(cache, 'venvs', key)
}

function marker(key: string): string {
  return join(cache, 'venvs', `${key}.ok`)
}

function failure(key: string): string {
  return join(cache, 'venvs', `${key}.failed`)
}

function isOurs(log: string): boolean {
  return /Temporary failure in name resolution|ConnectTimeout|ReadTimeout|Connection (refused|reset)|No space left/u.test(
    log,
  )
}

function whyIn(log: string, manager: PackageManager): string {
  return manager === 'pip' ? evidenceIn(log) : refusal(log)
}

/** The line of pip that says why, cut to a readable length. */
function evidenceIn(log: string): string {
  const lines = log.split('\n').filter((line) => /^\s*(ERROR|error):/u.test(line))
  const line =
    lines.find((one) => !/subprocess-exited|Failed to build|Ignored the following/u.test(one)) ?? lines[0] ?? log.trim()
  const short = line.trim().replace(/\(from versions: .*?\)/u, '(from versions: …)')
  return short.length > 300 ? `${short.slice(0, 300)}…` : short
}

/** One at a time, also when two runs share the cache: the folder is the lock, and the holder's number stands in it. */
async function locked<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const lock = join(cache, 'locks', name)
  mkdirSync(dirname(lock), { recursive: true })
  mkdirSync(join(cache, 'venvs'), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      const holder = readdirSync(dirname(lock)).includes(name) ? readdirSync(lock)[0] : undefined
      if (holder !== undefined && !existsSync(`/proc/${holder}`)) rmSync(lock, { recursive: true, force: true })
      else await delay(250)
    }
  }
  writeFileSync(join(lock, String(process.pid)), '')
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
