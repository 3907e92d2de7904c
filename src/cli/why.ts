import { relative, resolve, sep } from 'node:path'
import { readApp } from '../app/read-app.ts'
import { statementAt } from '../evaluate/python/statement-at.ts'
import { existsSync, realPlace, realpathSync } from '../files/fs.ts'
import { recording, type SourceFile } from '../files/tree.ts'
import { nearest } from '../nearest.ts'
import { openApp, rootsOf } from '../open/open.ts'
import { maskDocument } from '../privacy/masker.ts'
import { guardedLines } from '../report/folded.ts'
import { maskerFor } from '../report/masking.ts'
import { plainly, showContext } from '../show/context.ts'
import { askable, whyJson, whyText } from '../show/why.ts'
import { createColours } from '../terminal/colours.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError, widthOf } from './io.ts'

/** What is asked about: a name, or what a line of a file binds. */
type Asked = { readonly name: string } | { readonly file: string; readonly line: number }

/** `dynolint why NAME|FILE:LINE [path]`: how a value of the settings comes about, for each process that reads them. */
export async function why(args: CommandLine, io: Io): Promise<number> {
  if (args.format !== 'text' && args.format !== 'json') {
    throw new UsageError({
      en: `why prints text or json, not ${args.format}`,
      fr: `why écrit text ou json, pas ${args.format}`,
    })
  }
  const asked = readAsked(args.rest[0], io)
  const path = resolve(io.cwd, args.rest[1] ?? '.')
  if (!existsSync(path)) {
    const given = args.rest[1] ?? path
    throw new UsageError({ en: `no such file or folder: ${given}`, fr: `fichier ou dossier introuvable : ${given}` })
  }
  const colours = createColours(args.colour)
  const known = new Set<string>()
  const documents: Record<string, unknown>[] = []
  for (const root of await rootsOf(path, args, io.cwd)) {
    const opened = await openApp(root, args, io)
    const names = namesOf(asked, root, opened.tree)
    const sources = new Map<string, SourceFile>()
    const app = readApp({ ...opened, tree: recording(opened.tree, sources), presence: undefined, watched: names })
    const relativeRoot = relative(realpathSync(io.cwd), root).split(sep).join('/')
    const shown = relativeRoot === '' ? '.' : relativeRoot
    const context = showContext(app, shown, args.language, colours.bold, colours.dim)
    for (const name of askable(context)) known.add(name)
    for (const name of names) {
      const text = whyText(context, name, widthOf(io))
      if (text === '') continue
      documents.push({
        root: shown,
        ...(maskDocument(whyJson(context, name), maskerFor({ sources }).mask, args.language) as object),
      })
      if (args.format === 'text') io.out(guardedLines({ sources }, plainly(text.trimEnd().split('\n')), widthOf(io)))
    }
  }
  if (documents.length === 0) throw nothing(asked, args.rest[0] ?? '', [...known])
  if (args.format === 'json') io.out(`${JSON.stringify({ version: 1, names: documents }, undefined, 2)}\n`)
  return exit.clean
}

function readAsked(asked: string | undefined, io: Io): Asked {
  if (asked === undefined) {
    throw new UsageError({
      en: 'why needs the name of a setting, or FILE:LINE',
      fr: 'why attend le nom d’un setting, ou FICHIER:LIGNE',
    })
  }
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(asked)
  if (place === null) return { name: asked }
  const file = resolve(io.cwd, place[1] as string)
  if (!existsSync(file)) {
    throw new UsageError({ en: `no such file: ${place[1]}`, fr: `fichier introuvable : ${place[1]}` })
  }
  return { file: realPlace(file), line: Number(place[2]) }
}

function namesOf(asked: Asked, root: string, tree: Parameters<typeof statementAt>[0]): ReadonlySet<string> {
  if ('name' in asked) return new Set([asked.name])
  const file = relative(root, asked.file).split(sep).join('/')
  return file.startsWith('../') ? new Set() : statementAt(tree, file, asked.line)
}

function nothing(asked: Asked, given: string, known: readonly string[]): UsageError {
  if ('file' in asked) {
    return new UsageError({
      en: `${given} sets nothing in the settings that a process reads`,
      fr: `${given} ne définit rien dans les settings que lit un processus`,
    })
  }
  const near = nearest(given, known)
  const hint =
    near === undefined ? { en: '', fr: '' } : { en: `; did you mean ${near}?`, fr: ` ; vouliez-vous dire ${near} ?` }
  return new UsageError({
    en: `no settings module sets ${given} or reads it from the environment${hint.en}`,
    fr: `aucun module de settings ne définit ${given} ni ne le lit dans l’environnement${hint.fr}`,
  })
}
