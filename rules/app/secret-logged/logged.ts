import type { App } from '../../../src/app/app.ts'
import { type Met, metAnywhere } from '../../../src/app/settings/start.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import { type CallArguments, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { isSecretName } from '../../../src/privacy/names.ts'
import { type RootLogger, reachesConsole, rootOf } from './console.ts'

/** A secret that goes to the output of a process, where Heroku takes it for the log. */
export interface LoggedSecret extends Met {
  /** The config var it comes from. */
  readonly variable: string
  /** `password`: of the address in the variable; `value`: the whole variable is a secret. */
  readonly kind: 'password' | 'value'
}

/** What is printed or logged while the settings are imported, Django starts, and the served module is loaded; each place once. */
export function loggedSecrets(app: App): LoggedSecret[] {
  const configurations = (app.settings.get('LOGGING')?.alternatives ?? []).map(({ value }) => value)
  const root = rootOf(app.processes.web)
  const seen = metAnywhere(app, (event, moment) => {
    const given = event.type === 'call' ? written(event, configurations, root, moment !== undefined) : undefined
    const [secret] = given === undefined ? [] : secretsOf([...given.positional, ...given.keywords.values()])
    return secret === undefined ? undefined : `${secret.kind} ${secret.variable}`
  })
  return seen.map(({ key, met }) => {
    const [kind, variable = ''] = key.split(' ') as [LoggedSecret['kind'], string?]
    return { ...met, kind, variable }
  })
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

const logger = /^logging(?<made>\.getLogger\(\))?\.(?<method>[a-z]+)$/

/**
 * The arguments of a call that surely writes them to the output. `started`: Django has begun to start, and LOGGING is in force;
 * else it may be, as in a served module that makes its application first.
 */
function written(
  { path, args, of }: Extract<Event, { type: 'call' }>,
  configurations: readonly Value[],
  root: RootLogger,
  started: boolean,
): CallArguments | undefined {
  if (path === 'print') return toConsole(args.keywords.get('file')) ? args : undefined
  if (path === 'pprint.pprint' || path === 'pprint.pp') return args.positional.length === 1 ? args : undefined
  if (path === 'sys.stdout.write' || path === 'sys.stderr.write') return args
  const { made, method = '' } = logger.exec(path)?.groups ?? {}
  const level = levels[method]
  if (level === undefined) return undefined
  const [named] = of?.positional ?? []
  const name = made === undefined || named === undefined ? '' : plain(named)
  if (name === undefined) return undefined
  const inForce = started ? configurations : [undefined, ...configurations]
  const ways = inForce.length === 0 ? [undefined] : inForce
  return ways.every((configuration) => reachesConsole(name, level, configuration, root)) ? args : undefined
}

function toConsole(file: Value | undefined): boolean {
  if (file === undefined || file.type === 'none') return true
  return file.type === 'external' && /^sys\.std(?:out|err)$/.test(file.path)
}

type Secret = Pick<LoggedSecret, 'variable' | 'kind'>

/** The secrets in values as they are shown, through lists and dicts. */
function secretsOf(values: readonly Value[], depth = 0): Secret[] {
  if (depth > 8) return []
  return values.flatMap((value): Secret[] => {
    if (value.type === 'str') return value.parts.flatMap((part) => (typeof part === 'string' ? [] : secretOf(part)))
    if (value.type === 'list' || value.type === 'tuple' || value.type === 'set')
      return secretsOf(value.items, depth + 1)
    return value.type === 'dict'
      ? secretsOf(
          value.entries.map((entry) => entry.value),
          depth + 1,
        )
      : []
  })
}

function secretOf({ name, variable }: { readonly name: string; readonly variable: string | undefined }): Secret[] {
  if (variable === undefined) return []
  if (name === `${variable}.password`) return [{ variable, kind: 'password' }]
  return name === variable && isSecretName(variable) ? [{ variable, kind: 'value' }] : []
}
