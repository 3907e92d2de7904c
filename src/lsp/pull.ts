import type {
  Diagnostic,
  DocumentDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node'
import { pathOf } from './buffers.ts'
import { merged } from './publisher.ts'
import { type RequestContext, stopIfCancelled } from './requests.ts'

type ByDocument = ReadonlyMap<string, readonly Diagnostic[]>

/** Answers clients that ask for diagnostics instead of being told. */
export function answerPulls({ connection, workspace, diagnostics, buffers, client, complain }: RequestContext): void {
  const results = resultNames()

  async function all(path?: string): Promise<ByDocument> {
    const projects = path === undefined ? await workspace.projects() : await workspace.projectsOf(path)
    const maps: ByDocument[] = []
    for (const project of projects) {
      try {
        maps.push(await diagnostics(project))
      } catch (error) {
        complain(error)
      }
    }
    return merged(maps)
  }

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    await new Promise((resolve) => setImmediate(resolve))
    stopIfCancelled(token)
    const path = buffers.get(uri)?.path ?? pathOf(uri)
    const byDocument = path === undefined ? new Map<string, readonly Diagnostic[]>() : await all(path)
    stopIfCancelled(token)
    const own = reportOf(uri, byDocument, previousResultId)
    if (!client().takesRelated) return own
    const others = [...byDocument.keys()].filter((other) => other !== uri)
    const relatedDocuments = Object.fromEntries(others.map((other) => [other, reportOf(other, byDocument, undefined)]))
    return { ...own, relatedDocuments }
  })

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const byDocument = await all()
    stopIfCancelled(token)
    const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]))
    const documents = new Set([...byDocument.keys(), ...before.keys()])
    const items = [...documents].map((uri): WorkspaceDocumentDiagnosticReport => {
      const version = buffers.get(uri)?.version ?? null
      return { ...reportOf(uri, byDocument, before.get(uri)), uri, version }
    })
    return { items }
  })

  function reportOf(uri: string, byDocument: ByDocument, previous: string | undefined): DocumentDiagnosticReport {
    const items = byDocument.get(uri) ?? []
    const resultId = results(JSON.stringify(items))
    return resultId === previous ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items: [...items] }
  }
}

/** A short name for each set of diagnostics, the same as long as the server runs. */
function resultNames(): (items: string) => string {
  const known = new Map<string, string>()
  let count = 0
  return (items) => {
    const before = known.get(items)
    if (before !== undefined) return before
    // Those of long ago are asked for no more: who still has one gets the whole again.
    if (known.size > 5_000) known.clear()
    count++
    known.set(items, String(count))
    return String(count)
  }
}
