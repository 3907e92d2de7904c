import { join } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import type { Edit } from '../contracts/edit.ts'
import type { Language, Text } from '../contracts/text.ts'
import { type FileTree, readText } from '../files/tree.ts'
import { createFile, moveFile, type Refusal, removeFile, replaceFile, uninterrupted } from '../files/write.ts'
import { getOrInsert } from '../get-or-insert.ts'
import type { Change, Changes } from '../mend/apply.ts'
import { type Applied, type Mended, type MendOptions, mend } from '../mend/mend.ts'
import { patchOf } from '../mend/patch.ts'
import { nearest } from '../nearest.ts'
import { openApp } from '../open/open.ts'
import { printable, terminal } from '../privacy/printable.ts'
import { fixedText, waitingText } from '../report/fixed.ts'
import { guardedRun, maskerFor } from '../report/masking.ts'
import { counted, nouns } from '../report/numbers.ts'
import {
  type AppReport,
  type Correction,
  type FixedFile,
  pathIn,
  summarise,
  type WithheldFix,
} from '../report/report.ts'
import { createColours } from '../terminal/colours.ts'
import type { CommandLine } from './args.ts'
import { fromWorkingDirectory, isIn, type Named, tellFailures } from './check.ts'
import { selectedRules } from './filters.ts'
import { type Io, problem, UsageError, widthOf } from './io.ts'
import { progressOf } from './progress.ts'

/** What a run of `--fix` did. */
export interface Corrections {
  /** Files that were changed, from the working directory. */
  readonly fixed: readonly FixedFile[]
  readonly withheld: readonly WithheldFix[]
  /** Something could not be written; it was said on standard error. */
  readonly refused: boolean
}

/** Carries out what is consented to and writes it. Each file is written whole or not at all, and so is each plan. */
export async function fixAll(
  roots: readonly string[],
  files: Named | undefined,
  args: CommandLine,
  io: Io,
): Promise<Corrections> {
  const fixed: FixedFile[] = []
  const withheld: WithheldFix[] = []
  let isRefused = false
  const ask = args.ask ? (await import('./ask.ts')).asker(args, io) : undefined
  const progress = ask === undefined ? progressOf(args, io) : undefined
  for (const root of roots) {
    const opened = await openApp(root, args, io)
    const shown = fromWorkingDirectory(root, io.cwd)
    const options = optionsOf(root, files, args)
    const input = { ...opened, tree: progress?.watching(opened.tree, shown) ?? opened.tree }
    const { done, refused } = await writeWhole(opened.tree, root, (frozen) =>
      ask === undefined ? mend(input, { ...options, frozen }) : ask(opened, { ...options, frozen }, shown),
    )
    progress?.clear()
    const { mask } = maskerFor(done.before.report)
    fixed.push(...fixedFiles(shown, opened.tree, done.applied, done.after.changes, mask))
    withheld.push(...withheldFixes(done))
    tellRefused(refused, shown, args.language, io)
    if (refused.size > 0) isRefused = true
  }
  return { fixed, withheld, refused: isRefused }
}

/**
 * Prints what {@link fixAll} would do as a patch for `git apply`, and on standard error what it would not. Writes nothing.
 * @returns what would be left
 */
export async function printDiff(
  roots: readonly string[],
  files: Named | undefined,
  args: CommandLine,
  io: Io,
): Promise<{ readonly apps: readonly AppReport[]; readonly trouble: boolean }> {
  const apps: AppReport[] = []
  const withheld: WithheldFix[] = []
  let trouble = false
  const progress = progressOf(args, io)
  for (const root of roots) {
    const opened = await openApp(root, args, io)
    if (opened.configProblems.length > 0) trouble = true
    const shown = fromWorkingDirectory(root, io.cwd)
    const tree = progress?.watching(opened.tree, shown) ?? opened.tree
    const done = mend({ ...opened, tree }, optionsOf(root, files, args))
    progress?.clear()
    io.out(patchFor(opened.tree, done, shown, args.language, io))
    if (tellFailures(done.after.result, args, io)) trouble = true
    const { findings, ...report } = done.after.result.report
    const named = files === undefined ? findings : findings.filter((one) => isIn(files, root, one))
    apps.push({ root: shown, findings: named, ...report })
    withheld.push(...withheldFixes(done))
  }
  const [count, language] = [summarise(apps), args.language]
  const numbers = `${counted(count.error, nouns.error, language)}, ${counted(count.warning, nouns.warning, language)}`
  const left = { en: `left: ${numbers}`, fr: `reste\u00a0: ${numbers}` }
  const report = guardedRun({ version: '', apps, rules: [], fixed: [], withheld })
  const colours = createColours(false)
  const told = { language, colour: false, width: widthOf(io), links: false, verbose: false, docs: String, prefix: '' }
  io.err(`${fixedText(report, told, colours)}${waitingText(report, told, colours)}${left[language]}\n`)
  return { apps, trouble }
}

/** What is to be done of an app: that is about the files or of the rules that were named. */
function optionsOf(root: string, files: Named | undefined, args: CommandLine): MendOptions {
  for (const id of args.fixRules ?? []) checkRule(id)
  const selected = args.select.length + args.ignore.length > 0 ? selectedRules(args) : undefined
  return {
    unsafe: args.fix === 'unsafe',
    concerns: (finding) =>
      (args.fixRules?.has(finding.rule) ?? true) &&
      (selected?.has(finding.rule) ?? true) &&
      (files === undefined || isIn(files, root, finding)),
  }
}

function checkRule(id: string): void {
  const ids = rules.map((rule): string => rule.id)
  if (ids.includes(id)) return
  const near = nearest(id, ids)
  const hint =
    near === undefined ? { en: '', fr: '' } : { en: `; did you mean ${near}?`, fr: ` ; vouliez-vous dire ${near} ?` }
  throw new UsageError({ en: `--fix: no rule ${id}${hint.en}`, fr: `--fix : aucune règle ${id}${hint.fr}` })
}

/** A line of a file on a terminal: tabs and a byte order mark stay what they are. */
function showable(line: string): string {
  const mark = line.startsWith('\ufeff') ? '\ufeff' : ''
  return (
    mark +
    line
      .slice(mark.length)
      .split('\t')
      .map((part) => terminal(part))
      .join('\t')
  )
}

/** The patch of what was decided; on standard error what it cannot say. */
export function patchFor(
  tree: FileTree,
  { before, after }: Pick<Mended, 'before' | 'after'>,
  root: string,
  language: Language,
  io: Io,
): string {
  const masker = maskerFor(before.report)
  const { text, binary, masked } = patchOf(tree, after.changes, {
    named: (path) => pathIn(root, path),
    shown: (line) => showable(masker.mask(line)),
  })
  const say = (path: string, en: string, fr: string): void => {
    const file = printable(pathIn(root, path))
    io.err(problem({ text: { en: `${file} ${en}`, fr: `${file} ${fr}` } }, language))
  }
  for (const path of binary)
    say(path, 'is not in the patch: it is not UTF-8', 'n’est pas dans le patch : ce n’est pas de l’UTF-8')
  for (const path of masked)
    say(
      path,
      'has a secret among the changed lines: it is masked, and that part does not apply',
      'a un secret parmi les lignes changées : il est masqué, et cette partie ne s’applique pas',
    )
  return text
}

/** What could not be written, by path. */
type Refused = ReadonlyMap<string, Refusal>

/**
 * Writes what a run decided on. Where a file cannot be written nothing of the app is, and the run decides again without that
 * file, so that no plan is carried out in part.
 * @param decide the changes when the given files may not be touched
 */
export async function writeWhole<T extends { readonly after: { readonly changes: Changes } }>(
  tree: FileTree,
  root: string,
  decide: (frozen: ReadonlySet<string>) => Promise<T> | T,
): Promise<{ readonly done: T; readonly refused: Refused }> {
  const refused = new Map<string, Refusal>()
  for (;;) {
    const done = await decide(new Set(refused.keys()))
    const failed = uninterrupted(() => writeAll(tree, root, done.after.changes))
    if (failed === undefined || refused.has(failed.path)) return { done, refused }
    refused.set(failed.path, failed.refusal)
  }
}

/** Writes changes; at the first that is refused those already written are taken back. */
function writeAll(
  tree: FileTree,
  root: string,
  changes: Changes,
): { readonly path: string; readonly refusal: Refusal } | undefined {
  const moved = new Set([...changes.values()].flatMap(({ from }) => (from === undefined ? [] : [from])))
  const undo: (() => void)[] = []
  for (const [path, change] of changes) {
    if (change.file === undefined && moved.has(path)) continue
    const refusal = writeOne(tree, root, path, change, undo)
    if (refusal === undefined) continue
    for (const step of undo.reverse()) step()
    return { path: change.from ?? path, refusal }
  }
  return undefined
}

function writeOne(
  tree: FileTree,
  root: string,
  path: string,
  { file, from }: Change,
  undo: (() => void)[],
): Refusal | undefined {
  const [target, origin] = [join(root, path), join(root, from ?? path)]
  const before = readText(tree, from ?? path)?.bytes
  const after = file?.bytes
  if (before === undefined) {
    if (after === undefined) return undefined
    undo.push(() => removeFile(root, target, after))
    return createFile(root, target, after)
  }
  if (after === undefined) {
    undo.push(() => createFile(root, target, before))
    return removeFile(root, target, before)
  }
  if (from !== undefined) {
    const refusal = moveFile(root, origin, target, before)
    if (refusal !== undefined) return refusal
    undo.push(() => moveFile(root, target, origin, before))
  }
  if (Buffer.from(before).equals(after)) return undefined
  const refusal = replaceFile(root, target, before, after)
  if (refusal === undefined) undo.push(() => replaceFile(root, target, after, before))
  return refusal
}

/** Says on standard error which files were not written, and why. */
export function tellRefused(refused: Refused, root: string, language: 'en' | 'fr', io: Io): void {
  for (const [path, why] of refused) io.err(problem({ text: notFixed(printable(pathIn(root, path)), why) }, language))
}

function notFixed(file: string, why: Refusal): Text {
  return { en: `${file} was not fixed: ${why.en}`, fr: `${file} n’a pas été corrigé : ${why.fr}` }
}

/** What was done, file by file, in order of path. */
export function fixedFiles(
  root: string,
  tree: FileTree,
  applied: readonly Applied[],
  changes: Changes,
  mask: (text: string) => string,
): FixedFile[] {
  const files = new Map<string, Correction[]>()
  for (const { title, safety, rule, edits } of applied
    .flatMap(({ choices }) => choices)
    .flatMap(({ fixes }) => fixes)) {
    for (const path of new Set(edits.map(pathAfter))) {
      const corrections = getOrInsert(files, path, (): Correction[] => [])
      if (!corrections.some((one) => one.title.en === mask(title.en) && one.rule === rule))
        corrections.push({ title: { en: mask(title.en), fr: mask(title.fr) }, safety, rule })
    }
  }
  return [...files]
    .filter(([path]) => isChanged(tree, path, changes))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, corrections]) => ({
      file: pathIn(root, path),
      rules: [...new Set(corrections.map(({ rule }) => rule))].sort(),
      corrections,
    }))
}

/** Where the file of an edit stands afterwards. */
export const pathAfter = ({ file, text, action }: Edit): string => (action === 'rename' ? text : file)

function isChanged(tree: FileTree, path: string, changes: Changes): boolean {
  const change = changes.get(path)
  if (change === undefined) return false
  const before = readText(tree, path)?.bytes
  return change.file === undefined
    ? before !== undefined
    : before === undefined || !Buffer.from(before).equals(change.file.bytes)
}

/** What was left because it would have broken something, as a report tells it. */
export function withheldFixes({ withheld }: Pick<Mended, 'withheld'>): WithheldFix[] {
  return withheld.flatMap(({ plan, because, why }) => {
    const [finding] = plan.findings
    const [fix] = plan.choices[0]?.fixes ?? []
    return finding === undefined || fix === undefined ? [] : [{ rule: finding.rule, title: fix.title, because, why }]
  })
}
