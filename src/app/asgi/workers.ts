import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import type { DjangoCommand } from '../processes/model.ts'
import { expressionAt } from '../settings/source-text.ts'
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

/**
 * A message to a channel with a name of its own that the project's ChannelNameRouter does not declare: another project that shares the
 * server reads it, or a program that is none of Channels. The channels of sockets have a `!` in their names, and no constant holds one.
 */
export function isForAnother(app: App, { kind, name, nameAt }: LayerUse): boolean {
  if (kind !== 'send') return false
  const parts = name?.filter((part) => typeof part === 'string')
  if (parts !== undefined && parts.length === name?.length)
    return !parts.join('').includes('!') && declaredChannels(app)?.has(parts.join('')) !== true
  const written = nameAt && expressionAt(app.tree, nameAt)
  const constant = written?.kind === 'Name' ? written.id : written?.kind === 'Attribute' ? written.attr : ''
  return /^[A-Z][A-Z0-9_]*$/.test(constant)
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
