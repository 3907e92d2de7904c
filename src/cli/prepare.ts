import { resolve } from 'node:path'
import { existsSync } from '../files/fs.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { type Prepared, prepare } from '../mend/prepare/prepare.ts'
import { openApp, rootsOf } from '../open/open.ts'
import { printable, terminal } from '../privacy/printable.ts'
import { fixedText } from '../report/fixed.ts'
import { guardedRun, guardedText, maskerFor } from '../report/masking.ts'
import { type FixedFile, pathIn, summarise } from '../report/report.ts'
import { createColours } from '../terminal/colours.ts'
import type { CommandLine } from './args.ts'
import { fromWorkingDirectory } from './check.ts'
import { fixedFiles, patchFor, pathAfter, tellRefused, writeWhole } from './fix.ts'
import { exit, type Io, UsageError, widthOf } from './io.ts'

const words = {
  en: {
    nothing: 'Everything a deploy needs is there.',
    left: 'Left to you, because no file says how:',
    commands: 'Then run:',
    write: 'Nothing was written: --write does.',
  },
  fr: {
    nothing: 'Tout ce que demande un déploiement est là.',
    left: 'Reste à votre charge, car aucun fichier ne dit comment :',
    commands: 'Puis lancez :',
    write: 'Rien n’a été écrit : --write le fait.',
  },
} as const

/**
 * `dynolint prepare [path]`: what a Channels project that was never deployed lacks, as a patch and in words; `--write` applies it.
 * Then the commands that remain. Exit code 1 while an error is left that it cannot mend.
 */
export async function prepareCommand(args: CommandLine, io: Io): Promise<number> {
  const given = args.rest[0] ?? '.'
  const path = resolve(io.cwd, given)
  if (!existsSync(path))
    throw new UsageError({ en: `no such file or folder: ${given}`, fr: `fichier ou dossier introuvable : ${given}` })
  if (args.format !== 'text') throw new UsageError({ en: 'prepare prints text', fr: 'prepare écrit du texte' })
  const roots = await rootsOf(path, args, io.cwd)
  const [root] = roots
  if (root === undefined || roots.length > 1)
    throw new UsageError({
      en: `prepare takes one app; here are ${roots.length}: name its folder`,
      fr: `prepare attend une seule application ; il y en a ${roots.length} ici : nommez son dossier`,
    })
  const opened = await openApp(root, args, io)
  const shown = fromWorkingDirectory(root, io.cwd)
  const first = prepare(opened)
  if (!first.before.app.usesChannels)
    throw new UsageError({
      en: `${shown} uses no Django Channels: there are no WebSockets to deploy`,
      fr: `${shown} n’utilise pas Django Channels : il n’y a pas de WebSockets à déployer`,
    })
  const { done, refused } = args.write
    ? await writeWhole(opened.tree, root, (frozen) => (frozen.size === 0 ? first : prepare(opened, frozen)))
    : { done: first, refused: new Map() }
  const { language } = args
  const said = words[language]
  const fixed = doneFiles(done, shown, opened.tree)
  const colours = createColours(args.colour)
  if (!args.write) io.out(patchFor(opened.tree, done, shown, language, io))
  const told = {
    language,
    colour: args.colour,
    width: widthOf(io),
    links: false,
    verbose: false,
    docs: String,
    prefix: '',
  }
  const apps = [{ root: shown, ...done.after.result.report }]
  const report = guardedRun({ version: '', apps, rules: [], fixed, withheld: [] })
  const lines = [fixed.length === 0 ? `${said.nothing}\n` : fixedText(report, told, colours, args.write)]
  const left =
    report.apps[0]?.findings.filter(
      ({ severity, rule }) => severity !== 'info' && rule !== 'engine/unused-suppression',
    ) ?? []
  if (left.length > 0)
    lines.push(
      `${[said.left, ...left.map(({ rule, message }) => `  ${message[language]} ${colours.dim(`(${rule})`)}`)].join('\n')}\n`,
    )
  const width = Math.max(...done.commands.map(({ line }) => line.length))
  const commands = done.commands.map(({ line, why }) => `  ${line.padEnd(width)}  ${colours.dim(`# ${why[language]}`)}`)
  io.out(guardedText(done.before.report, `${args.write ? '' : '\n'}${lines.join('\n')}`))
  const last = !args.write && fixed.length > 0 ? `\n${said.write}\n` : ''
  // Ours, with a module's name at most: what looks like a secret in them is how to make one.
  io.out(terminal(`\n${[said.commands, ...commands].join('\n')}\n${last}`))
  tellRefused(refused, shown, language, io)
  if (refused.size > 0) return exit.trouble
  return summarise(apps).error > 0 ? exit.findings : exit.clean
}

/** What was made and what was corrected, file by file. */
function doneFiles(done: Prepared, root: string, tree: Parameters<typeof fixedFiles>[1]): FixedFile[] {
  const { mask } = maskerFor(done.before.report)
  const files = new Map(fixedFiles(root, tree, done.applied, done.after.changes, mask).map((one) => [one.file, one]))
  const made = new Map<string, FixedFile['corrections'][number][]>()
  for (const { title, edits } of done.steps) {
    for (const path of new Set(edits.map(pathAfter)))
      getOrInsert(made, pathIn(root, path), () => []).push({ title, safety: 'unsafe', rule: 'prepare' })
  }
  for (const [file, corrections] of made) {
    const mended = files.get(file)
    files.set(file, { file, rules: mended?.rules ?? [], corrections: [...corrections, ...(mended?.corrections ?? [])] })
  }
  return [...files.values()].sort((a, b) => (printable(a.file) < printable(b.file) ? -1 : 1))
}
