import type { Text } from '../../contracts/text.ts'
import { withAssignedParts } from '../../evaluate/javascript/calls.ts'
import { type Evaluator, evaluate } from '../../evaluate/javascript/evaluate.ts'
import { globalOf, type Sources } from '../../evaluate/javascript/globals.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import {
  join as joinConditions,
  known,
  type ScriptFrame,
  type ScriptOutcome,
} from '../../evaluate/javascript/values.ts'
import { passes } from '../../evaluate/javascript/variables.ts'
import { type FileTree, join, readText } from '../../files/tree.ts'
import { parseDotenv } from '../../syntax/dotenv/dotenv.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import type { App } from '../app.ts'
import { collectedFolder } from './collected-folder.ts'
import { frontendFiles } from './files.ts'
import { htmxSockets } from './htmx.ts'
import type { FrontendModel, Socket, SocketUrl } from './model.ts'
import { type Opening, openings } from './openings.ts'
import { readSource, resolveImport, sourceCache } from './read.ts'
import { reconnectOf } from './reconnect.ts'
import { isReferenced } from './references.ts'
import { readUrl } from './url.ts'

/** Every socket that the project's browser code opens. Never throws. */
export function readFrontend(app: Pick<App, 'tree' | 'project' | 'settings'>): FrontendModel {
  const { tree } = app
  const collected = collectedFolder(app)
  const { files, all, skipped, bounded } = frontendFiles(tree, (path) => path === collected)
  const sources: Sources = { cached: sourceCache(tree), text: (file) => readText(tree, file)?.text, all }
  const sockets: Socket[] = []
  for (const { path, text } of files) {
    const source = readSource(path, text)
    const found = [...socketsIn(source, tree, sources), ...htmxSockets(source)]
    if (found.length === 0) continue
    const referenced = isReferenced(tree, path, all, app.project.python)
    sockets.push(...found.map((socket) => ({ ...socket, referenced })))
  }
  return { sockets, skipped, bounded }
}

function socketsIn(source: ScriptSource, tree: FileTree, sources: Sources): Socket[] {
  const all = openings(source)
  const sockets: Socket[] = []
  for (const opening of all) {
    // Without an address the constructor throws: that is no socket.
    if (opening.url === undefined) continue
    const e = evaluator(tree, sources)
    const frame: ScriptFrame = { source, context: opening.site.context, parameters: undefined }
    // Code that only the developer's machine reaches says nothing about production.
    if (opening.site.context.guards.some((guard) => passes(e, guard, frame) === false)) continue
    sockets.push({
      at: placeOf(source, opening.site.node),
      opener: opening.name,
      library: opening.library,
      argument: placeOf(source, opening.url),
      urls: urlsOf(e, opening.url, frame),
      subprotocols:
        opening.subprotocols === undefined || isNothing(opening.subprotocols)
          ? undefined
          : placeOf(source, opening.subprotocols),
      reconnect: reconnectOf(opening as Opening, all, source),
      referenced: true,
    })
  }
  return sockets
}

function isNothing(node: Expression): boolean {
  return (
    (node.kind === 'Identifier' && (node.name === 'null' || node.name === 'undefined')) ||
    (node.kind === 'Array' && node.elements.length === 0)
  )
}

function urlsOf(e: Evaluator, node: Expression, frame: ScriptFrame): SocketUrl[] {
  const outcomes = evaluate(e, node, frame).flatMap((outcome) => {
    if (outcome.value.type === 'function') {
      const call: Expression = { kind: 'Call', callee: node, args: [], start: node.start, end: node.end }
      return evaluate(e, call, frame)
    }
    if (node.kind !== 'Identifier') return [outcome]
    return withAssignedParts(e, outcome.value, node.name, frame, node).map(({ value, when }) => ({
      value,
      when: joinConditions(outcome.when, when),
    }))
  })
  return outcomes.flatMap((outcome) => readUrl(outcome, frame.source) ?? [])
}

function evaluator(tree: FileTree, sources: Sources): Evaluator {
  return {
    steps: 0,
    active: new Set(),
    importFrom(source, module) {
      const file = resolveImport(tree, source.file, module)
      return file === undefined ? undefined : sources.cached(file)
    },
    globalOf: (source, name) => globalOf(sources, source, name),
    buildVariable: (source, name) => buildVariable(tree, source.file, name),
  }
}

/** Files that the usual bundlers read for a production build, the first that has a name wins. */
const dotenvFiles = ['.env.production', '.env']

/** A variable of the build, as the nearest `.env` file gives it; a config var of the same name would win over it. */
function buildVariable(tree: FileTree, from: string, name: string): ScriptOutcome | undefined {
  const parts = from.split('/').slice(0, -1)
  for (let depth = parts.length; depth >= 0; depth--) {
    for (const file of dotenvFiles) {
      const path = join(...parts.slice(0, depth), file)
      const text = path === undefined ? undefined : readText(tree, path)?.text
      const binding = text === undefined ? undefined : parseDotenv(text).findLast((one) => one.name === name)
      if (path === undefined || binding?.value === undefined) continue
      const at = { file: path, span: binding.valueAt }
      return { value: known(binding.value, at, true), when: [unlessSet(name)] }
    }
  }
  return undefined
}

function unlessSet(name: string): Text {
  return { en: `${name} is not set as a config var`, fr: `${name} n’est pas définie comme config var` }
}
