import { type Place, placeKey, samePlace } from '../../contracts/place.ts'
import { type Condition, judge } from '../../evaluate/condition.ts'
import { evaluate, type Options } from '../../evaluate/python/evaluate.ts'
import type { Crash, Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'

/** A file of the disk that a module run on the dyno needs and does not find there. */
export interface Unpushed {
  readonly file: string
  /** The import or call that raises. */
  readonly at: Place
  readonly exception: string
  readonly when: readonly Condition[]
}

/** A run, and what it needed of the disk that is not pushed, in the order in which it was met. */
export interface PushedRun {
  readonly evaluation: Evaluation
  readonly unpushed: readonly Unpushed[]
}

const found = new WeakMap<App, Map<string, Unpushed>>()

interface Conditional {
  readonly crash: Crash
  readonly when: readonly Condition[]
}

/** Bounds the turns: a project that was never added would be walked import by import. */
const maxFiles = 40

/** What the modules that were run so far need and the push leaves behind, in the order in which it was met. */
export function unpushedSoFar(app: App): readonly Unpushed[] {
  return [...(found.get(app)?.values() ?? [])]
}

/**
 * Runs a module with the files that the push carries. A file that stays behind is absent, so that the handler of a
 * guarded import runs; where nothing handles its absence it is told as unpushed and then taken for present,
 * so that one forgotten file hides nothing else.
 */
export function evaluateAsPushed({ presence, tree }: Pick<App, 'presence' | 'tree'>, options: Options): PushedRun {
  if (!presence.known) return { evaluation: evaluate(options), unpushed: [] }
  const assumed = new Set<string>()
  const unpushed: Unpushed[] = []
  for (;;) {
    const refused = new Set<string>()
    const isOwn = (name: string) =>
      options.searchPath.some((root) => modulesOf(refused, root === '' ? name : `${root}/${name}`).length > 0)
    const evaluation = evaluate({
      ...options,
      isPresent(path) {
        if (tree.kind(path) !== 'file') return false
        if (presence.isPresent(path) || assumed.has(path)) return true
        refused.add(path)
        return false
      },
      // The project has the module, so that nobody expects a package of this name to be installed.
      packages(name) {
        const state = options.packages(name)
        return state !== 'installed' && isOwn(name) ? 'absent' : state
      },
      ownModule: isOwn,
    })
    const before = assumed.size
    for (const { crash, when } of raisedIn(evaluation)) {
      const files = filesOf(crash, refused)
      for (const file of files) assumed.add(file)
      if (files[0] !== undefined && crash.at.file !== '')
        unpushed.push({ file: files[0], at: crash.at, exception: crash.exception, when })
    }
    if (assumed.size === before || assumed.size > maxFiles) return { evaluation, unpushed }
  }
}

/** Puts what a run of the app needed in vain with what the runs before it did. */
export function noteUnpushed(app: App, unpushed: Unpushed): void {
  const known = found.get(app) ?? new Map<string, Unpushed>()
  found.set(app, known)
  const earlier = known.get(unpushed.file)
  if (earlier === undefined || earlier.when.length > unpushed.when.length) known.set(unpushed.file, unpushed)
}

/** What ends the run, and what a start looks up in vain. */
function raisedIn(evaluation: Evaluation): Conditional[] {
  const failures = evaluation.paths.flatMap(({ events, when }) =>
    events.flatMap((event) => (event.type === 'failure' ? [{ event, when }] : [])),
  )
  const distinct = uniqueBy(failures, ({ event }) => placeKey(event.at) + event.message)
  const looked = distinct.flatMap(({ event }): Conditional[] => {
    const isIt = (other: Event) =>
      other.type === 'failure' && samePlace(other.at, event.at) && other.message === event.message
    const answer = judge(evaluation.paths, ({ events }) => events.some(isIt))
    const { exception, message, variable, at, chain } = event
    return answer.state === 'holds'
      ? [{ crash: { exception, message, variable, at, chain, when: answer.when }, when: answer.when }]
      : []
  })
  return [...crashesOf(evaluation), ...looked]
}

function crashesOf({ certainCrash, paths }: Evaluation): Conditional[] {
  if (certainCrash !== undefined) return [{ crash: certainCrash, when: [] }]
  return paths.flatMap(({ crash, when }) => {
    if (crash === undefined) return []
    // What the crash rests on rather than all that was asked on its path.
    const conditions = crash.when.length > 0 ? crash.when : when
    return conditions.some(({ opaque }) => opaque) ? [] : [{ crash, when: conditions }]
  })
}

/** The refused files whose absence the exception is about. */
function filesOf({ exception, message }: Crash, refused: ReadonlySet<string>): readonly string[] {
  if (exception === 'FileNotFoundError') {
    const path = /'([^']+)'/.exec(message)?.[1]?.replace(/^\/(?:app|workspace)\//, '')
    return path !== undefined && refused.has(path) ? [path] : []
  }
  const module = /No module named '([^']+)'/.exec(message)?.[1]
  if (exception === 'ModuleNotFoundError' && module !== undefined) return modulesAnywhere(refused, module)
  const [, name, source] = /cannot import name '([^']+)' from '([^']+)'/.exec(message) ?? []
  return exception === 'ImportError' && name !== undefined ? modulesAnywhere(refused, `${source}.${name}`) : []
}

function modulesAnywhere(refused: ReadonlySet<string>, module: string): readonly string[] {
  const path = module.replaceAll('.', '/')
  const roots = new Set(['', ...[...refused].flatMap((file) => foldersBefore(file, path))])
  for (const root of roots) {
    const files = modulesOf(refused, root + path)
    if (files.length > 0) return files
  }
  return []
}

/** The folders above a module's path in a file's path: `backend/` for `chat` in `backend/chat/models.py`. */
function foldersBefore(file: string, path: string): string[] {
  const at = file.lastIndexOf(`/${path}`)
  return at < 0 ? [] : [file.slice(0, at + 1)]
}

/** The refused file that is the module; the Python files below it when it is a folder without `__init__.py`. */
function modulesOf(refused: ReadonlySet<string>, path: string): readonly string[] {
  for (const file of [`${path}/__init__.py`, `${path}.py`]) if (refused.has(file)) return [file]
  return [...refused].filter((file) => file.startsWith(`${path}/`) && file.endsWith('.py'))
}
