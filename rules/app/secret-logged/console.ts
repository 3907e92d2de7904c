import type { Process } from '../../../src/app/processes/model.ts'
import { entryOf, type IntValue, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

const numbers: Readonly<Record<string, number>> = {
  NOTSET: 0,
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  WARN: 30,
  ERROR: 40,
  CRITICAL: 50,
  FATAL: 50,
}

/** The level of the root logger as it is made, and of the handler of last resort (CPython's logging/__init__.py). */
const WARNING = 30

/** What the root logger is before Django configures anything: its level, and whether it writes to the console by a handler. */
export interface RootLogger {
  readonly level: number
  readonly writes: boolean
}

/** Daphne's command calls `basicConfig` before it imports the application (daphne/cli.py, `run()`); no other server touches the root. */
export function rootOf(web: Process | undefined): RootLogger {
  const ways = (web?.servers ?? []).map(({ name, options, open }) => {
    const [verbosity = '1'] = options.flatMap(({ dest, value }) => (dest === 'verbosity' ? [known(value?.parts)] : []))
    return name !== 'daphne' || open ? WARNING : (levelsOfDaphne[verbosity] ?? WARNING)
  })
  const level = Math.max(...ways)
  return ways.length > 0 && level < WARNING ? { level, writes: true } : { level: WARNING, writes: false }
}

const levelsOfDaphne: Readonly<Record<string, number>> = { 1: 20, 2: 10, 3: 10 }

/**
 * Whether what a logger is given at a level surely comes out on the console under `logging.config.dictConfig(configuration)`;
 * undefined: nothing is configured. A logger that says nothing itself asks its parents (`chat.apps`, `chat`, the root) for its level,
 * and they write what it is given until one does not propagate. Without any handler the one of last resort writes warnings.
 */
export function reachesConsole(
  name: string,
  level: number,
  configuration: Value | undefined,
  root: RootLogger,
): boolean {
  if (configuration !== undefined && (configuration.type !== 'dict' || configuration.rest !== undefined)) return false
  const loggers = entryOf(configuration, 'loggers')?.value
  const configuredRoot = entryOf(configuration, 'root')?.value ?? entryOf(loggers, '')?.value
  const asked = lineage(name)
    .map((parent) => entryOf(loggers, parent)?.value)
    .concat(configuredRoot)
    .filter((one) => one !== undefined)
  const levels = asked.map((one) => levelOf(entryOf(one, 'level')?.value, 0)).filter((one) => one !== 0)
  const threshold = levels.length === 0 ? root.level : levels[0]
  if (threshold === undefined || level < threshold) return false
  if (asked.some((one) => entryOf(one, 'filters') !== undefined)) return false
  const end = asked.findIndex((one) => isFalse(entryOf(one, 'propagate')?.value))
  // A root that is configured loses the handlers it had.
  if (end < 0 && configuredRoot === undefined && root.writes) return true
  const handlers = (end < 0 ? asked : asked.slice(0, end + 1)).flatMap(
    (one) => itemsOf(entryOf(one, 'handlers')?.value) ?? [],
  )
  if (handlers.length === 0) return level >= WARNING
  const described = entryOf(configuration, 'handlers')?.value
  const formatters = entryOf(configuration, 'formatters')?.value
  return handlers.some((handler) => {
    const one = entryOf(described, plain(handler) ?? '')?.value
    const formatter = entryOf(formatters, plain(entryOf(one, 'formatter')?.value) ?? '')?.value
    // One of the project's own may leave anything out.
    const isOwn = ['()', 'class'].some((key) => entryOf(formatter, key) !== undefined)
    return !isOwn && writes(one, level)
  })
}

/** `chat.apps`, `chat`. */
function lineage(name: string): string[] {
  const parts = name === '' || name === 'root' ? [] : name.split('.')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
}

/** A handler of the console that takes this level and filters nothing. */
function writes(handler: Value | undefined, level: number): boolean {
  const threshold = levelOf(entryOf(handler, 'level')?.value, 0)
  const filters = itemsOf(entryOf(handler, 'filters')?.value) ?? []
  return (
    plain(entryOf(handler, 'class')?.value) === 'logging.StreamHandler' &&
    threshold !== undefined &&
    level >= threshold &&
    filters.length === 0
  )
}

/** Undefined: nobody knows which. */
function levelOf(value: Value | undefined, absent: number): number | undefined {
  if (value === undefined) return absent
  if (value.type === 'int') return Number((value as IntValue).value)
  const text = plain(value)
  return text === undefined ? undefined : numbers[text.toUpperCase()]
}

const isFalse = (value: Value | undefined): boolean => value?.type === 'bool' && !value.value
