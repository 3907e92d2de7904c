import type { App } from '../../../src/app/app.ts'
import type { AppNode } from '../../../src/app/asgi/model.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A `runworker` that serves no channel. */
export interface UselessWorker {
  readonly process: Process
  readonly command: DjangoCommand
  /** Channels it names that nobody declares; empty: it names none. */
  readonly channels: readonly string[]
}

const valued = new Set(['--layer', '--settings', '--pythonpath', '-v', '--verbosity', '--threads'])

/** Every `runworker` without channels, or whose channels no ChannelNameRouter declares. */
export function uselessWorkers(app: App): UselessWorker[] {
  const declared = declaredChannels(app)
  return app.processes.all.flatMap((process) =>
    process.django.flatMap((command): UselessWorker[] => {
      const channels = command.name === 'runworker' ? channelsOf(command) : undefined
      if (channels === undefined) return []
      if (channels.length === 0) return [{ process, command, channels }]
      if (declared === undefined || channels.some((name) => declared.has(name))) return []
      return [{ process, command, channels }]
    }),
  )
}

/** The channels a runworker names; undefined when one of its words is not known. */
function channelsOf({ args }: DjangoCommand): string[] | undefined {
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
function declaredChannels(app: App): ReadonlySet<string> | undefined {
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
