import type { Server, ServerOption } from '../model.ts'
import { byDefault, known } from '../word.ts'
import { tcpSocket } from './address.ts'
import { isOn, noPings, server, setting, speaks } from './build.ts'
import { prefixedOptions } from './environment-options.ts'
import { factsAt } from './facts.ts'
import { fromFolder, type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** granian: GRANIAN_* variables, then the command line. Its default interface is rsgi, which Django does not speak. */
export function readGranian(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('granian', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const options =
    facts === undefined ? [] : [...prefixedOptions(invocation, facts, 'GRANIAN'), ...(parsed?.options ?? [])]
  const [target] = parsed?.positionals ?? []
  const folder = last(options, 'working_dir')
  const path = known(folder?.value?.parts)
  const first = folder === undefined ? step.cwd : path === undefined ? undefined : fromFolder(step, path)
  const form = { attribute: 'app', paths: true, calls: false, factory: isOn(options, 'factory') === true }
  const uds = last(options, 'uds')
  return server(invocation, {
    speaks: protocolOf(invocation, options, parsed?.open ?? true),
    workerClass: undefined,
    workers: setting(invocation, facts, options, 'workers', '1'),
    sockets:
      uds === undefined ? [tcp(invocation, options)] : [{ kind: 'unix', host: undefined, port: undefined, at: uds.at }],
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [first])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, parsed?.options ?? [])),
      ...(target === undefined && parsed?.open === false ? [missingArgument('granian', at)] : []),
    ],
    open: parsed?.open ?? true,
    pings: noPings(at),
    proxyHeaders: false,
    webSockets: isOn(options, 'websockets') !== false,
  })
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
  const text = option === undefined ? 'rsgi' : known(option.value?.parts)
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
