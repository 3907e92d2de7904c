import { exception } from '../exceptions.ts'
import { askNetwork } from '../interpreter/failures.ts'
import type { Machine } from '../interpreter/machine.ts'
import { exceptionClass, library, native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { NativeValue, UnknownValue } from '../value.ts'

function open(name: string, of?: UnknownValue['of']): NativeValue {
  return native(`socket.${name}`, (run) => {
    askNetwork(run as Machine, `socket.${name}`)
    return run.unknown(notModelled(`socket.${name}()`), of)
  })
}

/** The name of the dyno's container: another one in each dyno. */
const hostName = (name: string): NativeValue =>
  native(`socket.${name}`, (run) => {
    askNetwork(run as Machine, `socket.${name}`)
    return { ...run.unknown(notModelled(`socket.${name}()`), 'str'), own: 'dyno' }
  })

/** `socket`: what the network answers cannot be known. */
export const socket = library('socket', {
  gethostname: hostName('gethostname'),
  getfqdn: hostName('getfqdn'),
  gethostbyname: open('gethostbyname', 'str'),
  gethostbyname_ex: open('gethostbyname_ex'),
  getaddrinfo: open('getaddrinfo', 'list'),
  create_connection: open('create_connection'),
  socket: open('socket'),
  error: exception('OSError'),
  timeout: exception('TimeoutError'),
  gaierror: exceptionClass('socket.gaierror', [exception('OSError')]),
  herror: exceptionClass('socket.herror', [exception('OSError')]),
})
