import type { App } from '../../../src/app/app.ts'
import { isAlwaysRun } from '../../../src/app/asgi/always-run.ts'
import { type CalledMethod, calledMethods, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { isRemoved } from '../../../src/app/settings/removed.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { perFile } from '../../../src/files/per-file.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { parsedFile } from '../../../src/syntax/python/file.ts'
import { globalReads } from '../../../src/syntax/python/global-reads.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { givenAt } from './given-names.ts'

/** An attribute of a module that the version in force does not have, in a method that comes to it whenever Channels calls it. */
export interface AskedName {
  readonly module: string
  readonly member: string
  readonly at: Place
  /** What ends with it. */
  readonly hop: 'handshake' | 'message'
}

const readsOf = perFile((source) => globalReads(parsedFile(source).module))

/** The first of each name that a consumer asks for: `timezone.utc` of `from django.utils import timezone`. */
export function askedNames(app: App): AskedName[] {
  const found = servedConsumers(app).flatMap((consumer) =>
    calledMethods(app, consumer)
      .filter(({ node, moment }) => moment !== 'leave' && node.decorators.length === 0)
      .flatMap((method) => askedIn(app, method)),
  )
  return uniqueBy(found, ({ module, member }) => `${module} ${member}`).filter(
    ({ module, member }) => givenAt(app, module, member) === undefined,
  )
}

function askedIn(app: App, { node: method, file, moment }: CalledMethod): AskedName[] {
  const source = codeOf(app).source(file.path)
  if (source === undefined) return []
  return readsOf(source).flatMap(({ node, functions, parents }): AskedName[] => {
    const around = parents.at(-1)
    if (functions.length !== 1 || functions[0] !== method) return []
    if (around?.kind !== 'Attribute' || !isAlwaysRun(method, node, parents)) return []
    const module = bindingsOf(file.tree).get(node.id)?.length === 1 ? dottedOf(node, file) : undefined
    if (module === undefined || !isRemoved(app.dependencies, module, around.attr)) return []
    const hop = moment === 'connect' ? 'handshake' : 'message'
    return [{ module, member: around.attr, at: placeIn(file, around), hop }]
  })
}
