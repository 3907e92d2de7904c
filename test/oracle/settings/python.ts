import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { environment, findPython, missing } from '../environment.ts'
import type { Encoded } from './encode.ts'

const here = import.meta.dirname
export const cache = join(here, '../../../.cache/oracle')
const harness = join(here, 'harness.py')

/**
 * Real packages, exact so that two runs agree. `--no-deps` for those whose requirements want a C compiler; what they
 * need at run time is listed itself.
 */
const packages = [
  'Django==5.2.19',
  'django-environ==0.14.0',
  'environs==15.2.0',
  'python-decouple==3.8',
  'dj-database-url==3.1.2',
  'dj-email-url==1.0.6',
  'django-cache-url==3.4.6',
  'python-dotenv==1.2.4',
  'django-configurations==2.5.1',
  'django-split-settings==1.3.2',
  'setuptools==81.0.0',
  'whitenoise==6.12.0',
  'channels==4.3.2',
  'channels-redis==4.3.0',
  'daphne==4.2.3',
  'celery==5.7.0',
  'redis==8.1.0',
  'sentry-sdk==2.75.0',
  'cloudinary==1.46.3',
  'django-cors-headers==4.9.0',
  'django-storages==1.14.6',
  'django-redis==7.0.0',
  'pydantic-settings==2.16.3',
  'dynaconf==3.3.5',
  'psycopg2-binary==2.9.13',
]
const withoutDependencies = ['django-heroku==0.3.1', 'django-on-heroku==1.1.2']
/** Packages whose version changes what settings become: a project's own pin is installed beside the venv. */
const versioned = ['dj-database-url', 'django-environ', 'python-decouple', 'environs', 'django-heroku']

export interface Request {
  readonly module: string
  readonly cwd: string
  readonly root: string
  readonly path: readonly string[]
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly stubs: readonly string[]
  readonly hidden: readonly string[]
  readonly overlays: readonly string[]
  readonly timeout: number
  /** Run first, up to where Django would read its settings: then `module` is what that has chosen. */
  readonly entry?: { readonly script: string } | { readonly module: string }
}

export interface PythonCrash {
  readonly exception: string
  readonly message: string
  readonly at: readonly [string, number] | null
}

export type Answer = {
  readonly reads: readonly string[]
  readonly stubbed: readonly string[]
  readonly python: string
  /** With an entry: the settings module that it chose; null when nothing names one. Absent: it raised before. */
  readonly module?: string | null
} & (
  | {
      readonly ok: true
      readonly names: Readonly<Record<string, Encoded>> /** Names that only repeat Django's own defaults. */
      readonly defaults?: readonly string[]
    }
  | { readonly ok: false; readonly crash: PythonCrash }
)

export interface Harness {
  ask(request: Request): Promise<Answer>
  close(): void
}

/** Makes the venv with the real packages when it is not there (or its list has changed). */
export function prepareVenv(): void {
  environment({
    folder: 'oracle/venv',
    packages,
    alone: withoutDependencies,
    python: () => findPython(11, 13, process.env.DYNOLINT_ORACLE_PYTHON),
  })
}

/** Folders with the versions a project pins; those that cannot be installed are left out and named in the result. */
export function prepareOverlays(pins: ReadonlyMap<string, string>): {
  folders: string[]
  versions: Map<string, string>
} {
  const versions = new Map(
    [...packages, ...withoutDependencies].map((entry) => {
      const [name, version] = entry.split('==') as [string, string]
      return [name.toLowerCase(), version]
    }),
  )
  const folders: string[] = []
  for (const name of versioned) {
    const pin = pins.get(name)
    if (pin === undefined || pin === '' || pin === versions.get(name)) continue
    const folder = join(cache, 'overlays', `${name}==${pin}`)
    if (!existsSync(folder)) {
      const fresh = `${folder}.new`
      rmSync(fresh, { recursive: true, force: true })
      const args = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--no-deps', '--target', fresh]
      try {
        execFileSync(join(cache, 'venv/bin/python'), [...args, `${name}==${pin}`], { stdio: 'ignore' })
      } catch {
        mkdirSync(fresh, { recursive: true })
      }
      renameSync(fresh, folder)
    }
    if (!existsSync(join(folder, 'bin')) && emptyFolder(folder)) continue
    folders.push(folder)
    versions.set(name, pin)
  }
  return { folders, versions }
}

function emptyFolder(folder: string): boolean {
  return execFileSync('ls', ['-A', folder], { encoding: 'utf8' }).trim() === ''
}

/** Top-level modules that the venv's packages provide, by distribution (PEP 503 name). */
export function venvModules(): ReadonlyMap<string, readonly string[]> {
  const code =
    'import json,re,importlib.metadata as m\n' +
    'out={}\n' +
    'for module,dists in m.packages_distributions().items():\n' +
    '  for dist in dists: out.setdefault(re.sub(r"[-_.]+","-",dist).lower(),[]).append(module)\n' +
    'print(json.dumps(out))'
  const text = execFileSync(join(cache, 'venv/bin/python'), ['-c', code], { encoding: 'utf8' })
  return new Map(Object.entries(JSON.parse(text) as Record<string, string[]>))
}

export function standardModules(): ReadonlySet<string> {
  const code = 'import sys,json; print(json.dumps(sorted(sys.stdlib_module_names)))'
  return new Set(JSON.parse(execFileSync(join(cache, 'venv/bin/python'), ['-c', code], { encoding: 'utf8' })))
}

let sandboxed: string[] | undefined
let opened = 0

/** The `unshare` call that this machine allows; undefined when none is. */
function unshare(): string[] | undefined {
  const common = ['--net', '--mount', '--pid', '--fork', '--kill-child']
  for (const args of [common, ['--map-root-user', ...common]]) {
    try {
      execFileSync('unshare', [...args, 'true'], { stdio: 'ignore' })
      return args
    } catch {}
  }
  return undefined
}

/**
 * Starts the harness for one project. `removed`: paths the dyno would not have (untracked files). Without `unshare`
 * nothing is started: a project's code never runs outside the sandbox.
 */
export function openHarness(project: string, removed: readonly string[]): Harness {
  sandboxed ??= unshare()
  if (sandboxed === undefined) return missing('unshare(1), or the right to use it: project code runs in a sandbox only')
  const venvPython = join(cache, 'venv/bin/python')
  const prefix = execFileSync(venvPython, ['-c', 'import sys; print(sys.base_prefix)'], { encoding: 'utf8' }).trim()
  const removal = join(tmpdir(), `dynolint-oracle-${process.pid}-${++opened}.txt`)
  writeFileSync(removal, removed.map((path) => path + '\n').join(''))
  const script = join(here, 'sandbox.sh')
  const child = spawn('unshare', [...sandboxed, 'sh', script, project, cache, prefix, harness, removal], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
  })
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = []
  let hasAnswered = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    hasAnswered = true
    waiting.shift()?.resolve(JSON.parse(line) as Answer)
  })
  child.on('exit', () => {
    if (waiting.length > 0 && !hasAnswered) missing(`a sandbox that starts (sandbox.sh ended with ${child.exitCode})`)
    for (const { reject } of waiting.splice(0)) reject(new Error(`the harness ended for ${project}`))
    rmSync(removal, { force: true })
  })
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        child.stdin.write(JSON.stringify(request) + '\n')
      }),
    close: () => child.stdin.end(),
  }
}

/** Identity of everything on the Python side but the project: part of the key of remembered answers. */
export function pythonSideHash(): string {
  const text = readFileSync(harness, 'utf8') + readFileSync(join(here, 'sandbox.sh'), 'utf8')
  return createHash('sha1')
    .update(text + packages.join() + withoutDependencies.join())
    .digest('hex')
}
