import { type Place, placeKey } from '../../contracts/place.ts'
import type { FileTree } from '../../files/tree.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { decisive } from '../condition.ts'
import type { Environment } from '../environment.ts'
import type { Crash, EvaluatedPath, Evaluation, Resolved } from './evaluation.ts'
import { type Exploration, explore } from './explore/explore.ts'
import { answerOf, type PathAnswers, type PathOutcome } from './explore/outcome.ts'
import { condition, resolve, simplified } from './explore/resolve.ts'
import { createTaints } from './explore/taint.ts'
import type { FilePresence, Machine, Session } from './interpreter/machine.ts'
import type { Rebinding } from './interpreter/trace.ts'
import { applyConfiguration } from './libraries/configurations.ts'
import { libraries } from './libraries/index.ts'
import type { PythonRun } from './library.ts'
import type { ModuleValue, UnknownValue, Value } from './value.ts'

export interface Options {
  readonly tree: FileTree
  /** Dotted name of a module on the search path, or a file run under a name. */
  readonly module: string | { readonly file: string; readonly name: string }
  readonly environment: Environment
  /** Tree-relative folders of `sys.path`, the working directory first; '' is the root. */
  readonly searchPath: readonly string[]
  /** Whether a top-level module that is neither the project's nor the standard library's is installed. */
  readonly packages: (name: string) => FilePresence
  /** Whether a module that is not found is the project's own all the same, so that its absence ends the run. Default: none is. */
  readonly ownModule?: ((name: string) => boolean) | undefined
  /** The exact version of an installed distribution, when it is known. Default: none is. */
  readonly versions?: ((distribution: string) => string | undefined) | undefined
  /** Whether an installed package has no such name in a module of its own, or no such module (`*`). Default: it has all. */
  readonly lacks?: ((module: string, name: string) => boolean) | undefined
  /** Whether a file is on the dyno; default: every file of the tree is. */
  readonly isPresent?: ((path: string) => boolean) | undefined
  /** Version of Python, `3.12` by default. */
  readonly python?: string | undefined
  /** What the process does once the module is loaded; see `libraries/django-start.ts`. Its events follow; its names are left alone. */
  readonly after?: ((m: Machine) => void) | undefined
  /** Modules imported before it in the same run, e.g. those the server imports. */
  readonly before?: readonly string[] | undefined
  /** Names of modules of which every binding is to be told. */
  readonly watched?: ReadonlySet<string> | undefined
  /** Where the tree's root is on the machine. Default: `/app`. */
  readonly home?: string | undefined
  /** Whether what lies on the machine besides is a stack's; an image of the project's own may hold anything. Default: it is. */
  readonly stack?: boolean | undefined
}

/**
 * Runs a module as a dyno would import it, for every environment that is possible, and says what its names are worth.
 * Never throws; what cannot be known is an unknown value with a reason.
 */
export function evaluate(options: Options): Evaluation {
  const session = createSession(options)
  const { module } = options
  const name = typeof module === 'string' ? module : module.name
  const file = typeof module === 'string' ? undefined : module.file
  return describe(name, explore(session, { before: options.before ?? [], name, file, after: options.after }), session)
}

/** What the runs of one evaluation share. */
export function createSession(options: Options): Session {
  const { tree } = options
  return {
    tree,
    environment: options.environment,
    searchPath: options.searchPath,
    packages: options.packages,
    ownModule: options.ownModule ?? (() => false),
    versions: options.versions ?? (() => undefined),
    lacks: options.lacks ?? (() => false),
    isPresent: options.isPresent ?? ((path) => tree.kind(path) === 'file'),
    python: options.python ?? '3.12',
    home: options.home ?? '/app',
    stack: options.stack ?? true,
    libraries,
    builtins: builtinNames(),
    afterModule,
    taints: createTaints(),
    questions: [],
    questionIndex: new Map(),
    watched: options.watched,
    asked: { folder: false, argv: false },
    parse: (path) => parseFile(tree, path),
  }
}

/** What packages do once a module has run; theirs is loaded when the project has imported them. */
function afterModule(run: PythonRun, module: ModuleValue): void {
  const { modules } = run as Machine
  if (modules.has('configurations') || modules.has('configurations.base')) applyConfiguration(run, module)
}

let names: ReadonlyMap<string, Value> | undefined

function builtinNames(): ReadonlyMap<string, Value> {
  if (names !== undefined) return names
  const made = new Map<string, Value>()
  for (const [name, value] of Object.entries(libraries.get('builtins')?.names ?? {})) {
    if (typeof value !== 'function') made.set(name, value)
  }
  names = made
  return made
}

function describe(module: string, exploration: Exploration, session: Session): Evaluation {
  const { base, runs } = exploration
  const resolved = new Map<string, Resolved | undefined>()
  const live = runs.filter((run) => run.crash === undefined)
  const order = new Set<string>()
  for (const run of live.length === 0 ? [base] : [base, ...live]) for (const name of run.names.keys()) order.add(name)
  const paths = runs.map((run): EvaluatedPath => {
    const { events, searchPath } = run
    return { when: conditions(run), crash: crashOf(run, session), events, searchPath }
  })
  return {
    module,
    file: runs.find((run) => run.file !== undefined)?.file,
    names: () => [...order],
    get(name) {
      if (!resolved.has(name)) resolved.set(name, order.has(name) ? resolve(exploration, name) : undefined)
      return resolved.get(name)
    },
    paths,
    certainCrash: live.length === 0 ? crashOf(base, session) : undefined,
    required: requiredVariables(exploration, session),
    reads: mergeReads(runs),
    files: [...new Set(runs.flatMap((run) => run.files))],
    asksFolder: session.asked.folder,
    asksArgv: session.asked.argv,
    unknowns: mergeUnknowns(runs),
    open: runs.find((run) => run.open !== undefined)?.open,
    rebindings: rebindingsOf(live.length === 0 ? [base] : live, session),
    bounded: exploration.bounded || runs.some((run) => run.exhausted),
  }
}

function conditions(run: PathOutcome): EvaluatedPath['when'] {
  return [...run.asked.values()].map((asked) => condition(asked, asked.holds))
}

function crashOf(run: PathOutcome, session: Session): Crash | undefined {
  if (run.crash === undefined) return undefined
  const { taint, ...crash } = run.crash
  const ids = new Set(session.taints.questions(taint).map((index) => session.questions[index]?.id))
  return { ...crash, when: conditions(run).filter(({ id }) => ids.has(id)) }
}

/** Variables of which it is known that the module raises when they alone are unset. */
function requiredVariables({ fatal, runs }: Exploration, session: Session): Evaluation['required'] {
  const out = new Map<string, Place>()
  for (const run of runs) for (const [name, at] of run.required) if (!out.has(name)) out.set(name, at)
  // Where every path raises, no variable mends it.
  if (runs.every(({ crash }) => crash !== undefined)) return [...out].map(([name, at]) => ({ name, at }))
  // What ends beside a variable that has to be set anyway rests on the other one alone, which may be what a third one is read beside.
  let left = [...fatal]
  for (let before = -1; left.length !== before; ) {
    before = left.length
    left = left.filter((answers) => {
      const name = onlyUnset(answers, session, out)
      const crash = name === undefined ? undefined : runs.find((run) => run.crash && gave(run, answers))?.crash
      if (name !== undefined && crash !== undefined && !out.has(name)) out.set(name, crash.at)
      return name === undefined
    })
  }
  return [...out].map(([name, at]) => ({ name, at }))
}

/** The variable that alone is unset, beside those of `required`, which are set. */
function onlyUnset(answers: PathAnswers, session: Session, required: ReadonlyMap<string, Place>): string | undefined {
  const variables = [...answers].map(([index, holds]) => {
    const { id = '' } = session.questions[index] ?? {}
    const isVariable = id.startsWith('env:') && id.endsWith(':set')
    return { name: isVariable ? id.slice(4, -4) : undefined, holds }
  })
  const [unset, ...more] = variables.filter(({ name, holds }) => !(holds && name !== undefined && required.has(name)))
  return more.length === 0 && unset?.holds === false ? unset.name : undefined
}

function gave(run: PathOutcome, answers: PathAnswers): boolean {
  return [...answers].every(([index, holds]) => answerOf(run, index) === holds)
}

/** Each once, with what must be so for it: what holds wherever it happens, and not wherever it does not. */
function rebindingsOf(runs: readonly PathOutcome[], session: Session): Evaluation['rebindings'] {
  const found: { key: string; rebinding: Rebinding; runs: Set<PathOutcome> }[] = []
  for (const run of runs) {
    // What only this run does stands behind what it did before.
    let last = -1
    for (const rebinding of run.rebindings) {
      const { name, at, does, text } = rebinding
      const key = `${name} ${placeKey(at)} ${does} ${text}`
      const known = found.findIndex((one) => one.key === key)
      if (known >= 0) found[known]?.runs.add(run)
      else found.splice(last + 1, 0, { key, rebinding, runs: new Set([run]) })
      last = known >= 0 ? known : last + 1
    }
  }
  return found.map(({ rebinding, runs: happened }) => {
    const rests = new Set(session.taints.questions(rebinding.taint).map((index) => session.questions[index]?.id))
    const [first, ...others] = [...happened].map(conditions)
    const shared = (first ?? []).filter(
      (one) =>
        rests.has(one.id) && others.every((list) => list.some(({ id, holds }) => id === one.id && holds === one.holds)),
    )
    const elsewhere = runs.filter((run) => !happened.has(run)).map((run) => ({ when: conditions(run) }))
    return { ...rebinding, when: simplified(decisive(shared, elsewhere)) }
  })
}

function mergeReads(runs: readonly PathOutcome[]): ReadonlyMap<string, readonly Place[]> {
  const out = new Map<string, Map<string, Place>>()
  for (const run of runs) {
    for (const [name, places] of run.reads) {
      let known = out.get(name)
      if (known === undefined) {
        known = new Map()
        out.set(name, known)
      }
      for (const at of places) known.set(placeKey(at), at)
    }
  }
  return new Map([...out].map(([name, places]) => [name, [...places.values()]]))
}

function mergeUnknowns(runs: readonly PathOutcome[]): readonly UnknownValue[] {
  const out = new Map<string, UnknownValue>()
  for (const run of runs) {
    for (const value of run.unknowns) out.set(`${placeKey(value.at)}:${value.reason.en}`, value)
  }
  return [...out.values()]
}
