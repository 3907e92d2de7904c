import type { Answer, FileChanges, Files, Kind, Request, Requests } from './contract.ts'

/** Asks the engine; the promise rejects with its message when it cannot do what is asked. */
export interface Engine {
  ask<K extends Kind>(kind: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']>
}

/** The engine in its worker. */
export function startEngine(): Engine {
  const worker = new Worker('./engine.js')
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  let last = 0
  let sent: Files = {}
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if ('error' in data) one?.reject(new Error(data.error))
    else one?.resolve(data.answer)
  })
  return {
    ask(kind, ask) {
      const files = 'project' in ask ? ask.project.files : sent
      const bare = 'project' in ask ? { ...ask, project: { ...ask.project, files: {} } } : ask
      const request: Request = { id: ++last, kind, ask: bare, changes: changesOf(sent, files) }
      sent = files
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve: resolve as (answer: unknown) => void, reject })
        worker.postMessage(request)
      })
    },
  }
}

export function changesOf(before: Files, after: Files): FileChanges {
  return {
    set: Object.fromEntries(Object.entries(after).filter(([path, content]) => before[path] !== content)),
    gone: Object.keys(before).filter((path) => !Object.hasOwn(after, path)),
  }
}
