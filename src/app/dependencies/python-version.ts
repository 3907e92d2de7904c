import type { Place } from '../../contracts/place.ts'
import type { FileTree, SourceFile } from '../../files/tree.ts'
import { at, insideQuotes, textOf } from '../../syntax/data.ts'
import { parseJson } from '../../syntax/json/json.ts'
import type { PythonProblem, PythonProblemKind, PythonVersion } from './model.ts'

/** Python versions Heroku's buildpacks build with (classic v351 and CNB, 2026-08). */
export const pythonSupport = {
  oldest: 10,
  newest: 14,
  default: '3.14',
  /** Newest patch release per minor version. */
  patches: { 10: 21, 11: 16, 12: 14, 13: 15, 14: 7 } as Readonly<Record<number, number>>,
  /** Minor versions that will be refused, from the day on. */
  removals: { 10: '2027-01-06' } as Readonly<Record<number, string>>,
} as const

/** Names the classic buildpack takes for a misspelt .python-version and refuses. */
const MISSPELT = new Set([
  ' .python-version',
  '. python-version',
  '.python_version.txt',
  '.python_version',
  '.python-version ',
  ',python-version',
  '.python-version.',
  '.python-version.py',
  '.python-version.rtf',
  '.python-version.txt',
  '.python-version.TXT',
  '.Python-version',
  '.python.version',
  '.pythonversion',
  "'.python-version'",
  'python_version.txt',
  'python_version',
  'python-version.',
  'python-version.txt',
  'python-version',
])

/** What is written is no version that the buildpack has. */
export const REFUSED: ReadonlySet<PythonProblemKind> = new Set(['malformed', 'end-of-life', 'unknown-version'])

/** Whether no build gets as far as installing it. */
export const isRefused = ({ problems }: PythonVersion): boolean => problems.some(({ kind }) => REFUSED.has(kind))

/** `3.12` of `3.12.4`. */
export const minorVersion = (version: string): string => version.split('.').slice(0, 2).join('.')

interface Asked {
  readonly written: string
  readonly at: Place
  /** Undefined: the buildpack rejects what is written. */
  readonly version: string | undefined
  readonly kind?: PythonProblemKind
}

/** What the buildpack is told and by whom. `today` is an ISO day: support ends on known days. */
export function readPythonVersion(
  tree: FileTree,
  situation: { readonly pipenv: boolean; readonly cloudNative: boolean },
  today: string,
): PythonVersion {
  const runtime = readFile(tree, 'runtime.txt', /^python-((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){1,2})$/)
  const dotFile = readFile(tree, '.python-version', /^((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){1,2})$/)
  const pipfile = situation.pipenv ? readPipfileLock(tree) : undefined
  if (situation.cloudNative) return cloudNative(runtime, dotFile, today)
  const misspelt = tree.list('').find(({ name, kind }) => kind === 'file' && MISSPELT.has(name))
  const sources = (
    [
      ['runtime.txt', runtime],
      ['.python-version', dotFile],
      ['Pipfile.lock', pipfile],
    ] as const
  ).filter((source): source is [(typeof source)[0], Asked] => source[1] !== undefined)
  const problems: PythonProblem[] = []
  if (runtime !== undefined) problems.push({ kind: 'runtime-txt', at: runtime.at, written: runtime.written })
  else if (misspelt !== undefined)
    problems.push({
      kind: 'misspelt-file',
      at: { file: misspelt.name, span: { start: 0, end: 0 } },
      written: misspelt.name,
    })
  const [winner, ...losers] = sources
  if (winner === undefined) return byDefault(problems, misspelt === undefined)
  const ignored = losers.flatMap(([, { version, at }]) => (version === undefined ? [] : [{ version, at }]))
  return decided(winner[1], winner[0], ignored, problems, today)
}

function cloudNative(runtime: Asked | undefined, dotFile: Asked | undefined, today: string): PythonVersion {
  if (runtime !== undefined) {
    const problems: PythonProblem[] = [{ kind: 'refused-file', at: runtime.at, written: 'runtime.txt' }]
    return { version: undefined, minor: undefined, from: 'unknown', at: runtime.at, ignored: [], problems }
  }
  return dotFile === undefined ? byDefault([], true) : decided(dotFile, '.python-version', [], [], today)
}

function byDefault(problems: readonly PythonProblem[], plain: boolean): PythonVersion {
  const none: PythonProblem = { kind: 'none-given', at: undefined, written: '' }
  const version = plain ? pythonSupport.default : undefined
  const from = plain ? 'default' : 'unknown'
  return { version, minor: version, from, at: undefined, ignored: [], problems: plain ? [...problems, none] : problems }
}

function decided(
  asked: Asked,
  from: PythonVersion['from'],
  ignored: PythonVersion['ignored'],
  problems: readonly PythonProblem[],
  today: string,
): PythonVersion {
  const found = judged(asked, today)
  const minor = asked.version && minorVersion(asked.version)
  return {
    version: asked.version,
    minor,
    from,
    at: asked.at,
    ignored,
    problems: found ? [...problems, found] : problems,
  }
}

function judged({ version, written, at, kind }: Asked, today: string): PythonProblem | undefined {
  const problem = (kind: PythonProblemKind): PythonProblem => ({ kind, at, written })
  if (version === undefined) return problem(kind ?? 'malformed')
  const [major = 0, minor = 0, patch] = version.split('.').map(Number)
  const removal = major === 3 ? pythonSupport.removals[minor] : undefined
  if (major < 3 || (major === 3 && minor < pythonSupport.oldest)) return problem('end-of-life')
  if (removal !== undefined && today >= removal) return problem('end-of-life')
  if (major > 3 || minor > pythonSupport.newest) return problem('unknown-version')
  const newest = pythonSupport.patches[minor] ?? 0
  if (removal !== undefined) return problem('deprecated-version')
  return patch !== undefined && patch < newest ? problem('old-patch') : undefined
}

/** Lines that are neither empty nor comments; exactly one must match. */
function readFile(tree: FileTree, path: string, form: RegExp): Asked | undefined {
  if (tree.kind(path) !== 'file') return undefined
  const file = tree.read(path)
  if (typeof file === 'string')
    return { written: '', at: { file: path, span: { start: 0, end: 0 } }, version: undefined }
  const lines = contentLines(file)
  const [first] = lines
  const span = first?.span ?? { start: 0, end: 0 }
  const readable = !file.bom && file.encoding === 'utf-8'
  const version = readable && lines.length === 1 ? form.exec(first?.text ?? '')?.[1] : undefined
  return { written: lines.map(({ text }) => text).join(' '), at: { file: path, span }, version }
}

function contentLines(file: SourceFile): { text: string; span: { start: number; end: number } }[] {
  return [...file.text.matchAll(/[^\n]+/g)].flatMap((match) => {
    const text = match[0].trim()
    if (text === '' || text.startsWith('#')) return []
    const start = match.index + match[0].indexOf(text)
    return [{ text, span: { start, end: start + text.length } }]
  })
}

function readPipfileLock(tree: FileTree): Asked | undefined {
  const file = tree.read('Pipfile.lock')
  if (typeof file === 'string') return undefined
  const requires = at(parseJson(file.text).root, '_meta', 'requires')
  const node = at(requires, 'python_full_version') ?? at(requires, 'python_version')
  const written = textOf(node)
  if (node === undefined || written === undefined) return undefined
  const place = { file: file.path, span: insideQuotes(node.span) }
  return { written, at: place, version: /^\d+\.\d+(?:\.\d+)?$/.test(written) ? written : undefined }
}
