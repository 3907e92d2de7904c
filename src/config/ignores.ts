import type { Severity } from '../contracts/severity.ts'
import type { ConfigProblem, Ignore } from './config.ts'
import { globFault } from './globs.ts'
import type { KeyPath, Located } from './located.ts'
import { isRuleGlob, nearestRule, rulesNamed } from './rule-globs.ts'
import type { ConfigFile } from './schema.ts'
import { unknown } from './suggestion.ts'

/** `rules` with its globs written out: an id wins over globs, and of two globs the one with more letters, then the later. */
export function severitiesOf({ rules = {} }: ConfigFile, ruleIds: readonly string[]): Record<string, Severity | 'off'> {
  const weight = (name: string): number =>
    isRuleGlob(name) ? name.replaceAll('*', '').length : Number.POSITIVE_INFINITY
  const out: Record<string, Severity | 'off'> = {}
  for (const [name, severity] of Object.entries(rules).sort(([a], [b]) => compare(weight(a), weight(b)))) {
    for (const id of rulesNamed(name, ruleIds)) out[id] = severity
  }
  return out
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

/** Every place of the configuration that names a rule. */
function names(file: ConfigFile): { readonly name: string; readonly at: KeyPath; readonly isKey: boolean }[] {
  return [
    ...Object.keys(file.rules ?? {}).map((name) => ({ name, at: ['rules', name], isKey: true })),
    ...Object.entries(file['per-file-ignores'] ?? {}).flatMap(([glob, rules]) =>
      rules.map((name, index) => ({ name, at: ['per-file-ignores', glob, index], isKey: false })),
    ),
    ...(file.ignore ?? []).map(({ rule }, index) => ({ name: rule, at: ['ignore', index, 'rule'], isKey: false })),
  ]
}

/** Globs of rules that no rule matches, and globs of files that cannot be followed. */
export function unmatched(
  file: ConfigFile,
  located: Located,
  name: string,
  ruleIds: readonly string[],
): readonly ConfigProblem[] {
  const rules = names(file)
    .filter((one) => rulesNamed(one.name, ruleIds).length === 0)
    .map((one) => ({
      at: { file: name, span: one.isKey ? located.keyAt(one.at) : located.valueAt(one.at) },
      message: unknown('rule', 'règle inconnue', one.name, nearestRule(one.name, ruleIds)),
    }))
  const globs = Object.keys(file['per-file-ignores'] ?? {}).map((glob) => ({
    glob,
    key: 'per-file-ignores',
    span: located.keyAt(['per-file-ignores', glob]),
  }))
  const paths = (file.ignore ?? []).map(({ path }, index) => ({
    glob: path,
    key: 'ignore',
    span: located.valueAt(['ignore', index, 'path']),
  }))
  return [
    ...rules,
    ...[...globs, ...paths].flatMap(({ glob, key, span }) => {
      const fault = globFault(glob)
      return fault === undefined
        ? []
        : [{ at: { file: name, span }, message: { en: `${key}: ${fault.en}`, fr: `${key} : ${fault.fr}` } }]
    }),
  ]
}

/** The entries of `per-file-ignores` and `ignore` that can be followed, one for each name of rules. */
export function ignoresIn(file: ConfigFile, located: Located, name: string, ruleIds: readonly string[]): Ignore[] {
  const entry = (path: string, rule: string, reason: string, at: KeyPath): Ignore => ({
    path,
    rule,
    rules: new Set(rulesNamed(rule, ruleIds)),
    reason,
    at: { file: name, span: located.valueAt(at) },
  })
  return [
    ...Object.entries(file['per-file-ignores'] ?? {}).flatMap(([glob, rules]) =>
      rules.map((rule, index) => entry(glob, rule, '', ['per-file-ignores', glob, index])),
    ),
    ...(file.ignore ?? []).map(({ path, rule, reason }, index) => entry(path, rule, reason, ['ignore', index, 'rule'])),
  ].filter(({ path, rules }) => rules.size > 0 && globFault(path) === undefined)
}
