import type { Diagnostic } from 'vscode-languageserver/node'

/** Tells the client the diagnostics of documents, each time they are others than it has. */
export interface Publisher {
  /** The diagnostics of every document of every project; those of documents that are not named are taken back. */
  publish(all: ReadonlyMap<string, readonly Diagnostic[]>): void
}

export function publisher(send: (uri: string, diagnostics: Diagnostic[]) => void): Publisher {
  const told = new Map<string, string>()
  return {
    publish(all) {
      for (const uri of [...told.keys()].filter((one) => !all.has(one))) {
        told.delete(uri)
        send(uri, [])
      }
      for (const [uri, diagnostics] of all) {
        const now = JSON.stringify(diagnostics)
        if (told.get(uri) === now) continue
        told.set(uri, now)
        send(uri, [...diagnostics])
      }
    },
  }
}

/** Two projects may hold one file: what both say of it is said once. */
export function merged(
  maps: readonly ReadonlyMap<string, readonly Diagnostic[]>[],
): Map<string, readonly Diagnostic[]> {
  const all = new Map<string, readonly Diagnostic[]>()
  for (const map of maps) {
    for (const [uri, diagnostics] of map) {
      const before = all.get(uri) ?? []
      const known = new Set(before.map((one) => JSON.stringify(one)))
      all.set(uri, [...before, ...diagnostics.filter((one) => !known.has(JSON.stringify(one)))])
    }
  }
  return all
}
