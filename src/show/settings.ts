import { type Condition, toldOf } from '../evaluate/condition.ts'
import type { Alternative, Evaluation, Resolved } from '../evaluate/python/evaluation.ts'
import { toJson } from '../evaluate/python/json.ts'
import { repr } from '../evaluate/python/repr.ts'
import { plain, type Value } from '../evaluate/python/value.ts'
import { measure } from '../privacy/masker.ts'
import { isSecretName } from '../privacy/names.ts'
import type { ShowContext } from './context.ts'

/** Django reads the names for which Python's `str.isupper` holds. */
function isSetting(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase()
}

export function settingsJson(context: ShowContext): Record<string, unknown> {
  const { app } = context
  const { evaluation } = app.settings
  const environment: Record<string, unknown> = {}
  for (const name of app.environment.names()) {
    const variable = app.environment.get(name)
    environment[name] =
      variable.state === 'known'
        ? variable.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')
        : { set: true }
  }
  return {
    ...evaluationJson(evaluation, context),
    module: app.settings.module ?? null,
    file: app.settings.file ?? null,
    environment,
  }
}

/**
 * What a run of a settings module says: each setting's value (or `undetermined` with the reason, or `alternatives` with
 * what must be so for each), the exception that ends it on every path, the config vars without which it raises, and
 * whether the run was cut short.
 */
export function evaluationJson(
  evaluation: Evaluation | undefined,
  context: Pick<ShowContext, 'at' | 'language'>,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {}
  for (const name of evaluation?.names() ?? []) {
    const resolved = evaluation?.get(name)
    if (isSetting(name) && resolved !== undefined) settings[name] = settingJson(resolved, context)
  }
  const crash = evaluation?.certainCrash
  return {
    settings,
    crash:
      crash === undefined ? null : { exception: crash.exception, message: crash.message, at: context.at(crash.at) },
    required: evaluation?.required.map(({ name, at }) => ({ name, at: context.at(at) })) ?? [],
    bounded: evaluation?.bounded ?? false,
  }
}

function settingJson(
  resolved: Resolved,
  { at, language }: Pick<ShowContext, 'at' | 'language'>,
): Record<string, unknown> {
  const [first] = resolved.alternatives
  if (first !== undefined && resolved.alternatives.length === 1 && resolved.absent.length === 0) {
    return { ...valueJson(first, language), at: at(first.at) }
  }
  return {
    alternatives: [
      ...resolved.alternatives.map((alternative) => ({
        when: conditionText(alternative.when, language),
        ...valueJson(alternative, language),
        at: at(alternative.at),
      })),
      ...resolved.absent.map((when) => ({ when: conditionText(when, language), unset: true })),
    ],
    at: first === undefined ? null : at(first.at),
  }
}

function valueJson({ value }: Alternative, language: 'en' | 'fr'): Record<string, unknown> {
  if (value.type !== 'unknown') return { ...toJson(value) }
  return {
    undetermined: value.reason[language],
    ...(value.variable !== undefined && { variable: value.variable }),
    ...(value.of !== undefined && { type: value.of }),
  }
}

export function conditionText(when: readonly Condition[], language: 'en' | 'fr'): string {
  return toldOf(when)
    .map(({ text }) => text[language])
    .join(language === 'fr' ? ' et ' : ' and ')
}

export function settingsText({ app, bold, dim, where, language }: ShowContext): string {
  const fr = language === 'fr'
  const { evaluation, choice } = app.settings
  if (evaluation === undefined)
    return `${bold('settings')}  ${fr ? 'aucun module de settings' : 'no settings module'}\n`
  const lines = [
    `${bold('settings')}  ${app.settings.module ?? '?'}${choice?.at === undefined ? '' : dim(`  ${where(choice.at)}`)}`,
  ]
  const crash = evaluation.certainCrash
  if (crash !== undefined)
    lines.push(`  ${fr ? 'échoue' : 'raises'} ${crash.exception}: ${crash.message}  ${dim(where(crash.at))}`)
  for (const name of evaluation.names()) {
    const resolved = evaluation.get(name)
    if (!isSetting(name) || resolved === undefined) continue
    const only = resolved.alternatives.length === 1 && resolved.absent.length === 0
    for (const { when, value, at } of resolved.alternatives) {
      const shown =
        value.type === 'unknown'
          ? dim(`${fr ? 'indéterminé' : 'undetermined'}: ${value.reason[language]}`)
          : shownValue(name, value, language)
      const condition = only ? '' : dim(`  ${fr ? 'quand' : 'when'} ${conditionText(when, language)}`)
      lines.push(`  ${name} = ${shown}${condition}  ${dim(where(at))}`)
    }
    for (const when of resolved.absent) {
      lines.push(
        `  ${name} ${fr ? 'non défini' : 'unset'}${dim(`  ${fr ? 'quand' : 'when'} ${conditionText(when, language)}`)}`,
      )
    }
  }
  if (evaluation.required.length > 0) {
    lines.push(
      `  ${fr ? 'config vars exigées' : 'required config vars'}: ${evaluation.required.map(({ name }) => name).join(', ')}`,
    )
  }
  return `${lines.join('\n')}\n`
}

/** A value as Python writes it; a secret by its length alone. */
export function shownValue(name: string, value: Value, language: 'en' | 'fr', longest = 120): string {
  const text = plain(value)
  if (typeof text !== 'string' || text === '' || !isSecretName(name)) return repr(value, longest)
  return measure(text, language).replace('…', "'…'")
}
