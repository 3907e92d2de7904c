import { evaluate } from '../../../src/evaluate/evaluate.ts'
import type { Crash, Environment, Evaluation } from '../../../src/evaluate/evaluation.ts'
import type { FileTree } from '../../../src/files/tree.ts'
import { compare, type Verdict } from './compare.ts'
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
    environment: exactly(env),
    searchPath: side.base === '' ? [''] : [side.base, ''],
    packages: (name) => (side.installed(name) ? 'installed' : 'absent'),
    versions: (name) => side.versions.get(name),
    argv: side.argv,
    isPresent: side.isPresent,
    python: side.python,
  })
}

export interface Comparison {
  /** Per UPPERCASE name of either side. */
  readonly names: ReadonlyMap<string, Verdict>
  /** `agreed`: both crash or neither; otherwise who crashes alone. */
  readonly crash: 'agreed' | 'ours alone' | 'theirs alone' | 'maybe'
  readonly ours: Crash | undefined
}

/** Compares one evaluation with CPython's answer. */
export function compareAll(evaluation: Evaluation, answer: Answer): Comparison {
  const ours = evaluation.certainCrash
  if (!answer.ok) {
    const possible = evaluation.paths.some((path) => path.crash !== undefined)
    return { names: new Map(), crash: ours !== undefined ? 'agreed' : possible ? 'maybe' : 'theirs alone', ours }
  }
  const names = new Map<string, Verdict>()
  if (ours !== undefined) return { names, crash: 'ours alone', ours }
  for (const [name, value] of Object.entries(answer.names)) {
    if (answer.defaults?.includes(name) && evaluation.get(name) === undefined) continue
    names.set(name, verdictOf(evaluation, name, value))
  }
  for (const name of evaluation.names()) {
    if (!isUpper(name) || names.has(name)) continue
    const absent = evaluation.get(name)?.absent ?? []
    const where = { path: name, ours: 'bound', theirs: 'unbound' }
    names.set(
      name,
      absent.length > 0 ? { verdict: 'open', reason: 'bound on some paths' } : { verdict: 'wrong', ...where },
    )
  }
  return { names, crash: 'agreed', ours }
}

/** With several alternatives nothing is claimed, unless none of them is CPython's value. */
function verdictOf(evaluation: Evaluation, name: string, theirs: Encoded): Verdict {
  const resolved = evaluation.get(name)
  if (resolved === undefined) {
    if (evaluation.bounded) return { verdict: 'open', reason: 'the evaluation was cut short' }
    return { verdict: 'wrong', path: name, ours: 'unbound', theirs: JSON.stringify(theirs) }
  }
  const verdicts = resolved.alternatives.map(({ value }) => compare(value, theirs))
  const [only] = verdicts
  if (verdicts.length === 1 && resolved.absent.length === 0 && only !== undefined) return only
  const wrong = verdicts.find(({ verdict }) => verdict === 'wrong')
  if (wrong !== undefined && verdicts.every(({ verdict }) => verdict === 'wrong') && resolved.absent.length === 0)
    return wrong
  const condition = resolved.alternatives.flatMap(({ when }) => when).find(({ opaque }) => opaque)
  return { verdict: 'open', reason: condition === undefined ? 'several values' : `depends on: ${condition.text.en}` }
}

/** Python's `str.isupper` for names. */
export function isUpper(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase()
}
