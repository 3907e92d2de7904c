import { bool } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { exceptionClass, library, type NativeClass, native, nativeClass, object } from '../library.ts'
import type { CallArguments, Value } from '../value.ts'
import { intMember } from './support/constants.ts'

const CERT_NONE = intMember('ssl.VerifyMode', 'CERT_NONE', 0)
const CERT_OPTIONAL = intMember('ssl.VerifyMode', 'CERT_OPTIONAL', 1)
const CERT_REQUIRED = intMember('ssl.VerifyMode', 'CERT_REQUIRED', 2)
const PROTOCOL_TLS_CLIENT = intMember('ssl._SSLMethod', 'PROTOCOL_TLS_CLIENT', 16)

/** An SSLContext keeps `check_hostname` and `verify_mode` as attributes; what is loaded into it is not followed. */
const contextClass: NativeClass = {
  class: 'ssl.SSLContext',
  bases: [],
  construct: (run, args) => {
    const protocol = args.positional[0] ?? args.keywords.get('protocol')
    return context(run.at, protocol === PROTOCOL_TLS_CLIENT)
  },
}

function context(at: Value['at'], checked: boolean): Value {
  const attributes = new Map<string, Value>([
    ['check_hostname', bool(checked, at)],
    ['verify_mode', checked ? CERT_REQUIRED : CERT_NONE],
  ])
  return object(contextClass, undefined, at, attributes)
}

/** `ssl`: the constants and contexts that Redis clients are given. Source: Lib/ssl.py of Python 3.12. */
export const ssl = library('ssl', {
  CERT_NONE,
  CERT_OPTIONAL,
  CERT_REQUIRED,
  PROTOCOL_TLS_CLIENT,
  PROTOCOL_TLS_SERVER: intMember('ssl._SSLMethod', 'PROTOCOL_TLS_SERVER', 17),
  PROTOCOL_TLS: intMember('ssl._SSLMethod', 'PROTOCOL_TLS', 2),
  PROTOCOL_TLSv1_2: intMember('ssl._SSLMethod', 'PROTOCOL_TLSv1_2', 5),
  SSLContext: nativeClass(contextClass),
  create_default_context: native('ssl.create_default_context', (run, args: CallArguments) => {
    const purpose = args.positional[0] ?? args.keywords.get('purpose')
    const isServer = purpose?.type === 'external' && purpose.path.endsWith('CLIENT_AUTH')
    return context(run.at, !isServer)
  }),
  _create_unverified_context: native('ssl._create_unverified_context', (run) => context(run.at, false)),
  _create_default_https_context: native('ssl._create_default_https_context', (run) => context(run.at, true)),
  SSLError: exceptionClass('ssl.SSLError', [exception('OSError')]),
})
