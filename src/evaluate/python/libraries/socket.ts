import type { Hole } from '../../parts.ts'
import { exception } from '../exceptions.ts'
import { askNetwork } from '../interpreter/failures.ts'
import type { Machine } from '../interpreter/machine.ts'
import { exceptionClass, library, native, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { CallArguments, NativeValue, StrValue, UnknownValue, Value } from '../value.ts'

function asked(run: PythonRun, name: string, of?: UnknownValue['of']): Value {
  askNetwork(run as Machine, `socket.${name}`)
  return run.unknown(notModelled(`socket.${name}()`), of)
}

const open = (name: string, of?: UnknownValue['of']): NativeValue =>
  native(`socket.${name}`, (run) => asked(run, name, of))

/** The name of the dyno's container: another one in each dyno. */
const hostName = (name: string): NativeValue =>
  native(`socket.${name}`, (run) => {
    askNetwork(run as Machine, `socket.${name}`)
    return { ...run.unknown(notModelled(`socket.${name}()`), 'str'), own: 'dyno' }
  })

/** The machine's own name: what asks the resolver for it gets an answer from the machine itself. */
const isOwnName = (value: Value | undefined): boolean => value?.type === 'unknown' && value.own === 'dyno'

/** The dyno's address in its own network, whoever asks for it: no browser knows it. */
const ownAddress: Hole = {
  name: 'gethostbyname(gethostname())',
  variable: undefined,
  chars: 'host',
  nonEmpty: true,
  own: 'dyno',
}

const own = ({ at }: PythonRun): StrValue => ({ type: 'str', parts: [ownAddress], at })

const nameGiven = ({ positional, keywords }: CallArguments): Value | undefined =>
  positional[0] ?? keywords.get('hostname')

const hostByName = native('socket.gethostbyname', (run, args) =>
  isOwnName(nameGiven(args)) ? own(run) : asked(run, 'gethostbyname', 'str'),
)

/** Name, aliases, addresses. */
const hostByNameEx = native('socket.gethostbyname_ex', (run, args) => {
  const name = nameGiven(args)
  if (name === undefined || !isOwnName(name)) return asked(run, 'gethostbyname_ex')
  const list = (items: Value[]): Value => ({ type: 'list', items, rest: undefined, at: run.at })
  return { type: 'tuple', items: [name, list([]), list([own(run)])], rest: undefined, at: run.at }
})

/** `socket`: what the network answers cannot be known. */
export const socket = library('socket', {
  gethostname: hostName('gethostname'),
  getfqdn: hostName('getfqdn'),
  gethostbyname: hostByName,
  gethostbyname_ex: hostByNameEx,
  getaddrinfo: open('getaddrinfo', 'list'),
  create_connection: open('create_connection'),
  socket: open('socket'),
  error: exception('OSError'),
  timeout: exception('TimeoutError'),
  gaierror: exceptionClass('socket.gaierror', [exception('OSError')]),
  herror: exceptionClass('socket.herror', [exception('OSError')]),
})
