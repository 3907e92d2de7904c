import { parseArgs } from 'node:util'
import { type Profile, profiles } from '../config/config.ts'
import { severities } from '../contracts/severity.ts'
import type { Language } from '../contracts/text.ts'
import { nearest } from '../nearest.ts'
import { type FormatName, formatNames } from '../report/formats.ts'
import { type Io, UsageError } from './io.ts'
import { checkOutputs, checkTogether } from './option-rules.ts'

export const commands = [
  'check',
  'show',
  'why',
  'explain',
  'rules',
  'pins',
  'prepare',
  'init',
  'snapshot',
  'logs',
  'completions',
  'lsp',
  'pre-push',
  'help',
] as const
export type Command = (typeof commands)[number]
export const topics = ['chain', 'web', 'deps', 'settings', 'asgi', 'all'] as const

export const options = {
  format: { type: 'string', short: 'f', multiple: true },
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
  output: { type: 'string', short: 'o', multiple: true },
  // Alone, or with what to fix: `--fix=ask`, `--fix=deps/unpinned,settings/debug`.
  fix: { type: 'boolean' },
  'fix-only': { type: 'boolean' },
  diff: { type: 'boolean' },
  select: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  profile: { type: 'string' },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean' },
  since: { type: 'string' },
  staged: { type: 'boolean' },
  rev: { type: 'string' },
  'any-remote': { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  write: { type: 'boolean' },
  'unsafe-fixes': { type: 'boolean' },
  file: { type: 'string' },
  follow: { type: 'boolean' },
  stdio: { type: 'boolean' },
  // What editors add for a server: the process to watch. vscode-languageserver reads it itself.
  clientProcessId: { type: 'string' },
  verbose: { type: 'boolean', short: 'v' },
  statistics: { type: 'boolean' },
  watch: { type: 'boolean', short: 'w' },
  debug: { type: 'boolean' },
  // For the start: by the time it is read here, nothing compiled by an earlier run was used.
  'no-cache': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const

export type OptionName = keyof typeof options
export const failLevels = [...severities, 'never'] as const
export const colourChoices = ['auto', 'always', 'never'] as const
export const languages = ['en', 'fr'] as const

export interface CommandLine {
  readonly command: Command
  readonly rest: readonly string[]
  /** Of the first output. */
  readonly format: FormatName
  /** Of `check`: each format with its file; undefined: standard output. */
  readonly outputs: readonly { readonly format: FormatName; readonly file: string | undefined }[]
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
  /** Names of rules, ids or globs, as written: those to show (all when there are none), and those not to. */
  readonly select: readonly string[]
  readonly ignore: readonly string[]
  readonly profile: Profile | undefined
  /** A file of findings that are accepted as they are, and whether to write it anew. */
  readonly baseline: string | undefined
  readonly updateBaseline: boolean
  /** Show what was not there at this revision. */
  readonly since: string | undefined
  /** What is checked instead of the files on the disk: git’s index, or a revision. */
  readonly staged: boolean
  readonly rev: string | undefined
  /** `pre-push`: whatever is pushed, wherever to; else only what Heroku builds. */
  readonly anyRemote: boolean
  /** The file that standard input holds (`-`). */
  readonly stdinFilename: string | undefined
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
  /** For `lsp`: the client is at the other end of standard input and output. */
  readonly stdio: boolean
  readonly verbose: boolean
  /** Says on standard error what was found by rule, what was read, and where the time went. */
  readonly statistics: boolean
  /** Checks again whenever something changes, until it is interrupted. */
  readonly watch: boolean
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
    if (token.kind === 'option') checkOption(token)
  }
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const named = (commands as readonly string[]).includes(positionals[0] ?? '')
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const command = named ? (positionals[0] as Command) : 'check'
  const outputs = outputsOf(tokens)
  checkTogether(command, tokens, values)
  if (command === 'check' || command === 'pre-push') checkOutputs(outputs, values)
  return {
    command,
    rest: named ? positionals.slice(1) : positionals,
    format: outputs[0]?.format ?? 'text',
    outputs,
    failOn: choice('--fail-on', text('fail-on'), failLevels) ?? (command === 'logs' ? 'never' : 'error'),
    colour: wantsColour(choice('--color', text('color'), colourChoices), io),
    language: choice('--lang', text('lang'), languages) ?? languageOf(io.env),
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
    output: list(values.output).at(-1),
    ...fixing(values),
    select: names(values.select),
    ignore: names(values.ignore),
    profile: choice('--profile', text('profile'), profiles),
    baseline: text('baseline'),
    updateBaseline: values['update-baseline'] === true,
    since: text('since'),
    staged: values.staged === true,
    rev: text('rev'),
    anyRemote: values['any-remote'] === true,
    stdinFilename: text('stdin-filename'),
    write: values.write === true,
    file: text('file'),
    follow: values.follow === true,
    stdio: values.stdio === true,
    verbose: values.verbose === true,
    statistics: values.statistics === true,
    watch: values.watch === true,
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
      fr: '--diff n’écrit rien : ôtez --fix-only',
    })
  return {
    fix: unsafe ? 'unsafe' : what !== undefined || diff || fixOnly ? 'safe' : 'none',
    fixRules: typeof what === 'string' && !ask ? new Set(what.split(',').map((id) => id.trim())) : undefined,
    ask,
    fixOnly,
    diff,
  }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  /** Whether the value is joined to the name: `--lang=fr`. */
  readonly inlineValue?: boolean | undefined
}

function checkOption({ name, rawName: raw, value, inlineValue }: OptionToken): void {
  const known = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined
  if (known === undefined) {
    const near = nearest(name, Object.keys(options))
    const hint =
      near === undefined
        ? { en: '', fr: '' }
        : { en: `; did you mean --${near}?`, fr: ` ; vouliez-vous dire --${near} ?` }
    throw new UsageError({ en: `unknown option ${raw}${hint.en}`, fr: `option inconnue ${raw}${hint.fr}` })
  }
  // `--unset --lang fr`: the next option is no value; one that begins with a dash is joined, `--env=-x`.
  const missing = value === undefined || (inlineValue === false && /^-./.test(value))
  if (known.type === 'string' && missing) {
    throw new UsageError({ en: `${raw} needs a value`, fr: `${raw} attend une valeur` })
  }
  if (known.type === 'boolean' && value !== undefined && name !== 'fix') {
    throw new UsageError({ en: `${raw} takes no value`, fr: `${raw} ne prend pas de valeur` })
  }
}

/** Each `-f` with the `-o` behind it; an `-o` in front of all of them is the first one's. */
function outputsOf(
  tokens: readonly { readonly kind: string; readonly name?: string; readonly value?: string | undefined }[],
) {
  const outputs: { format: FormatName; file: string | undefined }[] = []
  let first: string | undefined
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || (name !== 'format' && name !== 'output') || value === undefined) continue
    if (name === 'format') {
      outputs.push({ format: choice('--format', value, formatNames) ?? 'text', file: first })
      first = undefined
      continue
    }
    const last = outputs.at(-1)
    if (last === undefined && first === undefined) first = value
    else if (last !== undefined && last.file === undefined) last.file = value
    else
      throw new UsageError({
        en: `-o ${value}: no format is left for this file`,
        fr: `-o ${value}\u00a0: il ne reste pas de format pour ce fichier`,
      })
  }
  if (outputs.length === 0) outputs.push({ format: 'text', file: first })
  return outputs
}

function choice<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined
  if ((allowed as readonly string[]).includes(value)) return value as T
  const list = allowed.join(', ')
  throw new UsageError({
    en: `${option} is one of ${list}, not “${value}”`,
    fr: `${option} vaut ${list}, pas « ${value} »`,
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
        fr: `--env attend NOM=VALEUR, pas « ${pair} »`,
      })
    env[pair.slice(0, cut)] = pair.slice(cut + 1)
  }
  return env
}

/** `--select a/b,c/* --select d/e`. */
const names = (value: unknown): string[] =>
  list(value)
    .flatMap((part) => part.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')

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

/** The language that a command line asks for, wherever it does and whatever else is wrong with it. */
export function languageAsked(argv: readonly string[], env: Io['env']): Language {
  const at = argv.findLastIndex((argument) => argument === '--lang' || argument.startsWith('--lang='))
  const asked = argv[at]?.includes('=') === true ? argv[at].slice('--lang='.length) : argv[at + 1]
  return at >= 0 && (languages as readonly unknown[]).includes(asked) ? (asked as Language) : languageOf(env)
}

/** The first of LC_ALL, LC_MESSAGES and LANG that is set decides, as POSIX has it. */
export function languageOf(env: Io['env']): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '')
  return locale?.toLowerCase().startsWith('fr') === true ? 'fr' : 'en'
}
