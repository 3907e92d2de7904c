import type { App } from '../../../src/app/app.ts'
import { replaceValue } from '../../../src/app/processes/command-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { readText } from '../../../src/files/tree.ts'
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
  if (kind === 'interpreter' || kind === 'line-ends') return { instead, program: '', edits: unixLines(app, name) }
  if (kind !== 'mode') return { instead, program: '' }
  const program = interpreterOf(app, name)
  const written = readText(app.tree, at.file)?.text.slice(at.span.start, at.span.end) ?? ''
  const isPath = written === name || written === `./${name}`
  return { instead, program, edits: isPath ? one(replaceValue(app, at, written, `${program} ${written}`)) : undefined }
}

/** The one file of the project of that name, for a path that is written from the root. */
function onlyNamesake(app: App, path: string): string | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1)
  const all = base === 'manage.py' ? app.project.manage.map((one) => one.path) : []
  return all.length === 1 && all[0] !== path ? all[0] : undefined
}

/** The program that the first line of a script names; a script without one is a shell's. */
function interpreterOf(app: App, path: string): string {
  const line = /^#![^\r\n]*/.exec(readText(app.tree, path)?.text ?? '')?.[0] ?? ''
  return /\b(bash|python3?|node)\b/.exec(line)?.[1] ?? 'sh'
}

function unixLines(app: App, path: string): readonly Edit[] {
  const text = readText(app.tree, path)?.text ?? ''
  return [...text.matchAll(/\r(?=\n)/g)].map(({ index }) => ({
    file: path,
    span: { start: index, end: index + 1 },
    text: '',
  }))
}
