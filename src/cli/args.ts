import { parseArgs } from 'node:util'
import { severities } from '../contracts/severity.ts'
import type { Language } from '../contracts/text.ts'
import { nearest } from '../nearest.ts'
import { type Io, UsageError } from './io.ts'

export const commands = [
  'check',
  'show',
  'explain',
  'rules',
  'pins',
  'prepare',
  'init',
  'snapshot',
  'logs',
  'help',
] as const
export type Command = (typeof commands)[number]
export const formatNames = ['text', 'concise', 'json', 'github', 'sarif'] as const
export const topics = ['web', 'deps', 'settings', 'asgi', 'all'] as const

const options = {
  format: { type: 'string', short: 'f' },
  'fail-on': { type: 'string' },
  color: { type: 'string' },
  lang: { type: 'string' },
  env: { type: 'string', multiple: true },
  unset: { type: 'string', multiple: true },
  config: { type: 'string' },
  snapshot: { type: 'string' },
  'config-vars': { type: 'string' },
  addons: { type: 'string' },
  ps: { type: 'string' },
  app: { type: 'string', short: 'a' },
  remote: { type: 'string', short: 'r' },
  output: { type: 'string', short: 'o' },
  // Alone, or with what to fix: `--fix=ask`, `--fix=deps/unpinned,settings/debug`.
  fix: { type: 'boolean' },
  'fix-only': { type: 'boolean' },
  diff: { type: 'boolean' },
  write: { type: 'boolean' },
  'unsafe-fixes': { type: 'boolean' },
  file: { type: 'string' },
  follow: { type: 'boolean' },
  verbose: { type: 'boolean', short: 'v' },
  debug: { type: 'boolean' },
  // For the start: by the time it is read here, nothing compiled by an earlier run was used.
  'no-cache': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const

export interface CommandLine {
  readonly command: Command
  readonly rest: readonly string[]
  readonly format: (typeof formatNames)[number]
  readonly failOn: (typeof severities)[number] | 'never'
  readonly colour: boolean
  readonly language: Language
  /** NAME -> value, or false for --unset. */
  readonly env: Readonly<Record<string, string | false>>
  readonly config: string | undefined
  /** Files with facts of the deployed app: a snapshot, and raw outputs of the heroku CLI. */
  readonly facts: {
    readonly snapshot: string | undefined
    readonly configVars: string | undefined
    readonly addons: string | undefined
    readonly ps: string | undefined
  }
  /** `snapshot`: the app, a git remote of it, and where to write. */
  readonly app: string | undefined
  readonly remote: string | undefined
  readonly output: string | undefined
  readonly fix: 'none' | 'safe' | 'unsafe'
  /** The rules to fix; undefined: all. */
  readonly fixRules: ReadonlySet<string> | undefined
  /** One plan after the other, each on request. */
  readonly ask: boolean
  /** Only fix: what is left is neither told nor counted. */
  readonly fixOnly: boolean
  /** Print what would be fixed, and write nothing. */
  readonly diff: boolean
  /** `pins --write`, `prepare --write`. */
  readonly write: boolean
  /** For `logs`: the file to read instead of standard input. */
  readonly file: string | undefined
  /** For `logs`: says at once what it sees for the first time. */
  readonly follow: boolean
  readonly verbose: boolean
  /** Says what failed inside the tool itself, with stack traces. */
  readonly debug: boolean
  readonly help: boolean
  readonly version: boolean
}

/**
 * Reads the command line. The first word is the command when it is one; `check` otherwise.
 * @throws UsageError for an unknown option or value, naming the nearest one.
 */
export function readArguments(argv: readonly string[], io: Io): CommandLine {
  const { values, tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token.name, token.rawName, token.value)
  }
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const named = (commands as readonly string[]).includes(positionals[0] ?? '')
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const command = named ? (positionals[0] as Command) : 'check'
  if (command !== 'logs' && (values.file !== undefined || values.follow !== undefined)) {
    throw new UsageError({
      en: '--file and --follow belong to dynolint logs',
      fr: '--file et --follow vont avec dynolint logs',
    })
  }
  return {
    command,
    rest: named ? positionals.slice(1) : positionals,
    format: choice('--format', text('format'), formatNames) ?? 'text',
    failOn:
      choice('--fail-on', text('fail-on'), [...severities, 'never'] as const) ??
      (command === 'logs' ? 'never' : 'error'),
    colour: wantsColour(choice('--color', text('color'), ['auto', 'always', 'never'] as const), io),
    language: choice('--lang', text('lang'), ['en', 'fr'] as const) ?? languageOf(io.env),
    env: environmentOf(values),
    config: text('config'),
    facts: {
      snapshot: text('snapshot'),
      configVars: text('config-vars'),
      addons: text('addons'),
      ps: text('ps'),
    },
    app: text('app'),
    remote: text('remote'),
    output: text('output'),
    ...fixing(values),
    write: values.write === true,
    file: text('file'),
    follow: values.follow === true,
    verbose: values.verbose === true,
    debug: values.debug === true,
    help: values.help === true,
    version: values.version === true,
  }
}

/** What is to be fixed, and how. @throws UsageError for options that do not go together. */
function fixing(
  values: Readonly<Record<string, unknown>>,
): Pick<CommandLine, 'fix' | 'fixRules' | 'ask' | 'fixOnly' | 'diff'> {
  const [what, diff, fixOnly] = [values.fix, values.diff === true, values['fix-only'] === true]
  const ask = what === 'ask'
  const unsafe = values['unsafe-fixes'] === true
  if (ask && (diff || fixOnly))
    throw new UsageError({
      en: '--fix=ask goes with neither --diff nor --fix-only',
      fr: '--fix=ask ne va ni avec --diff ni avec --fix-only',
    })
  if (diff && fixOnly)
    throw new UsageError({
      en: '--diff writes nothing: leave out --fix-only',
      fr: '--diff n’écrit rien : ôtez --fix-only',
    })
  return {
    fix: unsafe ? 'unsafe' : what !== undefined || diff || fixOnly ? 'safe' : 'none',
    fixRules: typeof what === 'string' && !ask ? new Set(what.split(',').map((id) => id.trim())) : undefined,
    ask,
    fixOnly,
    diff,
  }
}

function checkOption(name: string, raw: string, value: string | undefined): void {
  const known = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined
  if (known === undefined) {
    const near = nearest(name, Object.keys(options))
    const hint =
      near === undefined ? { en: '', fr: '' } : { en: `; did you mean --${near}?`, fr: ` ; vouliez-vous --${near} ?` }
    throw new UsageError({ en: `unknown option ${raw}${hint.en}`, fr: `option inconnue ${raw}${hint.fr}` })
  }
  if (known.type === 'string' && value === undefined) {
    throw new UsageError({ en: `${raw} needs a value`, fr: `${raw} attend une valeur` })
  }
  if (known.type === 'boolean' && value !== undefined && name !== 'fix') {
    throw new UsageError({ en: `${raw} takes no value`, fr: `${raw} ne prend pas de valeur` })
  }
}

function choice<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined
  if ((allowed as readonly string[]).includes(value)) return value as T
  const list = allowed.join(', ')
  throw new UsageError({
    en: `${option} is one of ${list}, not “${value}”`,
    fr: `${option} vaut ${list}, pas « ${value} »`,
  })
}

function environmentOf(values: Readonly<Record<string, unknown>>): Record<string, string | false> {
  const env: Record<string, string | false> = {}
  for (const name of list(values.unset)) env[name] = false
  for (const pair of list(values.env)) {
    const cut = pair.indexOf('=')
    if (cut < 1)
      throw new UsageError({
        en: `--env takes NAME=VALUE, not “${pair}”`,
        fr: `--env attend NOM=VALEUR, pas « ${pair} »`,
      })
    env[pair.slice(0, cut)] = pair.slice(cut + 1)
  }
  return env
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** An explicit choice wins, then FORCE_COLOR, then NO_COLOR (any non-empty value), then whether a terminal reads. */
function wantsColour(color: 'auto' | 'always' | 'never' | undefined, io: Io): boolean {
  if (color === 'always') return true
  if (color === 'never') return false
  const force = io.env.FORCE_COLOR
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  if (io.env.NO_COLOR !== undefined && io.env.NO_COLOR !== '') return false
  return io.terminal && io.env.TERM !== 'dumb'
}

/** The first of LC_ALL, LC_MESSAGES and LANG that is set decides, as POSIX has it. */
export function languageOf(env: Io['env']): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '')
  return locale?.toLowerCase().startsWith('fr') === true ? 'fr' : 'en'
}
