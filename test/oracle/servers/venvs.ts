import { dirname } from 'node:path'
import { environment, findPython } from '../environment.ts'
import { releases } from './lines.ts'

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
  const folder = `oracle-servers/${age}`
  // What both ages are pinned to runs on this Python alone.
  return dirname(
    environment({ folder, packages: requirements(age), python: () => findPython(12, 12, process.env.PYTHON) }),
  )
}
