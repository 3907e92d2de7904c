import { plainWord } from '../../../evaluate/shell/word.ts'
import type { Server, ServerOption } from '../model.ts'
import { bindAddress, defaultSocket, tcpSocket } from './address.ts'
import { byDefault } from './effective.ts'
import { type Invocation, last, searchPath } from './invocation.ts'
import { noPings, noProblems, server, setting, speaks } from './server-record.ts'
import { readTarget } from './target.ts'

/** What all servers of WSGI applications have in common. */
export function wsgiOnly({
  name,
  at,
}: Invocation): Pick<Server, 'speaks' | 'workerClass' | 'pings' | 'proxyHeaders' | 'webSockets'> {
  return {
    speaks: speaks('wsgi', at, {
      en: `${name} serves WSGI applications only`,
      fr: `${name} ne sert que des applications WSGI`,
    }),
    workerClass: undefined,
    pings: noPings(at),
    proxyHeaders: false,
    webSockets: false,
  }
}

const socketOptions = /^--?(?:http|http-socket|http11-socket|https|socket|s|uwsgi-socket)$/

/** uWSGI: its own option syntax, much of it usually in an .ini file; only what is on the command line is read. */
export function readUwsgi(invocation: Invocation): Server {
  const { app, args, step } = invocation
  const options: ServerOption[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i]
    const text = word?.parts.length === 1 && typeof word.parts[0] === 'string' ? word.parts[0] : undefined
    if (word === undefined || text === undefined || !text.startsWith('-')) continue
    const equals = text.indexOf('=')
    const written = equals === -1 ? text : text.slice(0, equals)
    const next = args[i + 1]
    const value = equals === -1 ? next : plainWord(text.slice(equals + 1), word.at)
    const name = written.replace(/^-+/, '')
    options.push({ name, dest: name, written, value, valueAt: value?.at, at: word.at, source: 'command' })
  }
  const target = last(options, 'module')?.value ?? last(options, 'w')?.value
  const sockets = options
    .filter(({ written }) => socketOptions.test(written))
    .flatMap((option) =>
      option.value === undefined
        ? []
        : [bindAddress(option.value, 'command', option.at, { emptyHost: '', port: '8000' })],
    )
  const form = { attribute: 'application', paths: false, calls: false, factory: false }
  return server(invocation, {
    ...wsgiOnly(invocation),
    workers: setting(invocation, undefined, options, 'processes', '1'),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [step.cwd])),
    options,
    problems: noProblems,
    open: true,
  })
}

/** Servers of which only the kind matters: they speak WSGI. */
export function readOther(invocation: Invocation): Server {
  return server(invocation, {
    ...wsgiOnly(invocation),
    workers: byDefault('1', invocation.at),
    sockets: [],
    target: undefined,
    options: [],
    problems: noProblems,
    open: true,
  })
}

/** `manage.py runserver [address]`: ASGI when daphne (or channels < 4) is an installed app, which settings tell. */
export function readRunserver(invocation: Invocation): Server {
  const { args, at } = invocation
  const address = args.find((word) => !(typeof word.parts[0] === 'string' && word.parts[0].startsWith('-')))
  const form = { emptyHost: '127.0.0.1', port: '8000' }
  const onlyPort =
    address?.parts.length === 1 && (typeof address.parts[0] === 'object' || /^\d+$/.test(address.parts[0] as string))
  const socket =
    address === undefined
      ? defaultSocket('127.0.0.1', '8000', at)
      : onlyPort
        ? tcpSocket(
            byDefault('127.0.0.1', at),
            { parts: address.parts, source: 'command', at: address.at, why: undefined },
            address.at,
          )
        : bindAddress(address, 'command', address.at, form)
  return server(invocation, {
    speaks: speaks('undetermined', at, {
      en: 'runserver speaks ASGI only with daphne in INSTALLED_APPS',
      fr: 'runserver ne parle ASGI qu’avec daphne dans INSTALLED_APPS',
    }),
    workerClass: undefined,
    workers: byDefault('1', at),
    sockets: [socket],
    target: undefined,
    options: [],
    problems: noProblems,
    open: false,
    pings: { interval: undefined, source: 'default', at },
    proxyHeaders: false,
    webSockets: undefined,
  })
}
