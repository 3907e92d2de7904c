import { placeKey } from '../../../contracts/place.ts'
import type { ExceptHandler, Expression } from '../../../syntax/python/ast.ts'
import { exception } from '../exceptions.ts'
import { exceptionClass } from '../library.ts'
import type { Value } from '../value.ts'
import { decide } from './decisions.ts'
import { here, type Machine } from './machine.ts'
import { isSubclass, raise } from './raising.ts'

/**
 * Calls that ask the network for something. Whether it answers cannot be known; inside a `try` that is written for the
 * case, both outcomes are explored, elsewhere it is taken to answer.
 */
const asking =
  /^(requests|httpx|boto3|botocore)\.|(^|\.)(ping|urlopen|create_connection|gethostbyname|gethostbyname_ex|getaddrinfo|connect_ex)$|^(psycopg2?|MySQLdb|pymongo)\.connect$/

const services = /^(subprocess|git|redis|django_redis|django\.core\.cache|django\.db\.connection|pymysql)\.|\.objects\./

/** Whether a call may ask another machine or another program for something. */
export function isAsking(path: string): boolean {
  return services.test(path) || asking.test(path.replaceAll('()', ''))
}

const failure = exceptionClass('ConnectionError', [exception('ConnectionError')])

/** Explores that the call with this dotted path fails, when a handler of a `try` around it would catch that. */
export function askNetwork(m: Machine, path: string): void {
  if (!asking.test(path.replaceAll('()', '')) || !isGuarded(m, catchesNetwork)) return
  const at = here(m)
  const answers = decide(m, {
    id: `opaque:network:${placeKey(at)}`,
    variable: undefined,
    opaque: true,
    yes: { en: `\`${path}()\` gets an answer`, fr: `\`${path}()\` obtient une réponse` },
    no: { en: `\`${path}()\` gets no answer`, fr: `\`${path}()\` n’obtient pas de réponse` },
    // The failure comes first: it is from the handler that the names are known that both outcomes bind.
    first: false,
  })
  if (!answers) raise(m, failure, `${path}() got no answer`)
}

/** Whether it would be caught here that what is asked for does not answer, or it is not even sure that the code gets here. */
export function isShielded(m: Machine, path: string): boolean {
  // A program that is not there is a file that is not.
  const isProgram = path.startsWith('subprocess.')
  return (
    m.activation.uncertain !== undefined ||
    m.activation.suppressing > 0 ||
    isGuarded(m, (name) => catchesNetwork(name) || (isProgram && catchesMissingFile(name)))
  )
}

/** Whether the code surely gets here, and what would be caught here are the errors of a database, by the names that all of them share. */
export function isShieldedFromDatabaseAlone(m: Machine): boolean {
  const { uncertain, suppressing } = m.activation
  return (
    uncertain === undefined &&
    suppressing === 0 &&
    !isGuarded(m, (name) => !ofDatabase.test(name) && catchesNetwork(name))
  )
}

/** Errors of `django.db`, psycopg and the others (PEP 249), and what a query itself raises for what it finds. */
const ofDatabase =
  /^(?:(?:Database|Operational|Programming|Interface|Internal|Integrity|Data|NotSupported)Error|UndefinedTable|(?:Object)?DoesNotExist|MultipleObjectsReturned)$/

/** Whether a syntax error in a module that is imported here would be caught. */
export function isReadyForSyntaxError(m: Machine): boolean {
  return isGuarded(m, (name) => /^(SyntaxError|Exception|BaseException)$/.test(name))
}

/** The same for opening a file of which nobody knows whether the dyno has it. */
export function askFile(m: Machine, path: string): void {
  if (!isGuarded(m, catchesMissingFile)) return
  const exists = decide(m, {
    id: `opaque:file:${path}`,
    variable: undefined,
    opaque: true,
    yes: { en: `${path} exists on the dyno`, fr: `${path} existe sur le dyno` },
    no: { en: `${path} does not exist on the dyno`, fr: `${path} n’existe pas sur le dyno` },
    first: false,
  })
  if (!exists) raise(m, 'FileNotFoundError', `[Errno 2] No such file or directory: '${path}'`)
}

const ordinary =
  /^(ImportError|ModuleNotFoundError|KeyError|IndexError|LookupError|ValueError|TypeError|AttributeError|NameError|SyntaxError|ImproperlyConfigured|UndefinedValueError)$/

function isGuarded(m: Machine, catches: (name: string) => boolean): boolean {
  return m.activation.guards.some((handlers) => handlers.some((handler) => caughtNames(handler).some(catches)))
}

/** The names of the exceptions a handler is written for; `Exception` for one without. */
function caughtNames(handler: ExceptHandler): readonly string[] {
  if (handler.type === undefined) return ['Exception']
  const types: readonly Expression[] = handler.type.kind === 'Tuple' ? handler.type.elts : [handler.type]
  return types.map((type) => (type.kind === 'Name' ? type.id : type.kind === 'Attribute' ? type.attr : ''))
}

function catchesNetwork(name: string): boolean {
  return !ordinary.test(name) && name !== 'FileNotFoundError'
}

function catchesMissingFile(name: string): boolean {
  return /^(FileNotFoundError|OSError|IOError|EnvironmentError|Exception|BaseException)$/.test(name)
}

/** Whether `caught` stands for the failure: a package's own class, or one of the operating system's errors. */
export function isNetworkFailure(m: Machine, type: Value, caught: Value): boolean {
  if (type.type !== 'native' || type.native !== failure.native) return false
  if (caught.type === 'native') return isSubclass(m, caught, exception('OSError')) === true
  return caught.type === 'external' || caught.type === 'call' || caught.type === 'unknown'
}

/** Whether a handler seems to be there for a failing import, by the name it catches. */
export function catchesImports(handler: ExceptHandler): boolean {
  return caughtNames(handler).some((name) => imports.test(name))
}

const imports = /^(ImportError|ModuleNotFoundError|Exception|BaseException)$/
