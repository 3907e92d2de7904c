import { relative, resolve, sep } from 'node:path'
import { readApp } from '../app/read-app.ts'
import { existsSync, realpathSync } from '../files/fs.ts'
import { recording, type SourceFile } from '../files/tree.ts'
import { openApp, rootsOf } from '../open/open.ts'
import { maskDocument } from '../privacy/masker.ts'
import { printable } from '../privacy/printable.ts'
import { guardedLines } from '../report/folded.ts'
import { maskerFor } from '../report/masking.ts'
import { showContext } from '../show/context.ts'
import { showJson, showLines, type Topic } from '../show/show.ts'
import { createColours } from '../terminal/colours.ts'
import { type CommandLine, topics } from './args.ts'
import { exit, type Io, UsageError, widthOf } from './io.ts'

/** `dynolint show [topic] [path]`: what Heroku would run, without judging it. */
export async function show(args: CommandLine, io: Io): Promise<number> {
  if (args.format !== 'text' && args.format !== 'json') {
    throw new UsageError({
      en: `show prints text or json, not ${args.format}`,
      fr: `show écrit text ou json, pas ${args.format}`,
    })
  }
  const [first, second] = args.rest
  const named = (topics as readonly string[]).includes(first ?? '')
  const topic = named ? (first as (typeof topics)[number]) : 'all'
  const path = resolve(io.cwd, (named ? second : first) ?? '.')
  if (!existsSync(path)) {
    const given = (named ? second : first) ?? path
    throw new UsageError({ en: `no such file or folder: ${given}`, fr: `fichier ou dossier introuvable : ${given}` })
  }
  const wanted: Topic[] = topic === 'all' ? ['chain', 'web', 'deps', 'settings', 'asgi'] : [topic]
  const colours = createColours(args.colour)
  const documents: Record<string, unknown>[] = []
  for (const root of await rootsOf(path, args, io.cwd)) {
    const opened = await openApp(root, args, io)
    const sources = new Map<string, SourceFile>()
    const app = readApp({ ...opened, tree: recording(opened.tree, sources), presence: undefined })
    const relativeRoot = relative(realpathSync(io.cwd), root).split(sep).join('/')
    const shown = relativeRoot === '' ? '.' : relativeRoot
    const context = showContext(app, shown, args.language, colours.bold, colours.dim)
    const { mask } = maskerFor({ sources })
    if (args.format === 'json') {
      const document = maskDocument(showJson(context, wanted), mask, args.language)
      documents.push({ root: shown, ...(document as object) })
    } else {
      const title = { text: colours.dim(`# ${printable(shown)}`) }
      io.out(guardedLines({ sources }, [title, ...showLines(context, wanted)], widthOf(io)))
    }
  }
  if (args.format === 'json') {
    io.out(`${JSON.stringify(documents.length === 1 ? documents[0] : { version: 1, apps: documents }, undefined, 2)}\n`)
  }
  return exit.clean
}
