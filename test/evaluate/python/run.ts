import type { ConfigVar, Environment } from '../../../src/evaluate/environment.ts'
import type { Hole, Part } from '../../../src/evaluate/parts.ts'
import { evaluate, type Options } from '../../../src/evaluate/python/evaluate.ts'
import type { Evaluation } from '../../../src/evaluate/python/evaluation.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import { memoryTree } from '../../../src/files/memory.ts'

const nobody = { en: 'a test', fr: 'un test' }

export function hole(name: string, chars: Hole['chars'] = 'any'): Hole {
  return { name, variable: name.split('.')[0] as string, chars, nonEmpty: true }
}

/** A variable of known text, or of parts; `undefined` is absent, `'?'` unknown, `'set'` surely set. */
export type Setting = string | readonly Part[] | undefined

/** An environment; what it does not name is absent unless `others` says otherwise. */
export function environment(
  settings: Readonly<Record<string, Setting>>,
  others: 'absent' | 'unknown' = 'absent',
): Environment {
  const get = (name: string): ConfigVar => {
    if (!Object.hasOwn(settings, name)) return { state: others }
    const setting = settings[name]
    if (setting === undefined) return { state: 'absent' }
    if (setting === '?') return { state: 'unknown' }
    if (setting === 'set?') return { state: 'set', from: nobody }
    return {
      state: 'known',
      parts: typeof setting === 'string' ? (setting === '' ? [] : [setting]) : setting,
      from: nobody,
    }
  }
  return { get, names: () => Object.keys(settings).filter((name) => ['known', 'set'].includes(get(name).state)) }
}

export const redisUrl: readonly Part[] = [
  'rediss://:',
  hole('REDIS_URL.password', 'word'),
  '@',
  hole('REDIS_URL.host', 'host'),
  ':',
  hole('REDIS_URL.port', 'digits'),
]

interface Settings extends Partial<Omit<Options, 'environment' | 'tree'>> {
  readonly env?: Readonly<Record<string, Setting>>
  readonly others?: 'absent' | 'unknown'
}

/** Evaluates `settings.py` (or the module named) of a few files in memory. */
export function run(files: string | Readonly<Record<string, string>>, settings: Settings = {}): Evaluation {
  const { env = {}, others, ...rest } = settings
  return evaluate({
    tree: memoryTree(typeof files === 'string' ? { 'settings.py': files } : files),
    module: 'settings',
    environment: environment(env, others),
    searchPath: [''],
    packages: () => 'absent',
    ...rest,
  })
}

/** A name's alternatives as text: `1 when X is set | 2 when X is unset`; `-` where it is unbound. */
export function show(evaluation: Evaluation, name: string): string {
  const resolved = evaluation.get(name)
  if (resolved === undefined) return 'unbound'
  const when = (conditions: readonly { readonly text: { readonly en: string } }[]): string =>
    conditions.length === 0 ? '' : ` when ${conditions.map((condition) => condition.text.en).join(' and ')}`
  const shown = resolved.alternatives.map((alternative) => `${repr(alternative.value, 2_000)}${when(alternative.when)}`)
  return [...shown, ...resolved.absent.map((conditions) => `-${when(conditions)}`)].join(' | ')
}

/** Every name that does not begin with `_`, shown. */
export function showAll(evaluation: Evaluation): Record<string, string> {
  const names = evaluation.names().filter((name) => !name.startsWith('_'))
  return Object.fromEntries(names.map((name) => [name, show(evaluation, name)]))
}
