import type { Effective, Server } from '../app/processes/model.ts'
import type { Part } from '../evaluate/parts.ts'
import type { Step, Word } from '../evaluate/shell/model.ts'
import { printable } from '../privacy/printable.ts'
import type { ShowContext } from './context.ts'

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

export function webText({ app, where, bold, dim, language }: ShowContext): string {
  const fr = language === 'fr'
  const web = app.processes.web
  if (web === undefined) return `${bold('web')}  ${fr ? 'aucun processus web' : 'no web process'}\n`
  const lines = [`${bold('web')}  ${printable(web.command.text)}  ${dim(where(web.at))}`]
  for (const step of web.steps) {
    const cwd = step.cwd === undefined ? '?' : step.cwd === '' ? '.' : step.cwd
    lines.push(
      `  ${fr ? 'exécute' : 'runs   '}  ${printable(words(step.argv).join(' '))}  ${dim(`${fr ? 'dans' : 'in'} ${cwd}`)}`,
    )
  }
  const { server } = web
  if (server === undefined) lines.push(`  ${fr ? 'serveur  indéterminé' : 'server   undetermined'}`)
  else {
    lines.push(
      `  ${fr ? 'serveur' : 'server '}  ${server.name}${server.version === undefined ? '' : ` ${server.version}`}, ${server.speaks.protocol} ${dim(`(${server.speaks.why[language]})`)}`,
    )
    for (const socket of server.sockets) {
      const address =
        socket.kind === 'tcp'
          ? `${effectiveText(socket.host) ?? '?'}:${effectiveText(socket.port) ?? '?'}`
          : socket.kind
      lines.push(`  ${fr ? 'écoute ' : 'listens'}  ${address}`)
    }
    const { target } = server
    if (target !== undefined) {
      lines.push(
        `  ${fr ? 'charge ' : 'loads  '}  ${target.module}:${target.attribute ?? '?'} ${dim(target.file === undefined ? target.resolution : target.file)}`,
      )
    }
  }
  for (const process of app.processes.all) {
    if (process !== web)
      lines.push(`${bold(process.type)}  ${printable(process.command.text)}  ${dim(where(process.at))}`)
  }
  return `${lines.join('\n')}\n`
}
