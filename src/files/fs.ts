import * as fs from 'node:fs'

/**
 * The only door to the disk for everything a check reads. What is asked through it can be remembered, so that the same check
 * can later be told from whether any answer has changed, without running again.
 */

/** `stat` answers for the content of a file, the entries of a folder and whether there is one; `realpath` for the links on the way. */
export interface DiskQuestion {
  readonly kind: 'stat' | 'lstat' | 'realpath'
  /** As it was asked: absolute, or relative to the working directory. */
  readonly path: string
  /** What was told: nothing when there was no such thing, else the real path or that there was one. */
  readonly found: string
}

let asked: Map<string, DiskQuestion> | undefined

/** Remembers all questions from now on; the returned function ends that and tells them, each once. One recording at a time. */
export function recordQuestions(): () => readonly DiskQuestion[] {
  const questions = new Map<string, DiskQuestion>()
  asked = questions
  return () => {
    if (asked === questions) asked = undefined
    return [...questions.values()]
  }
}

function note(kind: DiskQuestion['kind'], path: fs.PathLike, found: string): void {
  if (asked === undefined) return
  const name = String(path)
  const key = `${kind} ${name}`
  if (!asked.has(key)) asked.set(key, { kind, path: name, found })
}

export const existsSync = asking('stat', fs.existsSync)
export const statSync = asking('stat', fs.statSync)
export const lstatSync = asking('lstat', fs.lstatSync)
export const readdirSync = asking('stat', fs.readdirSync)
export const realpathSync = asking('realpath', fs.realpathSync)
/** Only the form that gives bytes. */
export const readFileSync: (path: string) => Buffer = asking('stat', (path) => fs.readFileSync(path))

/** The same function, overloads included, that notes its first argument and whether there was an answer. */
function asking<F extends (path: fs.PathLike, ...rest: never[]) => unknown>(kind: DiskQuestion['kind'], call: F): F {
  const noting = (path: fs.PathLike, ...rest: never[]): unknown => {
    let told: unknown
    try {
      told = call(path, ...rest)
      return told
    } finally {
      note(kind, path, told === undefined || told === false ? '' : typeof told === 'string' ? told : 'something')
    }
  }
  return noting as F
}
