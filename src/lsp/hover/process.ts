import type { Process, Server } from '../../app/processes/model.ts'
import { partsText } from '../../show/web.ts'
import { type HoverContext, holds, labelled, type Told, whenText } from './words.ts'

/** On a line of the Procfile (or what stands for it): what it starts, and where that listens. */
export function processHover(file: string, offset: number, context: HoverContext): Told | undefined {
  for (const process of context.checked.app.processes.all) {
    const { at } = process.command
    const here = [process.at, at].find((place) => place.file === file && holds(place.span, offset))
    if (here !== undefined) return { lines: linesOf(process, context), span: here.span }
  }
  return undefined
}

function linesOf(process: Process, context: HoverContext): string[] {
  const { language, code, strong } = context
  const fr = language === 'fr'
  const lines = [strong(process.type)]
  for (const server of process.servers) lines.push(...serverLines(server, context))
  if (process.servers.length === 0) {
    for (const step of process.steps) {
      const words = step.argv.map(({ parts }) => partsText(parts)).join(' ')
      lines.push(labelled(fr ? 'Exécute' : 'Runs', code(words), language))
    }
  }
  const unknowns = new Set(process.runs.flatMap(({ unknowns }) => unknowns).map(({ why }) => why[language]))
  for (const why of unknowns) lines.push(labelled(fr ? 'Indéterminé' : 'Undetermined', why, language))
  if (process.lost) lines.push(fr ? 'La plateforme ne lit pas cette ligne.' : 'The platform does not read this line.')
  return lines
}

function serverLines(server: Server, { language, code }: HoverContext): string[] {
  const fr = language === 'fr'
  const version = server.version === undefined ? '' : ` ${server.version}`
  const protocol = server.speaks.protocol === 'undetermined' ? '?' : server.speaks.protocol.toUpperCase()
  const lines = [
    `${labelled(fr ? 'Lance' : 'Starts', `${code(server.name)}${version}, ${protocol} (${server.speaks.why[language]})`, language)}${whenText(server.when, language)}`,
  ]
  for (const socket of server.sockets) {
    const text = (one: { readonly parts: Parameters<typeof partsText>[0] | undefined } | undefined) =>
      one?.parts === undefined ? '?' : partsText(one.parts)
    const address = socket.kind === 'tcp' ? `${text(socket.host)}:${text(socket.port)}` : socket.kind
    lines.push(labelled(fr ? 'Écoute' : 'Listens on', code(address), language))
  }
  const { target } = server
  if (target !== undefined) {
    const file = target.file === undefined ? '' : ` (${target.file})`
    lines.push(labelled(fr ? 'Charge' : 'Loads', `${code(target.text)}${file}`, language))
  }
  if (server.pings.interval !== undefined && server.pings.interval > 0) {
    lines.push(labelled(fr ? 'Ping WebSocket' : 'WebSocket ping', `${server.pings.interval} s`, language))
  }
  return lines
}
