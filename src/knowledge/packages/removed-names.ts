import { getOrInsert } from '../../get-or-insert.ts'
import { removedNames } from './names.generated.ts'

/** What a release is the first to lack: a public name of a module, or (`undefined`) the module itself. */
export interface RemovedName {
  readonly distribution: string
  readonly release: string
}

/** The distribution of a top-level module whose names are known. What Channels removed has a rule of its own (asgi/legacy-routing). */
const distributions: Readonly<Record<string, string>> = {
  django: 'django',
  channels_redis: 'channels-redis',
  rest_framework: 'djangorestframework',
  celery: 'celery',
  redis: 'redis',
}

const tables = new Map<string, ReadonlyMap<string, RemovedName>>()

/** The release that first lacks a name (`*`: the module); undefined: none of those read does, or nothing is known of it. */
export function removedName(module: string, name: string): RemovedName | undefined {
  const [top = ''] = module.split('.')
  const distribution = Object.hasOwn(distributions, top) ? distributions[top] : undefined
  return distribution === undefined ? undefined : tableOf(distribution).get(`${module} ${name}`)
}

/** Read from the text when a module of the distribution is first met. */
function tableOf(distribution: string): ReadonlyMap<string, RemovedName> {
  return getOrInsert(tables, distribution, () => {
    const table = new Map<string, RemovedName>()
    for (const block of removedNames.trim().split('\n\n')) {
      const [head = '', ...modules] = block.split('\n')
      const [owner, release = ''] = head.split(' ')
      if (owner !== distribution) continue
      for (const line of modules) {
        const [module, ...names] = line.split(' ')
        // The last removal counts: a name may have come back in between.
        for (const name of names) table.set(`${module} ${name}`, { distribution, release })
      }
    }
    return table
  })
}
