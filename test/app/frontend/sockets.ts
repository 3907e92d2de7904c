import type { Socket, UrlPart } from '../../../src/app/frontend/model.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

export function read(files: Record<string, string>) {
  const tree = memoryTree(files)
  return appIn(tree).frontend
}

/** The sockets of a script that a page loads. */
export function sockets(script: string, more: Record<string, string> = {}): readonly Socket[] {
  return read({ 'static/chat.js': script, 'templates/index.html': '<script src="/static/chat.js"></script>', ...more })
    .sockets
}

export function shown(parts: readonly UrlPart[] | undefined): string | undefined {
  return parts?.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')
}

/** Every URL of a script's first socket, with its conditions. */
export function urls(script: string, more: Record<string, string> = {}): string[] {
  const [first] = sockets(script, more)
  return (first?.urls ?? []).map(({ parts, when }) => [shown(parts), ...when.map(({ text }) => text.en)].join(' | '))
}
