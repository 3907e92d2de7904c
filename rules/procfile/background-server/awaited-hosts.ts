import type { App } from '../../../src/app/app.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { readText } from '../../../src/files/tree.ts'
import { hostname, isContainerName } from '../../../src/knowledge/hosts.ts'
import { at, entriesOf } from '../../../src/syntax/data.ts'
import { parseYaml } from '../../../src/syntax/yaml/yaml.ts'

/** A loop in front of everything else that goes on until a host answers which no dyno can find. */
export interface AwaitedHost {
  readonly host: string
  readonly at: Place
  /** Where compose names it. */
  readonly service: Place | undefined
}

/** Programs that ask a host for a sign of life. */
const asking = /^(?:nc|netcat|ncat|telnet|curl|wget|pg_isready|psql|mysql|mysqladmin|redis-cli|rabbitmqctl)$/

/** The hosts that the usual run of a process waits for in a loop, before its server or its end. */
export function awaitedHosts(app: App, process: Process): AwaitedHost[] {
  const [usual] = process.runs
  if (usual === undefined) return []
  const services = servicesOf(app)
  const own = usual.steps.filter(
    ({ background, fallback, captured, loop }) => !background && !fallback && !captured && !loop,
  )
  return usual.awaited.flatMap((place): AwaitedHost[] => {
    const step = own.find(
      ({ at: one }) => one.file === place.file && one.span.start <= place.span.start && place.span.end <= one.span.end,
    )
    const host = step === undefined ? undefined : hostOf(step, services)
    return step === undefined || host === undefined ? [] : [{ host, at: step.at, service: services.get(host) }]
  })
}

/** The host of a step: in front of a port, in an address, behind an option; of any program where compose has such a service. */
function hostOf(step: Step, services: ReadonlyMap<string, Place>): string | undefined {
  const words = step.argv.slice(1).map(({ parts }) => known(parts) ?? '')
  const isAsking = asking.test(baseName(step.argv[0]) ?? '')
  const found = words.flatMap((word, index) => {
    const address =
      /^(?:[a-z+]+:\/\/)?((?:[^@/\s]*@)?[\w-]+)(?::\d+)(?:\/.*)?$|^[a-z+]+:\/\/((?:[^@/\s]*@)?[\w-]+)(?:\/.*)?$/.exec(
        word,
      )
    const option =
      /^--?(?:host|h)=(.+)$/.exec(word)?.[1] ?? (/^(?:-h|--host)$/.test(words[index - 1] ?? '') ? word : undefined)
    const plain = /^\d{2,5}$/.test(words[index + 1] ?? '') ? word : undefined
    const written = address?.[1] ?? address?.[2] ?? option ?? plain
    return written === undefined ? [] : [hostname(written)]
  })
  return found.find((host) => isContainerName(host) && (isAsking || services.has(host)))
}

const composeFiles = ['docker-compose', 'compose', 'local', 'docker-compose.dev', 'docker-compose.local'].flatMap(
  (name) => [`${name}.yml`, `${name}.yaml`],
)

/** The services of the project's compose files, with where each is named. */
function servicesOf(app: App): ReadonlyMap<string, Place> {
  const services = new Map<string, Place>()
  for (const file of composeFiles) {
    const source = readText(app.tree, file)
    if (source === undefined) continue
    for (const [name, { key }] of entriesOf(at(parseYaml(source.text).root, 'services')))
      if (!services.has(name)) services.set(name, { file, span: key })
  }
  return services
}
