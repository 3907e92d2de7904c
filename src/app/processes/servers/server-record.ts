import type { Place } from '../../../contracts/place.ts'
import type { Text } from '../../../contracts/text.ts'
import { known } from '../../../evaluate/shell/word.ts'
import type { Effective, Server, ServerOption, UsageProblem, ValueSource } from '../model.ts'
import { byDefault } from './effective.ts'
import type { FactsAt } from './facts.ts'
import { type Invocation, last, valueOfOption } from './invocation.ts'

/** The parts of a server that a builder fills in; the rest follows from the invocation. */
export type Built = Omit<Server, 'name' | 'at' | 'step' | 'when' | 'version' | 'worker'> &
  Partial<Pick<Server, 'worker'>>

export function server(invocation: Invocation, built: Built): Server {
  const { name, at, step, when, version } = invocation
  return { name, at, step, when, version, worker: known(built.workerClass?.parts), ...built }
}

/** A setting in effect: the last option of it, else the parser's default. */
export function setting(
  invocation: Invocation,
  facts: FactsAt | undefined,
  options: readonly ServerOption[],
  dest: string,
  fallback = '',
): Effective {
  const option = last(options, dest)
  if (option !== undefined) return valueOfOption(option)
  const value = facts?.options.find((fact) => fact.dest === dest)?.default
  return byDefault(value === undefined || Array.isArray(value) ? fallback : String(value), invocation.at)
}

/** Seconds between pings. */
export function pings(value: Effective): Server['pings'] {
  const text = known(value.parts)
  const number = text === undefined || text === '' ? undefined : Number(text)
  return {
    interval: number === undefined || Number.isNaN(number) ? undefined : number,
    source: value.source,
    at: value.at,
  }
}

export function noPings(at: Place): Server['pings'] {
  return { interval: 0, source: 'default', at }
}

export function speaks(protocol: Server['speaks']['protocol'], at: Place, why: Text): Server['speaks'] {
  return { protocol, at, why }
}

export function isOn(options: readonly ServerOption[], dest: string): boolean | undefined {
  const option = last(options, dest)
  const text = known(option?.value?.parts)
  return text === undefined ? undefined : text !== 'false' && text !== '0'
}

/** Number of processes that WEB_CONCURRENCY asks for, as the environment of the step holds it. */
export function webConcurrency(invocation: Invocation): Effective {
  const variable = invocation.step.environment.get('WEB_CONCURRENCY')
  const at = invocation.step.changes.findLast(({ name }) => name === 'WEB_CONCURRENCY')?.at ?? invocation.at
  const source: ValueSource = 'environment'
  if (variable.state === 'known') return { parts: variable.parts, source, at, why: undefined }
  if (variable.state === 'absent' || variable.state === 'unknown') return byDefault('1', invocation.at)
  return {
    parts: undefined,
    source,
    at,
    why: { en: '`WEB_CONCURRENCY` is set elsewhere', fr: '`WEB_CONCURRENCY` est définie ailleurs' },
  }
}

export const noProblems: readonly UsageProblem[] = []
