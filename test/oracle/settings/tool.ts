import type { Place } from '../../../src/contracts/place.ts'
import type { Environment } from '../../../src/evaluate/environment.ts'
import { evaluate } from '../../../src/evaluate/python/evaluate.ts'
import type { Evaluation } from '../../../src/evaluate/python/evaluation.ts'
import type { FileTree } from '../../../src/files/tree.ts'
import { evaluationJson } from '../../../src/show/settings.ts'
import { compare, type Printed, type Verdict } from './compare.ts'
import type { Encoded } from './encode.ts'
import type { Answer } from './python.ts'

export interface Side {
  readonly tree: FileTree
  /** Tree-relative folder of the working directory, '' for the root. */
  readonly base: string
  readonly argv: readonly string[]
  /** Whether CPython can import a top-level module that is neither the project's nor the standard library's. */
  readonly installed: (name: string) => boolean
  readonly versions: ReadonlyMap<string, string>
  readonly python: string
  readonly isPresent?: (path: string) => boolean
  /** The folders that are searched, where that is not what `base` says. */
  readonly searchPath?: readonly string[] | undefined
}

/** Exactly these variables; every other one is absent. */
function exactly(env: Readonly<Record<string, string>>): Environment {
  const from = { en: 'the trial', fr: "l'essai" }
  return {
    get: (name) => {
      const value = Object.hasOwn(env, name) ? env[name] : undefined
      return value === undefined ? { state: 'absent' } : { state: 'known', parts: value === '' ? [] : [value], from }
    },
    names: () => Object.keys(env),
  }
}

export function run(side: Side, module: string, env: Readonly<Record<string, string>>): Evaluation {
  return evaluate({
    tree: side.tree,
    module,
    environment: { ...exactly(env), argv: side.argv },
    searchPath: side.searchPath ?? (side.base === '' ? [''] : [side.base, '']),
    packages: (name) => (side.installed(name) ? 'installed' : 'absent'),
    versions: (name) => side.versions.get(name),
    isPresent: side.isPresent,
    python: side.python,
  })
}

/** What `dynolint show settings --format json` prints of an evaluation, read back from its text. */
interface Document {
  readonly settings: Readonly<Record<string, Setting>>
  readonly crash: { readonly exception: string; readonly message: string } | null
  readonly bounded: boolean
}

type Setting = Printed & {
  readonly alternatives?: readonly (Printed & { readonly when: string; readonly unset?: true })[]
}

function printed(evaluation: Evaluation): Document {
  const at = ({ file }: Place): { readonly file: string; readonly line: number } => ({ file, line: 0 })
  return JSON.parse(JSON.stringify(evaluationJson(evaluation, { at, language: 'en' })))
}

export interface Comparison {
  /** Per UPPERCASE name of either side. */
  readonly names: ReadonlyMap<string, Verdict>
  /** `agreed`: both crash or neither; otherwise who crashes alone. */
  readonly crash: 'agreed' | 'ours alone' | 'theirs alone' | 'maybe'
  readonly ours: { readonly exception: string; readonly message: string } | null
}

/** Compares one evaluation, as it is printed, with CPython's answer. */
export function compareAll(evaluation: Evaluation, answer: Answer): Comparison {
  const { settings, crash: ours, bounded } = printed(evaluation)
  if (!answer.ok) {
    const possible = evaluation.paths.some((path) => path.crash !== undefined)
    return { names: new Map(), crash: ours !== null ? 'agreed' : possible ? 'maybe' : 'theirs alone', ours }
  }
  const names = new Map<string, Verdict>()
  if (ours !== null) return { names, crash: 'ours alone', ours }
  for (const [name, value] of Object.entries(answer.names)) {
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined
    if (answer.defaults?.includes(name) && setting === undefined) continue
    names.set(name, verdictOf(setting, bounded, name, value))
  }
  for (const [name, setting] of Object.entries(settings)) {
    if (names.has(name)) continue
    const unset = setting.alternatives?.some((alternative) => alternative.unset) ?? false
    const where = { path: name, ours: 'bound', theirs: 'unbound' }
    names.set(name, unset ? { verdict: 'open', reason: 'bound on some paths' } : { verdict: 'wrong', ...where })
  }
  return { names, crash: 'agreed', ours }
}

/** With several alternatives nothing is claimed, unless none of them is CPython's value. */
function verdictOf(setting: Setting | undefined, bounded: boolean, name: string, theirs: Encoded): Verdict {
  if (setting === undefined) {
    if (bounded) return { verdict: 'open', reason: 'the evaluation was cut short' }
    return { verdict: 'wrong', path: name, ours: 'unbound', theirs: JSON.stringify(theirs) }
  }
  if (setting.alternatives === undefined) return compare(setting, theirs)
  const bound = setting.alternatives.filter(({ unset }) => !unset)
  const verdicts = bound.map((alternative) => compare(alternative, theirs))
  const wrong = verdicts.find(({ verdict }) => verdict === 'wrong')
  const isUnsetSomewhere = bound.length < setting.alternatives.length
  if (wrong !== undefined && verdicts.every(({ verdict }) => verdict === 'wrong') && !isUnsetSomewhere) return wrong
  const when = bound.map((alternative) => alternative.when).find((text) => text !== '')
  return { verdict: 'open', reason: when === undefined ? 'several values' : `depends on: ${when}` }
}
