import type { App } from '../../../src/app/app.ts'
import { layoutOf, processLines } from '../../../src/app/asgi/layout.ts'
import { replaceValue } from '../../../src/app/processes/command-edits.ts'
import { programState } from '../../../src/app/processes/path-programs.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import type { AbsentCommand } from './absent-commands.ts'

/** What to write where something is not there; empty where that is to be decided. */
interface Correction {
  readonly instead?: string | undefined
  /** With what a script is started that git does not record as executable. */
  readonly program: string
  readonly edits?: readonly Edit[] | undefined
}

export function correctionOf(app: App, { kind, name, instead, at }: AbsentCommand): Correction {
  const one = (edit: Edit | undefined): readonly Edit[] | undefined => edit && [edit]
  if (kind === 'typo' || kind === 'command-typo' || kind === 'celery-typo')
    return {
      instead,
      program: '',
      edits: instead === undefined ? undefined : one(replaceValue(app, at, name, instead)),
    }
  if (kind === 'script') {
    const elsewhere = onlyNamesake(app, name)
    return {
      instead: elsewhere,
      program: '',
      edits: elsewhere === undefined ? undefined : one(replaceValue(app, at, name, elsewhere)),
    }
  }
  if (kind === 'manager') return { instead, program: '', edits: one(withoutRun(app, at, name)) }
  if (kind === 'interpreter' || kind === 'line-ends') return { instead, program: '', edits: unixLines(app, name) }
  if (kind !== 'mode') return { instead, program: '' }
  const program = interpreterOf(app.tree, name)
  if (program === undefined) return { instead, program: '' }
  const written = readText(app.tree, at.file)?.text.slice(at.span.start, at.span.end) ?? ''
  const isPath = written === name || written === `./${name}`
  return { instead, program, edits: isPath ? one(replaceValue(app, at, written, `${program} ${written}`)) : undefined }
}

/** `poetry run daphne …` without its first two words, where no option stands among them and what follows is there without it. */
function withoutRun(app: App, { file, span }: Place, name: string): Edit | undefined {
  const text = readText(app.tree, file)?.text.slice(span.start) ?? ''
  const [whole, manager, program = ''] = /^(\w+)[ \t]+run[ \t]+(?=([^\s-]\S*))/.exec(text) ?? []
  // A task of its own file, `pdm run start`, is no program.
  const isThere = program.includes('/') || programState(app, program).state === 'there'
  return whole !== undefined && manager === name && isThere
    ? { file, span: { start: span.start, end: span.start + whole.length }, text: '' }
    : undefined
}

/** The one file of the project of that name, for a path that is written from the root. */
function onlyNamesake(app: App, path: string): string | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1)
  const all = base === 'manage.py' ? app.project.manage.map((one) => one.path) : []
  return all.length === 1 && all[0] !== path ? all[0] : undefined
}

/**
 * What to write in front of a script to start it as its first line would, options included; a script without one is a shell's. Undefined
 * for a program that is not surely on the PATH.
 */
function interpreterOf(tree: FileTree, path: string): string | undefined {
  const text = readText(tree, path)?.text ?? ''
  if (!text.startsWith('#!')) return 'sh'
  const [, name, option] =
    /^#![ \t]*(?:\S*\/env[ \t]+)?(?:\S*\/)?(\S+)(?:[ \t]+(-\w+))?[ \t]*\r?(?:\n|$)/.exec(text) ?? []
  if (name === undefined || !/^(?:sh|dash|bash|python3?|node)$/.test(name)) return undefined
  return [name === 'dash' ? 'sh' : name, ...(option === undefined ? [] : [option])].join(' ')
}

/** How the dyno quotes the interpreter that the first line of a script asks for: what `env` looks for, or the path itself. */
export function quotedInterpreter(tree: FileTree, path: string): string {
  const line = /^#![ \t]*([^\r\n]*)/.exec(readText(tree, path)?.text ?? '')?.[1]?.trimEnd() ?? ''
  const asked = /^\S*\/env[ \t]+(?:-S[ \t]+)?(\S+)/.exec(line)?.[1]
  return asked === undefined ? `${line.split(/[ \t]/)[0]}^M: bad interpreter` : `/usr/bin/env: ‘${asked}\\r’`
}

function unixLines(app: App, path: string): readonly Edit[] {
  const text = readText(app.tree, path)?.text ?? ''
  return [...text.matchAll(/\r(?=\n)/g)].map(({ index }) => ({
    file: path,
    span: { start: index, end: index + 1 },
    text: '',
  }))
}

/** What a process usually does, and the edits that put it in the place of a script that is all that its line starts. */
interface Usual {
  readonly command: string
  readonly edits: readonly Edit[]
}

/** What `dynolint prepare` writes: `migrate` for the release, daphne for `web` where it is installed. */
export function usualInstead(app: App, { process, name, at }: AbsentCommand): Usual | undefined {
  const text = readText(app.tree, at.file)?.text ?? ''
  const line = text.slice(text.lastIndexOf('\n', at.span.start - 1) + 1).split(/\r?\n/, 1)[0] ?? ''
  const written = /^(?<lead>[\w-]+:[ \t]+)(?:(?:bash|sh)[ \t]+)?(?:\.\/)?(?<path>[\w./-]+)[ \t]*$/.exec(line)?.groups
  const command = usualOf(app, process.type)
  if (at.file !== 'Procfile' || written?.path !== name.replace(/^\.\//, '') || command === undefined) return undefined
  const start = text.lastIndexOf('\n', at.span.start - 1) + 1 + (written.lead ?? '').length
  const end = text.lastIndexOf('\n', at.span.start - 1) + 1 + line.trimEnd().length
  return { command, edits: [{ file: at.file, span: { start, end }, text: command }] }
}

function usualOf(app: App, type: string): string | undefined {
  const layout = layoutOf(app)
  if (layout === undefined || readText(app.tree, layout.asgiFile) === undefined) return undefined
  const { web, release } = processLines(layout)
  const needed = type === 'web' ? 'daphne' : 'django'
  if (app.dependencies.installed(needed).state !== 'installed') return undefined
  return type === 'web' ? behindType(web) : type === 'release' ? behindType(release) : undefined
}

const behindType = (line: string): string => line.replace(/^\w+: /, '')
