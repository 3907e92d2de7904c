import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import type { DjangoCommand } from '../processes/model.ts'
import type { AppNode, LayerUse } from './model.ts'

const valued = new Set(['--layer', '--settings', '--pythonpath', '-v', '--verbosity', '--threads'])

/** The channels a runworker names; undefined when one of its words is not known. */
export function workerChannels({ args }: DjangoCommand): string[] | undefined {
  const names: string[] = []
  for (let i = 0; i < args.length; i++) {
    const text = known(args[i]?.parts)
    if (text === undefined) return undefined
    if (!text.startsWith('-')) names.push(text)
    else if (valued.has(text)) i++
  }
  return names
}

/** Names that the served application's ChannelNameRouter declares; undefined when they cannot be known. */
export function declaredChannels(app: App): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  let open = app.asgi.application.length === 0
  const visit = (node: AppNode): void => {
    switch (node.kind) {
      case 'protocols':
        if (node.open) open = true
        for (const entry of node.entries) visit(entry.app)
        break
      case 'wrapper':
        visit(node.inner)
        break
      case 'channels':
        if (node.open) open = true
        for (const { name } of node.entries) names.add(name)
        break
      case 'unknown':
        open = true
        break
      default:
        break
    }
  }
  for (const { root } of app.asgi.application) visit(root)
  return open ? undefined : names
}

/** Messages for a declared channel that no process type of the project reads. */
export function unreadMessages(app: App): (LayerUse & { readonly channel: string })[] {
  const declared = declaredChannels(app)
  // A process that nobody can follow may start the worker.
  if (declared === undefined || declared.size === 0 || !app.processes.all.every(isKnown)) return []
  const read = new Set<string>()
  for (const { django } of app.processes.all) {
    for (const command of django) {
      if (command.name !== 'runworker') continue
      const channels = workerChannels(command)
      if (channels === undefined) return []
      for (const name of channels) read.add(name)
    }
  }
  return app.asgi.usesLayer.flatMap((use) => {
    const [channel, ...more] = use.name ?? []
    if (use.kind !== 'send' || typeof channel !== 'string' || more.length > 0) return []
    return declared.has(channel) && !read.has(channel) ? [{ ...use, channel }] : []
  })
}

const isKnown = ({ runs }: App['processes']['all'][number]): boolean =>
  runs.every(({ unknowns }) => unknowns.length === 0)
