import type { Server, Socket, UsageProblem } from '../model.ts'
import { byDefault, known } from '../word.ts'
import { defaultSocket, endpoint, tcpSocket } from './address.ts'
import { isOn, pings, server, setting, speaks } from './build.ts'
import { factsAt } from './facts.ts'
import { type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** daphne: everything on the command line; sockets as in `daphne/cli.py` (2.x to 4.2). */
export function readDaphne(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('daphne', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const options = parsed?.options ?? []
  const [target] = parsed?.positionals ?? []
  const form = { attribute: undefined, paths: false, calls: false, factory: false }
  return server(invocation, {
    speaks: speaks('asgi', at, { en: 'daphne serves ASGI applications', fr: 'daphne sert des applications ASGI' }),
    workerClass: undefined,
    workers: byDefault('1', at),
    sockets: socketsOf(invocation, options),
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [step.cwd])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, options)),
      ...verbosity(options),
      ...(target === undefined && parsed?.open === false ? [missingArgument('daphne', at)] : []),
    ],
    open: parsed?.open ?? true,
    pings: pings(setting(invocation, facts, options, 'ping_interval')),
    proxyHeaders:
      parsed?.open === true && isOn(options, 'proxy_headers') === undefined
        ? undefined
        : isOn(options, 'proxy_headers') === true,
    webSockets: true,
  })
}

function socketsOf({ at }: Invocation, options: Server['options']): Socket[] {
  const sockets: Socket[] = options
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
  if (unix !== undefined) sockets.push({ kind: 'unix', host: undefined, port: undefined, at: unix.at })
  if (fd !== undefined) sockets.push({ kind: 'fd', host: undefined, port: undefined, at: fd.at })
  return sockets.length > 0 ? sockets : [defaultSocket('127.0.0.1', '8000', at)]
}

/** Another number than 0 to 3 is a KeyError at the start. */
function verbosity(options: Server['options']): UsageProblem[] {
  const option = last(options, 'verbosity')
  const text = known(option?.value?.parts)
  if (option === undefined || text === undefined || !/^\d+$/.test(text) || Number(text) <= 3) return []
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
