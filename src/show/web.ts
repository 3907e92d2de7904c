import type { Effective, Server } from '../app/processes/model.ts'
import type { Part } from '../evaluate/parts.ts'
import type { Step, Word } from '../evaluate/shell/model.ts'
import { printable } from '../privacy/printable.ts'
import { plainly, type ShowContext, type ShownLine } from './context.ts'

/** Known text with `$NAME` for holes: what a person would write. */
export function partsText(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : `$${part.variable ?? `{${part.name}}`}`)).join('')
}

function effectiveText(effective: Effective | undefined): string | null {
  return effective?.parts === undefined ? null : partsText(effective.parts)
}

function words(argv: readonly Word[]): string[] {
  return argv.map((word) => partsText(word.parts))
}

/** Below the first of what the web process does: deeper than its names. */
const below = ' '.repeat(13)

export function webJson({ app, at, language }: ShowContext): Record<string, unknown> {
  const web = app.processes.web
  return {
    web:
      web === undefined
        ? null
        : {
            at: at(web.at),
            command: web.command.text,
            steps: web.steps.map((step) => stepJson(step)),
            server: web.server === undefined ? null : serverJson(web.server, language),
          },
    processes: app.processes.all.map((process) => ({
      type: process.type,
      command: process.command.text,
      at: at(process.at),
    })),
  }
}

function stepJson(step: Step): Record<string, unknown> {
  return {
    argv: words(step.argv),
    cwd: step.cwd === undefined ? null : step.cwd === '' ? '.' : step.cwd,
    wrappers: step.wrappers.map(({ name }) => name),
    environment: Object.fromEntries(
      step.changes.map(({ name, parts }) => [name, parts === undefined ? null : partsText(parts)]),
    ),
    background: step.background,
  }
}

function serverJson(server: Server, language: 'en' | 'fr'): Record<string, unknown> {
  const { target } = server
  return {
    name: server.name,
    version: server.version ?? null,
    speaks: server.speaks.protocol,
    why: server.speaks.why[language],
    workers: effectiveText(server.workers),
    bind: server.sockets.map((socket) => ({
      kind: socket.kind,
      host: effectiveText(socket.host),
      port: effectiveText(socket.port),
    })),
    target:
      target === undefined
        ? null
        : {
            text: target.text,
            module: target.module,
            attribute: target.attribute ?? null,
            resolution: target.resolution,
            file: target.file ?? null,
          },
    pingInterval: server.pings.interval ?? null,
    proxyHeaders: server.proxyHeaders ?? null,
    webSockets: server.webSockets ?? null,
  }
}

/** What the web process runs, step by step, and the commands of the others. */
export function webLines({ app, where, bold, dim, language }: ShowContext): ShownLine[] {
  const fr = language === 'fr'
  const web = app.processes.web
  if (web === undefined) return plainly([`${bold('web')}  ${fr ? 'aucun processus web' : 'no web process'}`])
  const lines = plainly([`${bold('web')}  ${printable(web.command.text)}  ${dim(where(web.at))}`])
  const add = (text: string): unknown => lines.push({ text: `  ${text}`, rest: below })
  for (const step of web.steps) {
    const cwd = step.cwd === undefined ? '?' : step.cwd === '' ? '.' : step.cwd
    add(
      `${fr ? 'exécute' : 'runs   '}  ${printable(words(step.argv).join(' '))}  ${dim(`${fr ? 'dans' : 'in'} ${cwd}`)}`,
    )
  }
  const { server } = web
  if (server === undefined) add(fr ? 'serveur  indéterminé' : 'server   undetermined')
  else {
    add(
      `${fr ? 'serveur' : 'server '}  ${server.name}${server.version === undefined ? '' : ` ${server.version}`}, ${server.speaks.protocol} ${dim(`(${server.speaks.why[language]})`)}`,
    )
    for (const socket of server.sockets) {
      const address =
        socket.kind === 'tcp'
          ? `${effectiveText(socket.host) ?? '?'}:${effectiveText(socket.port) ?? '?'}`
          : socket.kind
      add(`${fr ? 'écoute ' : 'listens'}  ${address}`)
    }
    const { target } = server
    if (target !== undefined) {
      add(
        `${fr ? 'charge ' : 'loads  '}  ${target.module}:${target.attribute ?? '?'} ${dim(target.file === undefined ? target.resolution : target.file)}`,
      )
    }
  }
  for (const process of app.processes.all) {
    if (process !== web)
      lines.push({ text: `${bold(process.type)}  ${printable(process.command.text)}  ${dim(where(process.at))}` })
  }
  return lines
}
