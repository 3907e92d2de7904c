import type { Hop, HopFacts } from '../contracts/hop.ts'
import type { App } from './app.ts'

/** Hops that do not exist for the app, and hops of which a decisive part could not be known. */
export function hopFacts(app: App): HopFacts {
  const notApplicable = new Set<Hop>()
  const undetermined = new Set<Hop>()
  if (!app.isDjango) for (const hop of ['build', 'boot', 'http'] as const) notApplicable.add(hop)
  if (app.processes.release === undefined) notApplicable.add('release')
  if (!app.usesChannels) for (const hop of ['handshake', 'message', 'stay'] as const) notApplicable.add(hop)
  if (app.processes.web === undefined || app.processes.web.server === undefined) {
    for (const hop of ['boot', 'http', 'handshake', 'stay'] as const) undetermined.add(hop)
  }
  if (app.settings.evaluation === undefined || !app.settings.sure) undetermined.add('http').add('message')
  if (app.settings.channelLayers.some(({ state }) => state === 'undetermined')) undetermined.add('message')
  if (app.asgi.application.length === 0 || app.asgi.application.some(({ root }) => root.kind === 'unknown')) {
    undetermined.add('handshake')
  }
  return { notApplicable, undetermined }
}
