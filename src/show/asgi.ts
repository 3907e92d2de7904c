import type { AppNode } from '../app/asgi/model.ts'
import { printable } from '../privacy/printable.ts'
import { plainly, type ShowContext, type ShownLine } from './context.ts'

export function asgiJson({ app, at }: ShowContext): Record<string, unknown> {
  const { asgi } = app
  return {
    asgi: {
      module: asgi.served?.module ?? null,
      file: asgi.served?.file ?? null,
      attribute: asgi.served?.attribute ?? null,
      application: asgi.application.map(({ root }) => nodeJson(root)),
      routes: asgi.routes.map((route) => ({
        protocol: route.protocol,
        patterns: route.patterns.map(({ text }) => text ?? null),
        at: at(route.at),
      })),
      consumers: asgi.consumers.map((consumer) => ({ name: consumer.name, at: at(consumer.at) })),
    },
  }
}

function nodeJson(node: AppNode): unknown {
  switch (node.kind) {
    case 'protocols':
      return { protocols: Object.fromEntries(node.entries.map(({ protocol, app }) => [protocol, nodeJson(app)])) }
    case 'wrapper':
      return { wrapper: node.path, role: node.role, inner: nodeJson(node.inner) }
    case 'routes':
      return { routes: node.routes.map(({ pattern, app }) => ({ pattern: pattern.text ?? null, app: nodeJson(app) })) }
    case 'channels':
      return { channels: Object.fromEntries(node.entries.map(({ name, app }) => [name, nodeJson(app)])) }
    case 'consumer':
      return { consumer: node.name, form: node.form }
    case 'function':
      return { function: node.name }
    case 'wsgi':
      return { wsgi: true }
    case 'uncallable':
      return { uncallable: node.shown }
    case 'unknown':
      return { undetermined: node.why.en }
    default:
      return { django: true }
  }
}

export function asgiLines({ app, bold, dim, where, language }: ShowContext): ShownLine[] {
  const fr = language === 'fr'
  const { asgi } = app
  if (asgi.served === undefined)
    return plainly([`${bold('asgi')}  ${fr ? 'aucune application ASGI' : 'no ASGI application'}`])
  const lines = [`${bold('asgi')}  ${asgi.served.module}:${asgi.served.attribute}  ${dim(asgi.served.file ?? '')}`]
  for (const { root } of asgi.application) draw(root, '  ', lines, language)
  for (const consumer of asgi.consumers) lines.push(`  consumer ${consumer.name}  ${dim(where(consumer.at))}`)
  return plainly(lines)
}

function draw(node: AppNode, indent: string, lines: string[], language: 'en' | 'fr'): void {
  const deeper = `${indent}  `
  switch (node.kind) {
    case 'protocols':
      lines.push(`${indent}ProtocolTypeRouter`)
      for (const { protocol, app } of node.entries) {
        lines.push(`${deeper}${printable(protocol)}`)
        draw(app, `${deeper}  `, lines, language)
      }
      return
    case 'wrapper':
      lines.push(`${indent}${node.path}`)
      draw(node.inner, deeper, lines, language)
      return
    case 'routes':
      for (const { pattern, app } of node.routes) {
        lines.push(`${indent}${printable(pattern.text ?? '?')}`)
        draw(app, deeper, lines, language)
      }
      return
    case 'channels':
      for (const { name } of node.entries) lines.push(`${indent}${printable(name)}`)
      return
    case 'consumer':
      lines.push(`${indent}${node.name}`)
      return
    case 'function':
      lines.push(`${indent}${node.name}()`)
      return
    case 'wsgi':
      lines.push(`${indent}${language === 'fr' ? 'Django, par WSGI' : 'Django, as WSGI'}`)
      return
    case 'uncallable':
      lines.push(`${indent}${printable(node.shown)}`)
      return
    case 'unknown':
      lines.push(`${indent}? ${node.why[language]}`)
      return
    default:
      lines.push(`${indent}Django`)
  }
}
