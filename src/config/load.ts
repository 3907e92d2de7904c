import * as v from 'valibot'
import type { Place, Problem } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type { FileTree } from '../files/tree.ts'
import { nearest } from '../nearest.ts'
import type { ConfigProblem } from './config.ts'
import { type Config, defaultConfig } from './config.ts'
import { expectation } from './expectation.ts'
import { globFault } from './globs.ts'
import { ignoresIn, severitiesOf, unmatched } from './ignores.ts'
import { isYaml, type KeyPath, type Located, locate } from './located.ts'
import { configNames } from './names.ts'
import { nearestRule } from './rule-globs.ts'
import { type ConfigFile, configSchema } from './schema.ts'
import { suggestion, unknown } from './suggestion.ts'

/** The pins of the French deployment guide the project began with: `pins = "guide"`. */
export const guidePins: Readonly<Record<string, string>> = {
  channels: '4.1.0',
  'channels-redis': '4.2.0',
  redis: '7.1.0',
  daphne: '4.1.1',
}

export interface LoadedConfig {
  readonly config: Config
  /** The file it came from; undefined when there is none. */
  readonly file: string | undefined
  /** `root` as written, relative to the file's folder. */
  readonly roots: readonly string[] | undefined
  readonly problems: readonly ConfigProblem[]
}

const unreadable: Text = {
  en: 'the configuration cannot be read: it must be a regular text file of its folder',
  fr: 'la configuration est illisible : il faut un fichier texte ordinaire de son dossier',
}

/**
 * The configuration of a folder. What is wrong in it is told with its position and left out; the rest counts.
 * @param name a file named on the command line, instead of the usual ones
 */
export async function loadConfig(tree: FileTree, ruleIds: readonly string[], name?: string): Promise<LoadedConfig> {
  for (const file of name === undefined ? configNames : [name]) {
    const source = tree.read(file)
    if (typeof source === 'string') {
      if (source === 'absent' || source === 'directory' || name !== undefined || file === 'pyproject.toml') continue
      const problem = { at: { file, span: { start: 0, end: 0 } }, message: unreadable }
      return { config: defaultConfig, file, roots: undefined, problems: [problem] }
    }
    const located = configurationIn(file, source.text)
    if (located === undefined) continue
    if (!('value' in located)) {
      const problem = { at: { file, span: located.span }, message: located.message }
      return { config: defaultConfig, file, roots: undefined, problems: [problem] }
    }
    const loaded = read(located, file, ruleIds)
    return { ...loaded, problems: [...loaded.problems, ...(name === undefined ? notRead(tree, file) : [])] }
  }
  return { config: defaultConfig, file: undefined, roots: undefined, problems: [] }
}

function configurationIn(file: string, text: string): Located | Problem | undefined {
  if (isYaml(file) || !/(^|\/)pyproject\.toml$/.test(file)) return locate(file, text, [])
  if (!text.includes('dynolint')) return undefined
  const located = locate(file, text, ['tool', 'dynolint'])
  // A broken pyproject.toml is reported by the rules that need it; it only matters here if it is about us.
  return located !== undefined && !('value' in located) && !text.includes('tool.dynolint') ? undefined : located
}

function read(located: Located, file: string, ruleIds: readonly string[]): LoadedConfig {
  const schema = configSchema(ruleIds)
  const problems: ConfigProblem[] = []
  let value: unknown = located.value ?? {}
  // Each pass drops what is wrong, so that one mistake does not cost the rest.
  for (let pass = 0; pass < 100; pass++) {
    const result = v.safeParse(schema, value)
    if (result.success) {
      const { output } = result
      const sound = withoutFaultyGlobs(output, (index, message) =>
        problems.push({ at: place(file, located.valueAt(['exclude', index])), message }),
      )
      problems.push(...unmatched(sound, located, file, ruleIds))
      return { ...complete(sound, located, file, ruleIds), file, problems }
    }
    const issues = result.issues.flatMap(innermost)
    for (const issue of issues) problems.push(problemOf(issue, pathOf(issue), located, file, ruleIds))
    const dropped = issues.map((issue) => droppedFor(pathOf(issue), issue))
    if (dropped.some((path) => path.length === 0)) break
    // From the end of each list on, so that the others keep their places.
    for (const path of dropped.sort(comparePaths).reverse()) value = without(value, path)
  }
  return { config: defaultConfig, file, roots: undefined, problems }
}

/** Globs that would leave the root or never come to an end are told and left out. */
function withoutFaultyGlobs(file: ConfigFile, tell: (index: number, message: Text) => void): ConfigFile {
  const exclude = file.exclude?.filter((glob, index) => {
    const fault = globFault(glob)
    if (fault !== undefined) tell(index, { en: `exclude: ${fault.en}`, fr: `exclude : ${fault.fr}` })
    return fault === undefined
  })
  return exclude === undefined ? file : { ...file, exclude }
}

/** Configurations that stand beside the one that counts. */
function notRead(tree: FileTree, read: string): ConfigProblem[] {
  return configNames.slice(configNames.indexOf(read as (typeof configNames)[number]) + 1).flatMap((file) => {
    const source = tree.read(file)
    const located = typeof source === 'string' ? undefined : configurationIn(file, source.text)
    if (located === undefined) return []
    const span = 'value' in located ? located.keyAt([]) : located.span
    return [
      {
        at: { file, span },
        message: {
          en: `this configuration is not read: ${read} stands beside it and counts; keep one of the two`,
          fr: `cette configuration n’est pas lue : ${read} est à côté et l’emporte ; gardez l’une des deux`,
        },
      },
    ]
  })
}

type Issue = v.BaseIssue<unknown>

/** What is wrong inside of a value that may be of several kinds, where it is of one of them. */
function innermost(issue: Issue): Issue[] {
  const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined)
  if (issue.type !== 'union' || inside.length === 0) return [issue]
  return inside.flatMap((one) => innermost({ ...one, path: [...(issue.path ?? []), ...(one.path ?? [])] } as Issue))
}

const pathOf = (issue: Issue): KeyPath => (issue.path ?? []).map((item) => item.key as string | number)

/** What is left out for a mistake: an entry of `ignore` counts whole or not at all. */
const droppedFor = (path: KeyPath, { expected }: Issue): KeyPath =>
  path[0] === 'ignore' && path.length > 2 && expected !== 'never' ? path.slice(0, 2) : path

function comparePaths(a: KeyPath, b: KeyPath): number {
  const at = a.findIndex((key, index) => key !== b[index])
  const [one, other] = [a[at], b[at]]
  if (at < 0 || other === undefined) return a.length - b.length
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one) < String(other) ? -1 : 1
}

function problemOf(
  issue: Issue,
  path: KeyPath,
  located: Located,
  file: string,
  ruleIds: readonly string[],
): ConfigProblem {
  const key = String(path.at(-1) ?? '')
  const dotted = path.join('.')
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = path[0] === 'ignore' ? ['path', 'rule', 'reason'] : Object.keys(configSchema(ruleIds).entries)
    return {
      at: place(file, located.keyAt(path)),
      message: unknown('key', 'clé inconnue', dotted, nearest(key, known)),
    }
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    const entry = path.slice(0, -1).join('.')
    return {
      at: place(file, located.valueAt(path.slice(0, -1))),
      message: { en: `${entry}: “${key}” is missing`, fr: `${entry} : « ${key} » manque` },
    }
  }
  const isKey = issue.path?.at(-1)?.origin === 'key'
  if (typeof issue.input === 'string' && (path[0] === 'rules' ? isKey : namesRule(path))) {
    return {
      at: place(file, isKey ? located.keyAt(path) : located.valueAt(path)),
      message: unknown('rule', 'règle inconnue', issue.input, nearestRule(issue.input, ruleIds)),
    }
  }
  const expected = issue.expected ?? ''
  const near =
    typeof issue.input === 'string'
      ? nearest(
          issue.input,
          [...expected.matchAll(/"([^"]*)"/g)].map((m) => m[1] ?? ''),
        )
      : undefined
  const hint = suggestion(near)
  const said = expectation(expected, issue.received)
  return {
    at: place(file, located.valueAt(path)),
    message: {
      en: `${dotted || 'the configuration'}: ${said.en}${hint.en}`,
      fr: `${dotted || 'la configuration'}\u00a0: ${said.fr}${hint.fr}`,
    },
  }
}

/** Where a value names a rule: in the lists of `per-file-ignores`, as `rule` of an entry of `ignore`. */
const namesRule = ({ length, 0: table, 2: last }: KeyPath): boolean =>
  length === 3 && (table === 'per-file-ignores' || (table === 'ignore' && last === 'rule'))

function place(file: string, span: Place['span']): Place {
  return { file, span }
}

function without(value: unknown, path: KeyPath): unknown {
  const [key, ...rest] = path
  if (Array.isArray(value)) {
    const index = Number(key)
    return rest.length === 0
      ? value.filter((_, i) => i !== index)
      : value.map((item, i) => (i === index ? without(item, rest) : item))
  }
  if (typeof value !== 'object' || value === null || key === undefined) return {}
  const copy: Record<string, unknown> = { ...value }
  if (rest.length === 0) delete copy[key]
  else copy[key] = without(copy[key], rest)
  return copy
}

function complete(
  file: ConfigFile,
  located: Located,
  name: string,
  ruleIds: readonly string[],
): Pick<LoadedConfig, 'config' | 'roots'> {
  const pins = new Map<string, { version: string; at: Place | undefined }>()
  if (file.pins === 'guide')
    for (const [pin, version] of Object.entries(guidePins)) pins.set(pin, { version, at: undefined })
  else {
    for (const [pin, version] of Object.entries(file.pins ?? {})) {
      pins.set(normaliseName(pin), { version, at: place(name, located.valueAt(['pins', pin])) })
    }
  }
  const fileIn = (key: 'snapshot' | 'baseline'): Config['snapshot'] => {
    const written = file[key]
    return written === undefined ? undefined : { file: written, at: place(name, located.valueAt([key])) }
  }
  return {
    roots: file.root === undefined ? undefined : typeof file.root === 'string' ? [file.root] : file.root,
    config: {
      profile: file.profile ?? defaultConfig.profile,
      rules: severitiesOf(file, ruleIds),
      named: new Set(ruleIds.filter((id) => Object.hasOwn(file.rules ?? {}, id))),
      ignores: ignoresIn(file, located, name, ruleIds),
      exclude: file.exclude ?? [],
      env: file.env ?? {},
      envAt: new Map(Object.keys(file.env ?? {}).map((key) => [key, place(name, located.keyAt(['env', key]))])),
      pins,
      addons: file.addons,
      platform: file.platform ?? defaultConfig.platform,
      platformStated: file.platform !== undefined,
      snapshot: fileIn('snapshot'),
      baseline: fileIn('baseline'),
      workerOnly: file['worker-only'] ?? false,
    },
  }
}

/** PEP 503. */
function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
