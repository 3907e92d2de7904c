import { known } from '../../../evaluate/shell/word.ts'
import type { BoundSocket, Server, ServerOption } from '../model.ts'
import { tcpSocket } from './address.ts'
import { byDefault } from './effective.ts'
import { prefixedOptions } from './environment-options.ts'
import { factsAt } from './facts.ts'
import { fromFolder, type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { absentFiles, addressProblems, type HostForm } from './refusals.ts'
import { isOn, noPings, server, setting, speaks } from './server-record.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** granian: GRANIAN_* variables, then the command line. Its default interface is rsgi, which Django does not speak. */
export function readGranian(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('granian', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const variables = facts === undefined ? undefined : prefixedOptions(invocation, facts, 'GRANIAN', parsed)
  const options = [...(variables?.options ?? []), ...(parsed?.options ?? [])]
  const [target] = parsed?.positionals ?? []
  const folder = last(options, 'working_dir')
  const path = known(folder?.value?.parts)
  const first = folder === undefined ? step.cwd : path === undefined ? undefined : fromFolder(step, path)
  const form = { attribute: 'app', paths: true, calls: false, factory: isOn(options, 'factory') === true }
  const uds = last(options, 'uds')
  const main: BoundSocket =
    uds === undefined
      ? tcp(invocation, options)
      : { kind: 'unix', host: undefined, port: undefined, at: uds.at, path: known(uds.value?.parts) }
  const sockets = [main, ...metrics(invocation, options)]
  return server(invocation, {
    speaks: protocolOf(invocation, options, parsed?.open ?? true),
    workerClass: undefined,
    workers: setting(invocation, facts, options, 'workers', '1'),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [first])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(variables?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, parsed?.options ?? [])),
      ...(facts === undefined ? [] : absentFiles(invocation, facts, options)),
      ...addressProblems('granian', sockets, hosts),
      ...(target === undefined && parsed?.open === false ? [missingArgument('granian', at)] : []),
    ],
    open: parsed?.open ?? true,
    pings: noPings(at),
    proxyHeaders: false,
    // HTTP/2 alone has no upgrades.
    webSockets: isOn(options, 'websockets') !== false && known(last(options, 'http')?.value?.parts) !== '2',
  })
}

const hosts: HostForm = { option: '--host', brackets: false, names: false, empty: false, ports: true }

/** `--metrics` opens a socket of its own. */
function metrics({ at }: Invocation, options: readonly ServerOption[]): BoundSocket[] {
  if (isOn(options, 'metrics_enabled') !== true && isOn(options, 'metrics') !== true) return []
  const [host, port] = [last(options, 'metrics_address'), last(options, 'metrics_port')]
  return [
    tcpSocket(
      host === undefined ? byDefault('127.0.0.1', at) : valueOfOption(host),
      port === undefined ? byDefault('9090', at) : valueOfOption(port),
      at,
    ),
  ]
}

function tcp({ at }: Invocation, options: readonly ServerOption[]): Server['sockets'][number] {
  const [host, port] = [last(options, 'host'), last(options, 'port')]
  return tcpSocket(
    host === undefined ? byDefault('127.0.0.1', at) : valueOfOption(host),
    port === undefined ? byDefault('8000', at) : valueOfOption(port),
    port?.at ?? host?.at ?? at,
  )
}

function protocolOf({ at }: Invocation, options: readonly ServerOption[], open: boolean): Server['speaks'] {
  const option = last(options, 'interface')
  if (option === undefined && open)
    return speaks('undetermined', at, {
      en: 'its options come from a variable',
      fr: 'ses options viennent d’une variable',
    })
  const text = option === undefined ? 'rsgi' : known(option.value?.parts)?.toLowerCase()
  const where = option?.at ?? at
  if (text === 'asgi' || text === 'asginl')
    return speaks('asgi', where, { en: `\`--interface ${text}\``, fr: `\`--interface ${text}\`` })
  if (text === 'wsgi') return speaks('wsgi', where, { en: '`--interface wsgi`', fr: '`--interface wsgi`' })
  if (text === 'rsgi')
    return speaks('rsgi', where, {
      en: 'granian speaks rsgi unless `--interface asgi` is given',
      fr: 'granian parle rsgi sauf avec `--interface asgi`',
    })
  return speaks('undetermined', where, {
    en: 'its interface comes from a variable',
    fr: 'son interface vient d’une variable',
  })
}
