import type { DependencySet } from '../../../src/app/dependencies/model.ts'
import { environmentOf } from '../../../src/app/environment/environment.ts'
import type { ProcessInputs } from '../../../src/app/processes/inputs.ts'
import type { Process, ProcessRun } from '../../../src/app/processes/model.ts'
import { readProcess } from '../../../src/app/processes/process.ts'
import { readProject } from '../../../src/app/project/project.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import type { ConfigVar } from '../../../src/evaluate/environment.ts'
import type { Part } from '../../../src/evaluate/parts.ts'
import type { Step, Word } from '../../../src/evaluate/shell/model.ts'
import { matchesWhole, patternOf, type ShellPattern } from '../../../src/evaluate/shell/pattern.ts'
import { fileSource } from '../../../src/evaluate/shell/source.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { knownVariables, unknownNames } from './generate.ts'
import type { Started } from './observe.ts'

const nothing = {
  state: 'unknown',
  via: undefined,
  transitive: false,
  version: undefined,
  range: '',
  extras: [],
} as const

/** What the static reader says a command starts; `home` is the folder in which it would run. */
export function predict(command: string, files: Readonly<Record<string, string>>, home: string): Process {
  const tree = memoryTree({ ...files, 'backend/.keep': '', 'src/.keep': '' })
  const variables = new Map<string, ConfigVar>([
    ...Object.entries({ ...knownVariables, HOME: home }).map(([name, text]): [string, ConfigVar] => [
      name,
      { state: 'known', parts: [text], from: { en: '', fr: '' } },
    ]),
    [
      'PORT',
      {
        state: 'known',
        parts: [{ name: 'PORT', variable: 'PORT', chars: 'digits', nonEmpty: true }],
        from: { en: '', fr: '' },
      },
    ],
    ...unknownNames.map((name): [string, ConfigVar] => [name, { state: 'unknown' }]),
  ])
  const facts = { redisVariables: [], addonsKnown: false, hasHerokuRedis: false }
  const environment = environmentOf(variables, facts, { state: 'absent' })
  const dependencies = {
    installed: () => nothing,
    moduleState: () => 'unknown',
    mayBring: () => [],
    requirements: [],
  } as unknown as DependencySet
  const app = {
    tree,
    environment,
    dependencies,
    project: readProject({ tree }),
    config: defaultConfig,
  } as unknown as ProcessInputs
  const at = { file: 'Procfile', span: { start: 0, end: command.length } }
  return readProcess(app, {
    type: 'web',
    at,
    command: { text: command, at },
    form: { kind: 'shell', source: fileSource('Procfile', command) },
    layout: { home, mounts: [{ path: home, folder: '' }] },
    image: undefined,
    lost: false,
  })
}

/** The programs that a command is said to start, by name or path, each with the folder (absolute) it is started in. */
export function programsOf({ runs }: Process): { readonly program: string; readonly folder: string }[] {
  return runs.flatMap((run) =>
    run.steps.flatMap(({ fullArgv, folder }) => {
      const parts = fullArgv[0]?.parts ?? []
      const program = parts.every((part) => typeof part === 'string') ? parts.join('') : ''
      return program === '' || folder === undefined ? [] : [{ program, folder }]
    }),
  )
}

export interface Comparison {
  readonly verdict: 'same' | 'different' | 'undetermined'
  readonly why: string
}

/** Compares what bash did with what was predicted for those config vars. */
export function compare(
  process: Process,
  started: readonly Started[],
  environment: Readonly<Record<string, string>>,
): Comparison {
  const runs = process.runs.filter((run) => matchesEnvironment(run, environment))
  if (runs.length === 0) return { verdict: 'different', why: 'no run fits the environment' }
  const expected = runs.map((run) => steps(run).map((step) => describe(step, environment)))
  const index = expected.findIndex((words) => sameStart(words, started, runs))
  const run = runs[0] as ProcessRun
  if (index !== -1 && runs.every(({ unknowns }) => unknowns.length === 0)) {
    if (runs.length > 1 && hasOpaque(runs)) return { verdict: 'undetermined', why: 'rests on an opaque test' }
    return expected[index]?.every(isWhole) === true
      ? { verdict: 'same', why: '' }
      : { verdict: 'undetermined', why: 'a text that is not known' }
  }
  if (runs.some(({ unknowns }) => unknowns.length > 0))
    return { verdict: 'undetermined', why: run.unknowns[0]?.why.en ?? '' }
  if (runs.some((one) => steps(one).some(isVague))) return { verdict: 'undetermined', why: 'a word of unknown number' }
  if (hasOpaque(runs)) return { verdict: 'undetermined', why: 'rests on an opaque test' }
  const show = (words: readonly Expected[]) =>
    words.map(({ argv, cwd }) => `${cwd}$ ${argv.map(showPattern).join(' | ')}`).join('\n    ')
  const real = started.map(({ argv, cwd }) => `${cwd}$ ${argv.join(' | ')}`).join('\n    ')
  return { verdict: 'different', why: `expected\n    ${show(expected[0] ?? [])}\n  bash\n    ${real}` }
}

/** Tests whose answer nobody gave: which of the runs bash took cannot be said. Programs are stubs that succeed. */
function hasOpaque(runs: readonly ProcessRun[]): boolean {
  return runs.some(({ when }) => when.some(({ opaque, id }) => opaque && !id.endsWith(':status')))
}

function matchesEnvironment({ when }: ProcessRun, environment: Readonly<Record<string, string>>): boolean {
  return when.every(({ id, holds, opaque }) => {
    if (opaque) return id.endsWith(':status') ? holds : true
    const set = /^env:(\w+):(set|nonempty)$/.exec(id)
    if (set !== null) {
      const value = environment[set[1] as string]
      return (set[2] === 'set' ? value !== undefined : value !== undefined && value !== '') === holds
    }
    const match = /^env:(\w+)~([\s\S]*)$/.exec(id)
    if (match !== null) {
      const pattern = patternOf(JSON.parse(match[2] as string)) as ShellPattern
      return matchesWhole(pattern, environment[match[1] as string] ?? '') === holds
    }
    const equal = /^env:(\w+)=([\s\S]*)$/.exec(id)
    return equal === null || (environment[equal[1] as string] === equal[2]) === holds
  })
}

/** Some word may become none or several, and not only because of a config var. */
function isVague({ fullArgv }: Step): boolean {
  return fullArgv.some(
    ({ splits, parts }) => splits && parts.some((part) => typeof part === 'object' && part.variable === undefined),
  )
}

/** Programs bash really starts: no fallbacks. */
function steps({ steps: all }: ProcessRun): Step[] {
  return all.filter(({ fallback }) => !fallback)
}

/** Nothing is left open that would fit whatever bash did. */
function isWhole({ argv, cwd, environment }: Expected): boolean {
  return cwd !== '?' && ![...argv, ...environment.values()].some((text) => text instanceof RegExp)
}

type Pattern = string | RegExp

interface Expected {
  readonly argv: readonly Pattern[]
  readonly cwd: string
  readonly environment: ReadonlyMap<string, Pattern | undefined>
  readonly loose: boolean
}

function describe(step: Step, environment: Readonly<Record<string, string>>): Expected {
  const values = new Map<string, Pattern | undefined>()
  for (const { name, parts } of step.changes)
    values.set(name, parts === undefined ? undefined : fill(parts, environment))
  const [first, ...others] = step.fullArgv.flatMap((word) => wordPatterns(word, environment))
  const program = typeof first === 'string' ? first.slice(first.lastIndexOf('/') + 1) : (first ?? '')
  return {
    argv: [program, ...others],
    cwd: step.folder ?? '?',
    environment: values,
    loose: step.background || step.piped,
  }
}

function wordPatterns(word: Word, environment: Readonly<Record<string, string>>): Pattern[] {
  const pattern = fill(word.parts, environment)
  if (!word.splits || typeof pattern !== 'string') return [pattern]
  return pattern.split(/[ \t\n]+/).filter((text) => text !== '')
}

/** The text with config vars filled in; a pattern when something else is not known. */
function fill(parts: readonly Part[], environment: Readonly<Record<string, string>>): Pattern {
  const known = (part: Part) =>
    typeof part === 'string'
      ? part
      : part.variable === undefined || part.name !== part.variable
        ? undefined
        : (environment[part.variable] ?? '')
  const texts = parts.map(known)
  if (texts.every((text) => text !== undefined)) return texts.join('')
  return new RegExp(
    `^${texts.map((text) => (text === undefined ? '[\\s\\S]*' : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('')}$`,
  )
}

function showPattern(pattern: Pattern): string {
  return typeof pattern === 'string' ? pattern : String(pattern)
}

function fits(pattern: Pattern | undefined, text: string | undefined): boolean {
  if (pattern === undefined || text === undefined) return pattern === text
  return typeof pattern === 'string' ? pattern === text : pattern.test(text)
}

function sameStart(expected: readonly Expected[], started: readonly Started[], _runs: readonly ProcessRun[]): boolean {
  if (expected.length !== started.length) return false
  if (!expected.some(({ loose }) => loose)) return expected.every((one, i) => sameStep(one, started[i] as Started))
  const left = [...started]
  return expected.every((one) => {
    const index = left.findIndex((other) => sameStep(one, other))
    if (index === -1) return false
    left.splice(index, 1)
    return true
  })
}

/** `env NAME=…` and `env -u NAME` change what the program behind it sees, which the stub of `env` does not start. */
function setByEnv({ argv }: Started, name: string): boolean {
  return (
    argv[0] === 'env' &&
    argv.some((word, at) => word.startsWith(`${name}=`) || (argv[at - 1] === '-u' && word === name))
  )
}

function sameStep({ argv, cwd, environment }: Expected, started: Started): boolean {
  return (
    argv.length === started.argv.length &&
    argv.every((pattern, i) => fits(pattern, started.argv[i])) &&
    (cwd === '?' || cwd === started.cwd) &&
    [...environment].every(([name, value]) => setByEnv(started, name) || fits(value, started.environment[name]))
  )
}
