import type { App } from '../../../src/app/app.ts'
import { declaredChannels, workerChannels } from '../../../src/app/asgi/workers.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'

/** A `runworker` that serves no channel. */
export interface UselessWorker {
  readonly process: Process
  readonly command: DjangoCommand
  /** Channels it names that nobody declares; empty: it names none. */
  readonly channels: readonly string[]
}

/** Every `runworker` without channels, or whose channels no ChannelNameRouter declares. */
export function uselessWorkers(app: App): UselessWorker[] {
  const declared = declaredChannels(app)
  return app.processes.all.flatMap((process) =>
    process.django.flatMap((command): UselessWorker[] => {
      const channels = command.name === 'runworker' ? workerChannels(command) : undefined
      if (channels === undefined) return []
      if (channels.length === 0) return [{ process, command, channels }]
      if (declared === undefined || channels.some((name) => declared.has(name))) return []
      return [{ process, command, channels }]
    }),
  )
}
