import type { Place } from '../../../contracts/place.ts'
import { known } from '../../../evaluate/shell/word.ts'
import type { BoundSocket, Server, ServerOption } from '../model.ts'
import { tcpSocket } from './address.ts'
import { byDefault } from './effective.ts'
import { prefixedOptions } from './environment-options.ts'
import { compareReleases, factsAt } from './facts.ts'
import { fromEnvironment, fromFolder, type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { absentFiles, addressProblems, type HostForm, numberVariable, oneOf } from './refusals.ts'
import { isOn, pings, server, setting, speaks, webConcurrency } from './server-record.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** uvicorn: UVICORN_* variables, then the command line. */
export function readUvicorn(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('uvicorn', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const variables = facts === undefined ? undefined : prefixedOptions(invocation, facts, 'UVICORN', parsed)
  const options = [...(variables?.options ?? []), ...(parsed?.options ?? [])]
  const sockets = uvicornSockets(invocation, options)
  const workers = last(options, 'workers') === undefined ? webConcurrency(invocation) : undefined
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
    workers: workers ?? setting(invocation, facts, options, 'workers'),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [first])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(variables?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, parsed?.options ?? [])),
      ...(facts === undefined ? [] : absentFiles(invocation, facts, options)),
      ...addressProblems('uvicorn', sockets, hosts),
      ...implementations(version, options),
      ...(workers === undefined ? [] : numberVariable('uvicorn', 'WEB_CONCURRENCY', workers)),
      ...(target === undefined && parsed?.open === false ? [missingArgument('uvicorn', at)] : []),
    ],
    open: parsed?.open ?? true,
    pings: uvicornPings(invocation, options),
    proxyHeaders: uvicornProxy(invocation, options),
    webSockets: known(last(options, 'ws')?.value?.parts) !== 'none',
  })
}

const hosts: HostForm = { option: '--host', brackets: false, names: true, empty: true, ports: false }

/** Since 0.36 these options take any `module:attribute`, and what is no known name is imported at the start. */
function implementations(version: string | undefined, options: readonly ServerOption[]): Server['problems'] {
  if (version === undefined || compareReleases(version, '0.36.0') < 0) return []
  const check = (dest: string, names: string[]) =>
    oneOf('uvicorn', last(options, dest), names, (text) => names.includes(text) || /^[^:]+:[^:]+$/.test(text))
  return [
    ...check('ws', ['auto', 'none', 'websockets', 'websockets-sansio', 'wsproto']),
    ...check('http', ['auto', 'h11', 'httptools', 'zttp']),
    ...check('loop', ['auto', 'none', 'asyncio', 'uvloop', 'zuvloop']),
  ]
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

function uvicornSockets(invocation: Invocation, options: readonly ServerOption[]): BoundSocket[] {
  const { at } = invocation
  const [uds, fd] = [last(options, 'uds'), last(options, 'fd')]
  if (fd !== undefined) return [{ kind: 'fd', host: undefined, port: undefined, at: fd.at }]
  if (uds !== undefined)
    return [{ kind: 'unix', host: undefined, port: undefined, at: uds.at, path: known(uds.value?.parts) }]
  const [host, port] = [last(options, 'host'), last(options, 'port')]
  return [
    tcpSocket(
      host === undefined ? byDefault('127.0.0.1', at) : valueOfOption(host),
      port === undefined ? byDefault('8000', at) : valueOfOption(port),
      port?.at ?? host?.at ?? at,
    ),
  ]
}

function uvicornPings(invocation: Invocation, options: readonly ServerOption[]): Server['pings'] {
  const { app, at } = invocation
  const chosen = last(options, 'ws')
  const library = known(chosen?.value?.parts) ?? 'auto'
  const mute = withoutPings(app, library, chosen?.at ?? at)
  if (mute !== undefined) return mute
  const found = pings(
    last(options, 'ws_ping_interval') === undefined
      ? byDefault('20', at)
      : setting(invocation, undefined, options, 'ws_ping_interval'),
  )
  // 0 means none with new releases of websockets, and pings without a pause with older ones.
  return { ...found, interval: found.interval === 0 ? undefined : found.interval }
}

/** The first release that pings with each of these, whatever is asked for before: github.com/Kludex/uvicorn/pull/2916 and 2888. */
const firstPings = { wsproto: '0.46.0', 'websockets-sansio': '0.44.0' } as const

/**
 * What uvicorn's sockets get where an implementation serves them that sends no pings, as the value of `ws` says or because websockets is
 * missing. Undefined: something else serves them, or a uvicorn that pings.
 */
export function withoutPings(
  { dependencies }: Pick<Invocation['app'], 'dependencies'>,
  ws: string,
  at: Place,
): Server['pings'] | undefined {
  const [websockets, wsproto] = ['websockets', 'wsproto'].map((name) => dependencies.installed(name).state)
  const isFallback = ws === 'auto' && websockets !== 'installed' && wsproto === 'installed'
  const library = ws === 'websockets-sansio' ? ws : ws === 'wsproto' || isFallback ? 'wsproto' : undefined
  if (library === undefined) return undefined
  const { version } = dependencies.installed('uvicorn')
  if (version !== undefined && compareReleases(version, firstPings[library]) >= 0) return undefined
  const isKnown = version !== undefined && (!isFallback || websockets === 'absent')
  return { interval: isKnown ? 0 : undefined, source: 'default', at, library }
}

function uvicornProxy({ step, version }: Invocation, options: readonly ServerOption[]): boolean | undefined {
  if (isOn(options, 'proxy_headers') === false) return false
  const option = last(options, 'forwarded_allow_ips')
  const variable =
    option === undefined
      ? step.environment.get('FORWARDED_ALLOW_IPS')
      : { state: 'known', parts: option.value?.parts ?? [] }
  // Since 0.31 `*` stands for everybody only when it stands alone.
  const alone = version === undefined ? undefined : compareReleases(version, '0.31.0') >= 0
  return trusts(variable, alone)
}

/**
 * Whether a list of trusted proxies holds the router, whose address changes. `alone`: `*` counts only by itself; not
 * known when undefined. Networks may hold the router.
 */
export function trusts(
  variable: { readonly state: string; readonly parts?: readonly unknown[] },
  alone: boolean | undefined,
): boolean | undefined {
  if (variable.state === 'absent' || variable.state === 'unknown') return false
  const parts = variable.parts ?? []
  if (variable.state !== 'known' || parts.some((part) => typeof part !== 'string')) return undefined
  const entries = parts
    .join('')
    .split(',')
    .map((entry) => entry.trim())
  if (entries.includes('*')) return alone === false || entries.length === 1 ? true : alone === true ? false : undefined
  return entries.some((entry) => entry.includes('/')) ? undefined : false
}
