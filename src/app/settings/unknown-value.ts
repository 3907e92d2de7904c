import type { Text } from '../../contracts/text.ts'
import type { Untold } from '../../contracts/untold.ts'
import { notModelled } from '../../evaluate/python/reasons.ts'
import type { CallValue, UnknownValue, Value } from '../../evaluate/python/value.ts'
import type { SettingsModel } from './model.ts'

/**
 * Why a setting's value cannot be judged: the part of it that nobody knows, first in the order of writing. Undefined when
 * all that is open is what a config var holds: that is for whoever deploys to say, and it is taken to be what the code
 * asks for.
 */
export function unknownValue(name: string, value: Value): Untold | undefined {
  const found = unknownIn(value, new Set())
  if (found === undefined) return undefined
  const what = { en: name, fr: name }
  if (found.type !== 'unknown') return { what, why: notModelled(found.path), at: found.at }
  return { what, why: found.reason, at: found.at }
}

type Open = UnknownValue | { readonly type: 'made'; readonly path: string; readonly at: Value['at'] }

function unknownIn(value: Value, seen: Set<Value>): Open | undefined {
  if (seen.has(value)) return undefined
  seen.add(value)
  switch (value.type) {
    case 'unknown':
      return value.variable === undefined ? value : undefined
    case 'external':
      return { type: 'made', path: value.path, at: value.at }
    case 'call':
      return { type: 'made', path: `${pathOf(value)}()`, at: value.at }
    case 'list':
    case 'tuple':
    case 'set':
      return firstUnknown([...value.items, ...(value.rest === undefined ? [] : [value.rest])], seen)
    case 'dict': {
      const parts = value.entries.flatMap((entry) => [entry.key, entry.value])
      return firstUnknown([...parts, ...(value.rest === undefined ? [] : [value.rest])], seen)
    }
    default:
      return undefined
  }
}

/** The dotted path of what was called, as far as it has one. */
function pathOf({ callee }: CallValue): string {
  if (callee.type === 'external') return callee.path
  return callee.type === 'call' ? `${pathOf(callee)}().${callee.attributes.join('.')}` : '…'
}

function firstUnknown(values: readonly Value[], seen: Set<Value>): Open | undefined {
  for (const value of values) {
    const found = unknownIn(value, seen)
    if (found !== undefined) return found
  }
  return undefined
}

/** Why what the settings say is not all that the dyno reads, or not what it reads; undefined when it is. */
export function unreadSettings({
  choice,
  module,
  evaluation,
  sure,
}: Pick<SettingsModel, 'choice' | 'module' | 'evaluation' | 'sure'>): Untold | undefined {
  const what = { en: 'the settings', fr: 'les settings' }
  if (choice === undefined) return { what, why: nameless, at: undefined }
  const remedy = { by: 'env', variable: 'DJANGO_SETTINGS_MODULE' } as const
  if (evaluation === undefined) return { what, why: unreadable(choice.module), at: choice.at, remedy }
  if (!sure) return { what, why: standsIn(choice.module, module ?? ''), at: choice.at, remedy }
  const { certainCrash: crash, bounded, open } = evaluation
  if (crash !== undefined) return { what, why: ends(crash.exception), at: crash.at }
  if (open !== undefined) return { what, why: open.reason, at: open.at }
  return bounded ? { what, why: tooMany, at: undefined } : undefined
}

const nameless = {
  en: 'nothing in the project names a settings module',
  fr: 'rien dans le projet ne nomme de module de settings',
}
const tooMany = {
  en: 'they depend on too many config vars to follow every case',
  fr: 'ils dépendent de trop de config vars pour suivre chaque cas',
}

function unreadable(module: string): Text {
  return {
    en: `the module \`${module}\` holds no settings, or cannot be read`,
    fr: `le module \`${module}\` ne contient aucun setting, ou ne peut pas être lu`,
  }
}

function standsIn(module: string, read: string): Text {
  return {
    en: `\`${module}\` is empty, and nobody can tell whether \`${read}\` is meant`,
    fr: `\`${module}\` est vide, et nul ne peut dire si \`${read}\` est celui qui compte`,
  }
}

function ends(exception: string): Text {
  return {
    en: `loading them ends with ${exception} before they are complete`,
    fr: `leur chargement s’arrête sur ${exception} avant qu’ils soient complets`,
  }
}
