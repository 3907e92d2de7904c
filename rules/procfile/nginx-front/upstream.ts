import type { BoundSocket, ProcessRun, Server } from '../../../src/app/processes/model.ts'
import { isOpen, type NginxConfig, named } from '../../../src/app/processes/nginx/config.ts'
import { servingOf } from '../../../src/app/processes/nginx/serving.ts'
import { textFor } from '../../../src/app/processes/nginx/values.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** An address that nginx hands requests on to: `unix:/tmp/nginx.socket`, `127.0.0.1:8000`. */
export interface Target {
  readonly address: string
  readonly at: Place
  /** It is the whole word there. */
  readonly whole: boolean
}

/** Where nginx hands the first page on to. */
export type Targets =
  | { readonly kind: 'known'; readonly all: readonly Target[] }
  | { readonly kind: 'unknown'; readonly why: Text; readonly at: Place | undefined }

const unread = {
  en: 'which address its configuration hands pages on to depends on what cannot be read here',
  fr: 'l’adresse à laquelle sa configuration transmet les pages dépend de ce qui ne se lit pas ici',
} as const

/** Follows a request for the first page to the addresses that are to answer it. */
export function targetsOf(config: NginxConfig): Targets {
  const serving = servingOf(config, '/')
  if (serving.kind === 'unknown') return { kind: 'unknown', why: serving.why, at: serving.at?.at }
  const { pass, chain } = serving
  const place = pass.words[0] && { file: pass.at.file, span: pass.words[0].span }
  const authority = /^http:\/\/(unix:[^:]+|[^/]+)/.exec(textFor(pass.words[0], chain, {}) ?? '')?.[1]
  const unknown = { kind: 'unknown', why: unread, at: pass.at } as const
  if (authority === undefined || place === undefined) return unknown
  const upstreams = named(chain[0]?.block, 'upstream').filter(({ words }) => words[0]?.text === authority)
  const [upstream, ...others] = upstreams
  if (upstream === undefined)
    return /^unix:|:\d+$/.test(authority)
      ? { kind: 'known', all: [{ address: authority, at: place, whole: false }] }
      : unknown
  const servers = named(upstream.block, 'server')
  const all = servers.flatMap(({ words: [word], at, sure }) =>
    word?.text === undefined || !sure
      ? []
      : [{ address: word.text, at: { file: at.file, span: word.span }, whole: true }],
  )
  const isWhole = others.length === 0 && upstream.sure && !isOpen(upstream.block) && all.length === servers.length
  return isWhole && all.length > 0 ? { kind: 'known', all } : { ...unknown, at: upstream.at }
}

/** Whether a server of the run listens at an address; undefined: nobody can tell. */
export function isServed(run: ProcessRun, { address }: Target): boolean | undefined {
  const answers = run.servers.flatMap((server) => [
    ...(server.open ? [undefined] : []),
    ...server.sockets.map((socket) => isAt(socket, address)),
  ])
  if (answers.includes(true)) return true
  return answers.includes(undefined) || run.unknowns.length > 0 || mayHaveOthers(run) ? undefined : false
}

function isAt(socket: BoundSocket, address: string): boolean | undefined {
  const path = /^unix:(.+)$/.exec(address)?.[1]
  if (path !== undefined) {
    if (socket.kind === 'tcp') return false
    return socket.path?.startsWith('/') && path.startsWith('/') ? socket.path === path : undefined
  }
  const [, host = '', port = '80'] = /^(.+?)(?::(\d+))?$/.exec(address) ?? []
  // Another machine may be meant.
  if (!/^(?:127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1?\])$/i.test(host)) return undefined
  if (socket.kind === 'unix') return false
  const own = known(socket.port?.parts)
  if (socket.kind !== 'tcp' || own === undefined || !/^\d+$/.test(own)) return undefined
  if (own !== port) return false
  return socket.host?.reach === 'any' || socket.host?.reach === 'loopback' ? true : undefined
}

/** Something else that stays may listen there. */
const mayHaveOthers = ({ steps, servers }: ProcessRun): boolean =>
  steps.some(
    (step) =>
      (step.background || step.manager !== undefined) &&
      !servers.some((server) => server.step === step) &&
      !/^(?:nginx(?:-debug)?|start-nginx[\w-]*)$/.test(baseName(step.argv[0]) ?? ''),
  )

/** Where a server listens, as nginx would write it; undefined: that cannot be said in one address. */
export function addressOf({ sockets }: Server): string | undefined {
  const [socket, ...others] = sockets
  if (socket === undefined || others.length > 0) return undefined
  if (socket.kind === 'unix') return socket.path && `unix:${socket.path}`
  const port = known(socket.port?.parts)
  return socket.kind === 'tcp' && port !== undefined ? `127.0.0.1:${port}` : undefined
}
