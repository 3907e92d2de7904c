import type { Server, ServerOption, Socket } from '../model.ts'
import { byDefault, known } from '../word.ts'
import { tcpSocket } from './address.ts'
import { isOn, pings, server, setting, speaks, webConcurrency } from './build.ts'
import { prefixedOptions } from './environment-options.ts'
import { compareReleases, factsAt } from './facts.ts'
import { fromEnvironment, fromFolder, type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** uvicorn: UVICORN_* variables, then the command line. */
export function readUvicorn(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('uvicorn', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const options =
    facts === undefined ? [] : [...prefixedOptions(invocation, facts, 'UVICORN'), ...(parsed?.options ?? [])]
  const target = parsed?.positionals[0] ?? fromEnvironment(step, 'UVICORN_APP', at)
  const folder = known(last(options, 'app_dir')?.value?.parts)
  const first =
    last(options, 'app_dir') === undefined
      ? step.cwd
      : folder === undefined
        ? undefined
        : fromFolder(step, folder === '' ? '.' : folder)
  const form = { attribute: undefined, paths: false, calls: false, factory: isOn(options, 'factory') === true }
  return server(invocation, {
    speaks: protocolOf(invocation, options),
    workerClass: undefined,
    workers:
      last(options, 'workers') === undefined
        ? webConcurrency(invocation)
        : setting(invocation, facts, options, 'workers'),
    sockets: uvicornSockets(invocation, options),
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [first])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, parsed?.options ?? [])),
      ...(target === undefined && parsed?.open === false ? [missingArgument('uvicorn', at)] : []),
    ],
    open: parsed?.open ?? true,
    pings: uvicornPings(invocation, options),
    proxyHeaders: uvicornProxy(invocation, options),
    webSockets: known(last(options, 'ws')?.value?.parts) !== 'none',
  })
}

function protocolOf({ at }: Invocation, options: readonly ServerOption[]): Server['speaks'] {
  const option = last(options, 'interface')
  const text = known(option?.value?.parts)
  if (option !== undefined && text === 'wsgi') {
    return speaks('wsgi', option.at, {
      en: '`--interface wsgi` makes uvicorn serve a WSGI application',
      fr: '`--interface wsgi` fait servir à uvicorn une application WSGI',
    })
  }
  return speaks('asgi', at, { en: 'uvicorn serves ASGI applications', fr: 'uvicorn sert des applications ASGI' })
}

function uvicornSockets(invocation: Invocation, options: readonly ServerOption[]): Socket[] {
  const { at } = invocation
  const [uds, fd] = [last(options, 'uds'), last(options, 'fd')]
  if (fd !== undefined) return [{ kind: 'fd', host: undefined, port: undefined, at: fd.at }]
  if (uds !== undefined) return [{ kind: 'unix', host: undefined, port: undefined, at: uds.at }]
  const [host, port] = [last(options, 'host'), last(options, 'port')]
  return [
    tcpSocket(
      host === undefined ? byDefault('127.0.0.1', at) : valueOfOption(host),
      port === undefined ? byDefault('8000', at) : valueOfOption(port),
      port?.at ?? host?.at ?? at,
    ),
  ]
}

/** Before 0.46 wsproto sent no pings at all; with websockets the default is 20 s. */
function uvicornPings(invocation: Invocation, options: readonly ServerOption[]): Server['pings'] {
  const { app, at, version } = invocation
  const chosen = known(last(options, 'ws')?.value?.parts) ?? 'auto'
  const hasWebsockets = app.dependencies.installed('websockets').state
  const wsproto = chosen === 'wsproto' || (chosen === 'auto' && hasWebsockets === 'absent')
  if (wsproto && (version === undefined || compareReleases(version, '0.46.0') < 0)) {
    return { interval: version === undefined ? undefined : 0, source: 'default', at: last(options, 'ws')?.at ?? at }
  }
  return pings(
    last(options, 'ws_ping_interval') === undefined
      ? byDefault('20', at)
      : setting(invocation, undefined, options, 'ws_ping_interval'),
  )
}

function uvicornProxy({ step }: Invocation, options: readonly ServerOption[]): boolean | undefined {
  if (isOn(options, 'proxy_headers') === false) return false
  const option = last(options, 'forwarded_allow_ips')
  return trusts(
    option === undefined
      ? step.environment.get('FORWARDED_ALLOW_IPS')
      : { state: 'known', parts: option.value?.parts ?? [] },
  )
}

/** Whether a list of trusted proxies holds the router, whose address changes. */
export function trusts(variable: { readonly state: string; readonly parts?: readonly unknown[] }): boolean | undefined {
  if (variable.state === 'absent' || variable.state === 'unknown') return false
  const parts = variable.parts ?? []
  if (variable.state !== 'known' || parts.some((part) => typeof part !== 'string')) return undefined
  return parts
    .join('')
    .split(',')
    .some((entry) => entry.trim() === '*' || entry.trim() === '0.0.0.0/0')
}
