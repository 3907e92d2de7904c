import { join, relative, resolve, sep } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import { newestPolicy } from '../app/dependencies/newest-pins.ts'
import { readApp } from '../app/read-app.ts'
import { diskTree } from '../files/disk.ts'
import { difference, splice } from '../files/encode.ts'
import { existsSync, realpathSync } from '../files/fs.ts'
import { readText, recording, type SourceFile } from '../files/tree.ts'
import { createFile, replaceFile, uninterrupted } from '../files/write.ts'
import { nearestConfig, openApp, rootsOf } from '../open/open.ts'
import { maskDocument } from '../privacy/masker.ts'
import { printable } from '../privacy/printable.ts'
import { guardedLines } from '../report/folded.ts'
import { maskerFor } from '../report/masking.ts'
import { locator, say } from '../report/report.ts'
import { showContext } from '../show/context.ts'
import { type PinsView, pinsJson, pinsLines, pinsView } from '../show/pins.ts'
import { createColours } from '../terminal/colours.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError, widthOf } from './io.ts'

/**
 * `dynolint pins [path]`: the versions in force and the newest that fit together; `--write` makes the latter the policy of
 * the configuration.
 */
export async function pins(args: CommandLine, io: Io): Promise<number> {
  if (args.format !== 'text' && args.format !== 'json')
    throw new UsageError({
      en: `pins prints text or json, not ${args.format}`,
      fr: `pins écrit text ou json, pas ${args.format}`,
    })
  const given = args.rest[0] ?? '.'
  const path = resolve(io.cwd, given)
  if (!existsSync(path))
    throw new UsageError({ en: `no such file or folder: ${given}`, fr: `fichier ou dossier introuvable : ${given}` })
  const roots = await rootsOf(path, args, io.cwd)
  if (args.write && roots.length !== 1)
    throw new UsageError({
      en: `--write needs one app; here are ${roots.length}: name its folder`,
      fr: `--write attend une seule application ; il y en a ${roots.length} ici : nommez son dossier`,
    })
  const colours = createColours(args.colour)
  const apps: Record<string, unknown>[] = []
  for (const root of roots) {
    const opened = await openApp(root, args, io)
    const sources = new Map<string, SourceFile>()
    const app = readApp({ ...opened, tree: recording(opened.tree, sources) })
    const relativeRoot = shown(root, io.cwd)
    const view = pinsView(app)
    const context = showContext(app, relativeRoot, args.language, colours.bold, colours.dim)
    const written = args.write ? await write(view, root, args, io) : undefined
    if (args.format === 'json') {
      const document = maskDocument(pinsJson(view, context), maskerFor({ sources }).mask, args.language)
      apps.push({ root: relativeRoot, ...(document as object), ...(written && { written }) })
      continue
    }
    const title = { text: colours.dim(`# ${printable(relativeRoot)}`) }
    io.out(guardedLines({ sources }, [title, ...pinsLines(view, context)], widthOf(io)))
    if (written !== undefined) io.out(`\n${writtenText(written, args.language)}\n`)
  }
  if (args.format === 'json') io.out(`${JSON.stringify({ version: 1, apps }, undefined, 2)}\n`)
  return exit.clean
}

interface Written {
  readonly file: string
  readonly changed: boolean
}

function writtenText({ file, changed }: Written, language: CommandLine['language']): string {
  if (language === 'fr') return changed ? `politique écrite dans ${file}` : `${file} le dit déjà`
  return changed ? `wrote the policy into ${file}` : `${file} says so already`
}

/** Puts the newest set into the configuration that counts for the app, or into a new dynolint.toml at its root. */
async function write({ app, newest }: PinsView, root: string, args: CommandLine, io: Io): Promise<Written> {
  if (newest.kind !== 'found' || newest.pins.length === 0)
    throw new UsageError({
      en: 'there is no compatible set to write; run without --write to see why',
      fr: 'il n’y a pas d’ensemble compatible à écrire ; lancez sans --write pour voir pourquoi',
    })
  const found = await nearestConfig(root, args, io.cwd)
  const { folder, file } = found ?? { folder: root, file: 'dynolint.toml' }
  const path = join(folder, file)
  const name = shown(path, io.cwd)
  const tree = diskTree(folder)
  const source = readText(tree, file)
  const [problem] = found?.problems ?? []
  if (problem !== undefined) {
    const line = problem.at && locator({ root: '.', tree })(problem.at).start.line
    throw new UsageError({
      en: `${name}${line === undefined ? '' : `:${line}`}: ${say(problem.message, 'en')}; nothing was written`,
      fr: `${name}${line === undefined ? '' : `:${line}`} : ${say(problem.message, 'fr')} ; rien n’a été écrit`,
    })
  }
  const { withPins } = await import('../config/write-pins.ts')
  const policy = newestPolicy(app, newest.pins)
  const text = await withPins(
    file,
    source?.text ?? '',
    policy,
    rules.map(({ id }) => id),
  )
  if (text === undefined)
    throw new UsageError({
      en: `the pins of ${name} are written in a way that cannot be edited safely; nothing was written`,
      fr: `les pins de ${name} sont écrits d’une façon qui ne se modifie pas sans risque ; rien n’a été écrit`,
    })
  const refused = uninterrupted(() => {
    if (source === undefined) return createFile(folder, path, Buffer.from(text, 'utf8'))
    const bytes = splice(source, difference(source.text, text))
    return bytes === undefined || text === source.text ? undefined : replaceFile(folder, path, source.bytes, bytes)
  })
  if (refused !== undefined)
    throw new UsageError({
      en: `${name} was not written: ${refused.en}`,
      fr: `${name} n’a pas été écrit : ${refused.fr}`,
    })
  return { file: name, changed: text !== source?.text }
}

function shown(path: string, cwd: string): string {
  const below = relative(realpathSync(cwd), path).split(sep).join('/')
  return below === '' ? '.' : below
}
