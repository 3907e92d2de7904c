import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  ErrorCodes,
  type Location,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node'
import type { Language } from '../contracts/text.ts'
import { actionsAt, openPage } from './actions.ts'
import { type Buffers, pathOf } from './buffers.ts'
import { chainOf } from './chain.ts'
import type { Client } from './client.ts'
import { definitionsAt } from './definition.ts'
import { hoverAt } from './hover/hover.ts'
import { linksIn } from './links.ts'
import { below } from './paths.ts'
import type { EditorProject } from './project.ts'
import { answerPulls } from './pull.ts'
import type { View } from './view.ts'
import type { Workspace } from './workspace.ts'

/** What the requests share. */
export interface RequestContext {
  readonly connection: Connection
  readonly buffers: Buffers
  readonly workspace: Workspace
  readonly client: () => Client
  readonly language: () => Language
  /** The diagnostics of a project as it is now, by document. */
  readonly diagnostics: (project: EditorProject) => Promise<ReadonlyMap<string, readonly Diagnostic[]>>
  /** Tells the user of a mistake in the configuration or of a fault of the tool, once. */
  readonly complain: (error: unknown) => void
  readonly view: (project: EditorProject) => Promise<View>
  /** Something changed: the client is told what holds now. */
  readonly changed: () => void
}

/** One file of one project, as it is now. */
interface Subject {
  readonly view: View
  /** From the app's root. */
  readonly file: string
}

/** `dynolint.checkProject`: reads everything anew and checks it. */
const checkProject = 'dynolint.checkProject'
export const commands = [checkProject, openPage]

/** Answers what a client asks. A request that it takes back ends before anything is checked for it. */
export function answer(context: RequestContext): void {
  const { connection, workspace, buffers } = context

  /** The file in each project that holds it, the innermost first. */
  async function subjects(uri: string, token: CancellationToken): Promise<readonly Subject[]> {
    // Lets a message that takes the request back be read first.
    await new Promise((resolve) => setImmediate(resolve))
    stopIfCancelled(token)
    const path = buffers.get(uri)?.path ?? pathOf(uri)
    if (path === undefined) return []
    const found: Subject[] = []
    for (const project of await workspace.projectsOf(path)) {
      const view = await context.view(project)
      stopIfCancelled(token)
      const file = below(project.root, path)
      if (file !== undefined) found.push({ view, file })
    }
    return found
  }

  connection.onCodeAction(async ({ textDocument, range, context: { only } }, token) => {
    const { edits, related, opensPages } = context.client()
    return (await subjects(textDocument.uri, token)).flatMap(({ view, file }) =>
      actionsAt(file, range, only, {
        checked: view.checked,
        places: view.places,
        buffers,
        edits,
        diagnostics: { language: context.language(), related },
        pages: opensPages,
      }),
    )
  })

  connection.onHover(async ({ textDocument, position }, token) => {
    const form = { language: context.language(), markdown: context.client().markdown }
    for (const { view, file } of await subjects(textDocument.uri, token)) {
      const offset = view.places.positions(file).offset(position)
      const hover = hoverAt(file, offset, view.checked, view.places, form)
      if (hover !== undefined) return hover
    }
    return null
  })

  connection.onDefinition(async ({ textDocument, position }, token): Promise<Location[]> => {
    for (const { view, file } of await subjects(textDocument.uri, token)) {
      const offset = view.places.positions(file).offset(position)
      const places = definitionsAt(view.checked.app, file, offset)
      if (places.length > 0) return places.map((place) => view.places.location(place))
    }
    return []
  })

  connection.onDocumentLinks(async ({ textDocument }, token) => {
    const [first] = await subjects(textDocument.uri, token)
    return first === undefined ? [] : linksIn(first.file, first.view.checked, first.view.places, context.language())
  })

  connection.onExecuteCommand(async ({ command, arguments: given }) => {
    if (command === openPage) {
      const [uri] = given ?? []
      if (typeof uri === 'string') await connection.window.showDocument({ uri, external: true })
      return null
    }
    if (command !== checkProject) throw new ResponseError(ErrorCodes.InvalidParams, `no such command: ${command}`)
    workspace.changed(undefined)
    const projects = await workspace.projects()
    const counts = []
    for (const project of projects) counts.push((await context.view(project)).checked.report.findings.length)
    context.changed()
    return { projects: projects.length, findings: counts.reduce((sum, count) => sum + count, 0) }
  })

  connection.onRequest('dynolint/chain', async () => {
    const views = []
    for (const project of await workspace.projects()) views.push(await context.view(project))
    return views.map((view) => chainOf(view, context.language()))
  })

  answerPulls(context)
}

/** @throws ResponseError, which tells the client that its request ended because it took it back */
export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')
}
