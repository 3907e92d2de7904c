import type { Place } from '../../../contracts/place.ts'
import type { Condition } from '../../../evaluate/condition.ts'
import type { Step, Word } from '../../../evaluate/shell/model.ts'
import { known, originOf, plainWord } from '../../../evaluate/shell/word.ts'
import type { ServerInputs } from '../inputs.ts'
import type { Effective, Server, ServerName, ServerOption } from '../model.ts'
import type { SearchPath } from './target.ts'

/** A server found on a command line. */
export interface Invocation {
  readonly app: ServerInputs
  readonly name: ServerName
  /** The word that names it. */
  readonly at: Place
  readonly args: readonly Word[]
  readonly step: Step
  readonly when: readonly Condition[]
  /** Pinned version of the distribution, when it is exact. */
  readonly version: string | undefined
}

/** The last option of a setting: the one in effect. */
export function last(options: readonly ServerOption[], dest: string): ServerOption | undefined {
  return options.findLast((option) => option.dest === dest)
}

export function valueOfOption(option: ServerOption): Effective {
  const { value, source, at } = option
  if (value === undefined || value.splits) return { parts: undefined, source, at, why: vague }
  return { parts: value.parts, source, at: isMoved(value) ? originOf(value) : (option.valueAt ?? at), why: undefined }
}

/** The value was written elsewhere: in an assignment the command refers to. */
function isMoved(value: Word): boolean {
  const { file, span } = originOf(value)
  return file !== value.at.file || span.start < value.at.span.start || span.end > value.at.span.end
}

const vague = { en: 'it comes from a variable', fr: 'cela vient d’une variable' }

/** Where Python looks for modules: `first` folders (as on the dyno), then PYTHONPATH. */
export function searchPath(step: Step, first: readonly (string | undefined)[]): SearchPath {
  const folders: string[] = []
  let open = false
  const add = (folder: string | undefined) => {
    if (folder === undefined) open = true
    else if (!folders.includes(folder)) folders.push(folder)
  }
  for (const folder of first) add(folder)
  const pythonPath = step.environment.get('PYTHONPATH')
  if (pythonPath.state === 'set') open = true
  if (pythonPath.state === 'known') {
    const text = known(pythonPath.parts)
    if (text === undefined) open = true
    for (const entry of (text ?? '').split(':')) {
      if (entry === '') continue
      const folder = fromFolder(step, entry)
      if (folder !== undefined) add(folder)
    }
  }
  return { folders, open }
}

/** A path given to a server, as a folder of the tree; undefined when it lies outside or rests on an unknown folder. */
export function fromFolder(step: Step, path: string): string | undefined {
  if (path.startsWith('/')) return step.toTree(path)
  if (step.folder === undefined) return undefined
  return step.toTree(normal(`${step.folder}/${path}`))
}

/** The folder of the tree in which a server stands when it loads the application: options of gunicorn and granian move it. */
export function workingFolder({ step, options }: Pick<Server, 'step' | 'options'>): string | undefined {
  const moved = last(options, 'chdir') ?? last(options, 'working_dir')
  if (moved === undefined) return step.cwd
  const folder = known(moved.value?.parts)
  return folder === undefined ? undefined : fromFolder(step, folder)
}

function normal(path: string): string {
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') out.pop()
    else out.push(part)
  }
  return `/${out.join('/')}`
}

/** Options a server takes from environment variables, as its own words: later ones of the command line win. */
export function fromEnvironment(step: Step, name: string, at: Place): Word | undefined {
  const variable = step.environment.get(name)
  if (variable.state !== 'known') return undefined
  const change = step.changes.findLast((one) => one.name === name)
  const place = change?.at ?? at
  const text = known(variable.parts)
  if (text !== undefined) return plainWord(text, place)
  return {
    parts: variable.parts,
    pieces: variable.parts.map((part) => ({ part, at: place, verbatim: false })),
    at: place,
    splits: false,
  }
}
