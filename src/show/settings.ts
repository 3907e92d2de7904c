import type { SettingsChoice, SettingsModel } from '../app/settings/model.ts'
import { allWorlds } from '../app/settings/worlds.ts'
import type { Text } from '../contracts/text.ts'
import { type Condition, toldOf } from '../evaluate/condition.ts'
import type { Alternative, Evaluation, Resolved } from '../evaluate/python/evaluation.ts'
import { toJson } from '../evaluate/python/json.ts'
import { repr } from '../evaluate/python/repr.ts'
import { plain, type Value } from '../evaluate/python/value.ts'
import { measure } from '../privacy/masker.ts'
import { isSecretName } from '../privacy/names.ts'
import { plainly, type ShowContext, type ShownLine } from './context.ts'

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
    assumed: app.settings.choice?.assumed === true,
    environment,
    worlds: worldGroups(context).map(({ processes, settings, when }) => ({
      processes,
      module: settings.module ?? null,
      file: settings.file ?? null,
      when: when?.[context.language] ?? null,
      // What the web process reads stands above.
      ...(settings === app.settings ? {} : evaluationJson(settings.evaluation, context)),
    })),
  }
}

interface WorldGroup {
  /** `build` and process types. */
  readonly processes: readonly string[]
  readonly settings: SettingsModel
  /** Of the web process where it is among them, else of the first. */
  readonly choice: SettingsChoice | undefined
  readonly when: Text | undefined
}

/** The processes that read settings, those that read the same together; the web process's first. */
function worldGroups(context: Pick<ShowContext, 'app' | 'at' | 'language'>): WorldGroup[] {
  const { app } = context
  const groups: (WorldGroup & {
    readonly key: string
    readonly processes: string[]
    choice: SettingsChoice | undefined
  })[] = []
  for (const { process, settings, choice, when } of allWorlds(app)) {
    if (settings.evaluation === undefined && settings !== app.settings) continue
    const name = process ?? 'build'
    const read = JSON.stringify(evaluationJson(settings.evaluation, context))
    const key = `${settings.module} ${when?.en} ${read}`
    const group = groups.find((one) => one.key === key)
    if (group === undefined) groups.push({ key, processes: [name], settings, choice, when })
    else {
      if (!group.processes.includes(name)) group.processes.push(name)
      if (process === 'web') group.choice = choice
    }
  }
  return groups.toSorted((a, b) => Number(b.processes.includes('web')) - Number(a.processes.includes('web')))
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

export function settingJson(
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

/** One block for each group of processes that read the same: the web process's whole, of the others what differs from it. */
export function settingsLines(context: ShowContext): ShownLine[] {
  const { app, bold, dim, language } = context
  const fr = language === 'fr'
  const groups = worldGroups(context)
  if (app.settings.evaluation === undefined)
    return plainly([`${bold('settings')}  ${fr ? 'aucun module de settings' : 'no settings module'}`])
  const own = settingLines(app.settings.evaluation, context)
  const blocks = groups.map((group) => {
    const title = heading(group, groups.length > 1, context)
    if (group.settings === app.settings) return [title, ...own.map(({ text }) => text)]
    const lines = settingLines(group.settings.evaluation, context)
    const gone = own.filter(({ name }) => name !== undefined && !lines.some((one) => one.name === name))
    return [
      title,
      dim(fr ? '  comme pour web, sauf :' : '  as for web, except:'),
      ...lines.filter(({ says }) => !own.some((one) => one.says === says)).map(({ text }) => text),
      ...[...new Set(gone.map(({ name }) => name))].map((name) => `  ${name} ${fr ? 'non défini' : 'unset'}`),
    ]
  })
  return plainly(blocks.flatMap((lines, index) => [...(index > 0 ? [''] : []), ...lines]))
}

interface SettingLine {
  /** Undefined: the line is not about one setting. */
  readonly name: string | undefined
  readonly text: string
  /** All that it says but the place: two processes that agree say the same. */
  readonly says: string
}

function heading({ processes, settings, choice, when }: WorldGroup, several: boolean, context: ShowContext): string {
  const { bold, dim, where, language } = context
  const fr = language === 'fr'
  const who = several ? `  (${processes.join(', ')})` : ''
  const at = choice?.at === undefined ? '' : dim(`  ${where(choice.at)}`)
  const condition = when === undefined ? '' : dim(`  ${fr ? 'quand' : 'when'} ${when[language]}`)
  const assumed =
    choice?.assumed === true
      ? dim(
          fr
            ? '  supposé : rien ne nomme les settings du processus web, il faut DJANGO_SETTINGS_MODULE'
            : '  assumed: nothing names the settings of the web process, it needs DJANGO_SETTINGS_MODULE',
        )
      : ''
  return `${bold('settings')}  ${settings.module ?? '?'}${who}${at}${condition}${assumed}`
}

function settingLines(evaluation: Evaluation | undefined, { dim, where, language }: ShowContext): SettingLine[] {
  if (evaluation === undefined) return []
  const fr = language === 'fr'
  const lines: SettingLine[] = []
  const add = (name: string | undefined, text: string, says = text) => lines.push({ name, text, says })
  const crash = evaluation.certainCrash
  if (crash !== undefined)
    add(undefined, `  ${fr ? 'échoue' : 'raises'} ${crash.exception}: ${crash.message}  ${dim(where(crash.at))}`)
  for (const name of evaluation.names()) {
    const resolved = evaluation.get(name)
    if (!isSetting(name) || resolved === undefined) continue
    const only = resolved.alternatives.length === 1 && resolved.absent.length === 0
    for (const alternative of resolved.alternatives) {
      const { when, value, at } = alternative
      const shown =
        value.type === 'unknown'
          ? dim(`${fr ? 'indéterminé\u00a0:' : 'undetermined:'} ${value.reason[language]}`)
          : shownValue(name, value, language)
      const condition = only ? '' : dim(`  ${fr ? 'quand' : 'when'} ${conditionText(when, language)}`)
      const says = `${name} ${condition} ${JSON.stringify(valueJson(alternative, language))}`
      add(name, `  ${name} = ${shown}${condition}  ${dim(where(at))}`, says)
    }
    for (const when of resolved.absent) {
      add(
        name,
        `  ${name} ${fr ? 'non défini' : 'unset'}${dim(`  ${fr ? 'quand' : 'when'} ${conditionText(when, language)}`)}`,
      )
    }
  }
  if (evaluation.required.length > 0) {
    add(
      undefined,
      `  ${fr ? 'config vars exigées' : 'required config vars'}: ${evaluation.required.map(({ name }) => name).join(', ')}`,
    )
  }
  return lines
}

/** A value as Python writes it; a secret by its length alone. */
export function shownValue(name: string, value: Value, language: 'en' | 'fr', longest = 120): string {
  const text = plain(value)
  if (typeof text !== 'string' || text === '' || !isSecretName(name)) return repr(value, longest)
  return measure(text, language).replace('…', "'…'")
}
