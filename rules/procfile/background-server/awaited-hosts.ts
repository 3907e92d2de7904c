import type { App } from '../../../src/app/app.ts'
import type { Process, ProcessRun } from '../../../src/app/processes/model.ts'
import { ofUsualRun } from '../../../src/app/processes/usual-run.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { readText } from '../../../src/files/tree.ts'
import { at, entriesOf } from '../../../src/syntax/data.ts'
import { parseYaml } from '../../../src/syntax/yaml/yaml.ts'
import { askedHost } from './asked-host.ts'

/** A loop in front of everything else that goes on until a host answers which no dyno can find. */
export interface AwaitedHost {
  readonly host: string
  readonly at: Place
  /** Where compose names it. */
  readonly service: Place | undefined
  /** What must be so for the process to wait for it. Empty: always. */
  readonly when: readonly Condition[]
}

/** The hosts that a process waits for in a loop, before its server or its end, when nobody sets the config vars it asks for. */
export function awaitedHosts(app: App, process: Process): AwaitedHost[] {
  const services = servicesOf(app)
  const found = ofUsualRun(
    process,
    (run) => hostsOf(run, services),
    ({ host, at }) => `${placeKey(at)}\0${host}`,
  )
  // Where what a program comes to decides whether the loop is entered, it may have asked for the host itself.
  return found.flatMap(({ one, when }) => (when.some(({ opaque }) => opaque) ? [] : [{ ...one, when }]))
}

function hostsOf({ steps, awaited }: ProcessRun, services: ReadonlyMap<string, Place>): Omit<AwaitedHost, 'when'>[] {
  const own = steps.filter(({ background, fallback, captured, loop }) => !background && !fallback && !captured && !loop)
  return awaited.flatMap((place) => {
    const step = own.find(
      ({ at }) => at.file === place.file && at.span.start <= place.span.start && place.span.end <= at.span.end,
    )
    const host = step === undefined ? undefined : askedHost(step, services)
    return step === undefined || host === undefined ? [] : [{ host, at: step.at, service: services.get(host) }]
  })
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
