import { known } from '../../../evaluate/shell/word.ts'
import type { BoundSocket, Server, UsageProblem } from '../model.ts'
import { defaultSocket, endpoint, tcpSocket } from './address.ts'
import { byDefault } from './effective.ts'
import { factsAt } from './facts.ts'
import { type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { addressProblems, type HostForm, refusal } from './refusals.ts'
import { isOn, pings, server, setting, speaks } from './server-record.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** daphne: everything on the command line; sockets as in `daphne/cli.py` (2.x to 4.2). */
export function readDaphne(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('daphne', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const options = parsed?.options ?? []
  const [target] = parsed?.positionals ?? []
  const sockets = socketsOf(invocation, options)
  const form = { attribute: undefined, paths: false, calls: false, factory: false }
  return server(invocation, {
    speaks: speaks('asgi', at, { en: 'daphne serves ASGI applications', fr: 'daphne sert des applications ASGI' }),
    workerClass: undefined,
    workers: byDefault('1', at),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [step.cwd])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, options)),
      ...verbosity(options),
      ...addressProblems('daphne', sockets, hosts),
      ...loneProxyOptions(options),
      ...(target === undefined && parsed?.open === false ? [missingArgument('daphne', at)] : []),
    ],
    open: parsed?.open ?? true,
    pings: pingsOf(pings(setting(invocation, facts, options, 'ping_interval'))),
    proxyHeaders:
      parsed?.open === true && isOn(options, 'proxy_headers') === undefined
        ? undefined
        : isOn(options, 'proxy_headers') === true && readsRouterHeader(options),
    webSockets: true,
  })
}

function socketsOf({ at }: Invocation, options: Server['options']): BoundSocket[] {
  const sockets: BoundSocket[] = options
    .filter(({ dest }) => dest === 'socket_strings')
    .flatMap((option) => (option.value === undefined ? [] : [endpoint(option.value, option.source, option.at)]))
  const [host, port] = [last(options, 'host'), last(options, 'port')]
  const [unix, fd] = [last(options, 'unix_socket'), last(options, 'file_descriptor')]
  const hostValue = host === undefined ? undefined : valueOfOption(host)
  const emptyHost = hostValue === undefined || hostValue.parts?.length === 0
  if (port !== undefined || !emptyHost) {
    const where = port?.at ?? host?.at ?? at
    sockets.push(
      tcpSocket(
        emptyHost || hostValue === undefined ? byDefault('127.0.0.1', at) : hostValue,
        port === undefined ? byDefault('8000', at) : valueOfOption(port),
        where,
      ),
    )
  }
  if (unix !== undefined)
    sockets.push({ kind: 'unix', host: undefined, port: undefined, at: unix.at, path: known(unix.value?.parts) })
  if (fd !== undefined) sockets.push({ kind: 'fd', host: undefined, port: undefined, at: fd.at })
  return sockets.length > 0 ? sockets : [defaultSocket('127.0.0.1', '8000', at)]
}

const hosts: HostForm = { option: '--bind', brackets: true, names: true, empty: true, ports: true }

/** daphne looks every 2 seconds who was silent for longer than the interval: 0 does not switch pings off. */
function pingsOf({ interval, ...rest }: Server['pings']): Server['pings'] {
  return { ...rest, interval: interval === undefined ? undefined : Math.max(interval, 2) }
}

/** The scheme is taken over only from a request that has the header of the client's address, which the router sends. */
function readsRouterHeader(options: Server['options']): boolean {
  const header = last(options, 'proxy_headers_host')
  const text = known(header?.value?.parts)
  return header === undefined || text === '' || text?.toLowerCase() === 'x-forwarded-for'
}

/** `--proxy-headers-host` without `--proxy-headers` ends in an ArgumentError. */
function loneProxyOptions(options: Server['options']): UsageProblem[] {
  if (isOn(options, 'proxy_headers') === true) return []
  const lone = last(options, 'proxy_headers_host') ?? last(options, 'proxy_headers_port')
  if (lone === undefined || known(lone.value?.parts) === '') return []
  const message = {
    en: `\`${lone.written}\` of daphne needs \`--proxy-headers\` beside it`,
    fr: `\`${lone.written}\` de daphne exige \`--proxy-headers\` à côté`,
  }
  return [refusal(lone.written, lone.at, message)]
}

/** Another number than 0 to 3 is a KeyError at the start. */
function verbosity(options: Server['options']): UsageProblem[] {
  const option = last(options, 'verbosity')
  const text = known(option?.value?.parts)
  if (option === undefined || text === undefined || !/^-?\d+$/.test(text) || (Number(text) >= 0 && Number(text) <= 3))
    return []
  const message = {
    en: `the verbosity of daphne goes from 0 to 3, not ${text} (KeyError at the start)`,
    fr: `la verbosité de daphne va de 0 à 3, pas ${text} (KeyError au démarrage)`,
  }
  return [
    {
      kind: 'invalid-value',
      option: option.written,
      at: option.at,
      message,
      suggestion: undefined,
      versions: undefined,
    },
  ]
}
