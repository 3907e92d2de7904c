import type { App } from '../../../src/app/app.ts'
import { type Met, metAnywhere } from '../../../src/app/settings/start.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { worldsOf } from '../../../src/app/settings/worlds.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Condition, Contingent } from '../../../src/evaluate/condition.ts'
import type { Part } from '../../../src/evaluate/parts.ts'
import type { Event, StartMoment } from '../../../src/evaluate/python/evaluation.ts'
import { everyVariable } from '../../../src/evaluate/python/reasons.ts'
import { plain, type Value } from '../../../src/evaluate/python/value.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { type RootLogger, reachesConsole, rootOf } from './console.ts'

/** A secret that goes to the output of a process, where Heroku takes it for the log. */
export interface LoggedSecret extends Met {
  /** The config var it comes from; empty: it is all of them. */
  readonly variable: string
  /** `password`: of the address in the variable; `value`: the whole variable is a secret; `environment`: all variables. */
  readonly kind: 'password' | 'value' | 'environment'
  /** The configuration of the loggers rests on it. */
  readonly when: readonly Condition[]
}

interface PrintedSecret extends Pick<LoggedSecret, 'kind' | 'variable' | 'at'> {
  /** Where `set -x` was said, which writes it. */
  readonly tracedBy: Place | undefined
}

/** What a process surely prints before its program starts: `printenv`, `echo "$REDIS_URL"`. */
export function printedSecrets(app: App): PrintedSecret[] {
  const all = app.processes.all.flatMap(({ runs }) => {
    const [first, ...others] = runs
    const always = (first?.printed ?? []).filter(({ at }) =>
      others.every(({ printed }) => printed.some((other) => placeKey(other.at) === placeKey(at))),
    )
    return always.flatMap(({ what, at, tracedBy }): PrintedSecret[] => {
      const [secret] = what === 'environment' ? everything : what.flatMap(({ part }) => secretOfWord(part))
      return secret === undefined ? [] : [{ ...secret, at, tracedBy }]
    })
  })
  return uniqueBy(all, ({ at }) => placeKey(at))
}

/** A variable whose value is a secret, or an address with a password. */
function secretOfWord(part: Part): readonly Secret[] {
  if (typeof part === 'string') return []
  const { name, variable } = part
  const isWhole = variable !== undefined && name === variable && isAddress.test(variable)
  return isWhole ? [{ variable, kind: 'password' }] : secretOf(part)
}

/** Addresses with passwords that add-ons set. */
const isAddress = /^(?:DATABASE|HEROKU_POSTGRESQL_[A-Z]+|REDIS|REDIS_TLS|CLOUDAMQP|RABBITMQ)_URL$/

/**
 * What is surely printed or logged while the settings are imported, Django starts, and the served module is loaded; each place once. What
 * the build alone meets goes to its own output.
 */
export function loggedSecrets(app: App): LoggedSecret[] {
  const ownBuild = worldsOf(app).some(({ hop, settings }) => hop === 'build' && settings !== app.settings)
  const rests = new Map<string, readonly Condition[]>()
  let root: { readonly logger: RootLogger | undefined } | undefined
  const keyOf = (event: Event, moment: StartMoment | undefined): string | undefined => {
    if (event.type !== 'call' || !writing.test(event.path)) return undefined
    const [secret] = secretsOf(event.args.positional)
    if (secret === undefined) return undefined
    root ??= { logger: configuresLoggers(app) ? undefined : rootOf(app.processes.web) }
    const when = whenWritten(event, loggingOf(app), root.logger, moment !== undefined)
    if (when === undefined) return undefined
    rests.set(placeKey(event.at), when)
    return `${secret.kind} ${secret.variable}`
  }
  const seen = metAnywhere(app, keyOf, (hop) => hop !== 'build' || !ownBuild)
  return seen.flatMap(({ key, met }): LoggedSecret[] => {
    const [kind, variable = ''] = key.split(' ') as [LoggedSecret['kind'], string?]
    return met.when.length > 0 ? [] : [{ ...met, kind, variable, when: rests.get(placeKey(met.at)) ?? [] }]
  })
}

const configuring =
  /^logging(?:\.config)?\.(?:basicConfig|disable|addLevelName|dictConfig|fileConfig|setLoggerClass)$|^logging\.getLogger\(\)\.(?:setLevel|(?:add|remove)(?:Handler|Filter))$/

/** Whether code has loggers its own way, beside LOGGING: what comes out of them is not looked for then. */
function configuresLoggers(app: App): boolean {
  if (!app.settings.isAbsent('LOGGING_CONFIG')) return true
  const calls = metAnywhere(app, (event) => {
    if (event.type === 'assign') return event.path.startsWith('logging.') ? event.path : undefined
    return event.type === 'call' && configuring.test(event.path) ? event.path : undefined
  })
  return calls.length > 0
}

/** Levels by the method that logs at it. */
const levels: Readonly<Record<string, number>> = {
  debug: 10,
  info: 20,
  warning: 30,
  warn: 30,
  error: 40,
  exception: 40,
  critical: 50,
  fatal: 50,
}

const writing = /^(?:print|pprint\.pp(?:rint)?|sys\.std(?:out|err)\.write|logging\.(?:getLogger\(\)\.)?[a-z]+)$/
const logger = /^logging(?<made>\.getLogger\(\))?\.(?<method>[a-z]+)$/

/** LOGGING on a path; undefined: nothing is configured there. */
interface Logging extends Contingent {
  readonly value: Value | undefined
}

function loggingOf({ settings }: App): readonly Logging[] {
  const { alternatives = [], absent = [] } = settings.get('LOGGING') ?? {}
  const ways = [...alternatives, ...absent.map((when) => ({ when, value: undefined }))]
  return ways.length === 0 ? [{ when: [], value: undefined }] : ways
}

/**
 * When a call writes to the output; undefined: never, or nobody knows. `root`: the root logger before anything is configured, undefined
 * where nobody knows what loggers do. `started`: Django has begun to start, and LOGGING is in force; else it may be, as in a served module
 * that makes its application first.
 */
function whenWritten(
  { path, args: { positional, keywords }, of }: Extract<Event, { type: 'call' }>,
  ways: readonly Logging[],
  root: RootLogger | undefined,
  started: boolean,
): readonly Condition[] | undefined {
  const always = (is: boolean) => (is ? [] : undefined)
  if (path === 'print') return always(toConsole(keywords.get('file')))
  if (path.startsWith('pprint.')) return always(positional.length === 1)
  if (path.startsWith('sys.')) return always(true)
  const { made, method = '' } = logger.exec(path)?.groups ?? {}
  const level = levels[method]
  if (level === undefined || root === undefined) return undefined
  const [named] = of?.positional ?? []
  const name = made === undefined || named === undefined ? '' : plain(named)
  // Django has loggers of its own, with handlers that write for developers.
  if (name === undefined || /^django(?:\.|$)/.test(name)) return undefined
  if (!started && !reachesConsole(name, level, undefined, root)) return undefined
  const written = verdict(ways, ({ value }) => reachesConsole(name, level, value, root))
  return written.state === 'holds' ? written.when : undefined
}

function toConsole(file: Value | undefined): boolean {
  if (file === undefined || file.type === 'none') return true
  return file.type === 'external' && /^sys\.std(?:out|err)$/.test(file.path)
}

type Secret = Pick<LoggedSecret, 'variable' | 'kind'>

const everything: readonly Secret[] = [{ variable: '', kind: 'environment' }]

/** The secrets in values as they are shown, through lists and dicts. */
function secretsOf(values: readonly Value[], depth = 0): readonly Secret[] {
  if (depth > 8) return []
  return values.flatMap((value): readonly Secret[] => {
    switch (value.type) {
      case 'str':
        return value.parts.flatMap((part) => (typeof part === 'string' ? [] : secretOf(part)))
      case 'object':
        return value.class === 'os._Environ' ? everything : []
      case 'list':
      case 'tuple':
      case 'set':
        return secretsOf(value.items, depth + 1)
      case 'dict': {
        const held = value.entries.map((entry) => entry.value)
        // A comprehension over them, which may leave some out, has no texts for sure.
        const isWhole = value.rest?.reason === everyVariable && value.rest.of === 'str'
        return isWhole ? everything : secretsOf(held, depth + 1)
      }
      default:
        return []
    }
  })
}

/** The word for what nobody else may know is the last one of the name: `TOKEN_LIMIT`, `STRIPE_PUBLISHABLE_KEY` are none. */
const isSecret =
  /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|(?:SECRET|API|PRIVATE|SECRET_ACCESS|ENCRYPTION|SIGNING)_?KEY)$/i

function secretOf({
  name,
  variable,
}: {
  readonly name: string
  readonly variable: string | undefined
}): readonly Secret[] {
  if (name === 'os.environ') return everything
  if (variable === undefined) return []
  if (name === `${variable}.password`) return [{ variable, kind: 'password' }]
  return name === variable && isSecret.test(variable) ? [{ variable, kind: 'value' }] : []
}
