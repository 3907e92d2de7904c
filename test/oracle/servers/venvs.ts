import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { releases } from './lines.ts'

const cache = join(import.meta.dirname, '../../../.cache/oracle-servers')
const python = process.env.PYTHON ?? 'python3.12'

/** What stands beside the servers in each environment: `new` has the newest release of each, `old` an earlier one. */
const beside = {
  new: [
    'uvicorn-worker==0.4.0',
    'websockets==17.4',
    'wsproto==1.3.2',
    'uvloop==0.23.0',
    'httptools==0.9.0',
    'gevent==26.9.0',
  ],
  old: ['websockets==13.1', 'wsproto==1.3.2', 'uvloop==0.23.0', 'httptools==0.9.0', 'setuptools==79.0.1'],
} as const

export type Age = keyof typeof beside
export const ages = ['new', 'old'] as const

/** Requirements of an environment, as a project would pin them. */
export function requirements(age: Age): string[] {
  const index = ages.indexOf(age)
  const servers = Object.entries(releases).map(([name, versions]) => `${name}==${versions[index]}`)
  return [...servers, ...beside[age]]
}

/** The programs of an environment; it is made when it does not exist. */
export function programs(age: Age): string {
  const folder = join(cache, age)
  if (!existsSync(join(folder, 'bin/waitress-serve'))) {
    mkdirSync(cache, { recursive: true })
    execFileSync(python, ['-m', 'venv', folder], { stdio: 'inherit' })
    const options = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check']
    execFileSync(join(folder, 'bin/python'), [...options, ...requirements(age)], { stdio: 'inherit' })
  }
  return join(folder, 'bin')
}
