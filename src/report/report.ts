import type { Fix } from '../contracts/edit.ts'
import type { Place, Position } from '../contracts/place.ts'
import type { Language, Text } from '../contracts/text.ts'
import type { Untold } from '../contracts/untold.ts'
import type { KnownFinding } from '../engine/baseline.ts'
import type { ChainLink } from '../engine/chain.ts'
import type { Finding, SuppressedFinding } from '../engine/finding.ts'
import type { Rule } from '../engine/rule.ts'
import { lineStarts, positionAt } from '../files/lines.ts'
import { type FileTree, readText, type SourceFile } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import type { Overview } from './overview.ts'

/** The result for one app root. Places are relative to the root. */
export interface AppReport {
  /** The root relative to the working directory, with `/`; `.` when they are the same. */
  readonly root: string
  readonly tree: FileTree
  /** The files that were read: what is secret in them is printed nowhere. */
  readonly sources: ReadonlyMap<string, SourceFile>
  readonly chain: readonly ChainLink[]
  readonly findings: readonly Finding[]
  /** Findings that an ignore comment or the configuration accepts. */
  readonly suppressed: readonly SuppressedFinding[]
  /** Findings that the reader asked not to see, by the reason; the chain counts them. */
  readonly filtered: readonly Filtered[]
  /** What the rules asked and could not be told, each once. */
  readonly undetermined: readonly Untold[]
  /** What runs, when a format asks for it. */
  readonly overview?: Overview
  readonly isDjango: boolean
  readonly usesChannels: boolean
}

/**
 * Why findings are not shown: of rules that were not asked for, written down in the baseline, there before the revision, in
 * files that were not named.
 */
export type Filter = 'rules' | 'baseline' | 'since' | 'files'

export interface Filtered {
  readonly by: Filter
  readonly findings: readonly Finding[]
}

/** The baseline of a run: entries of what was checked that no finding matches any more. */
export interface BaselineReport {
  /** As it was named. */
  readonly file: string
  readonly stale: readonly KnownFinding[]
}

/** A file that `--fix` changed, from the working directory, and the rules that asked for it. */
export interface FixedFile {
  readonly file: string
  readonly rules: readonly string[]
  /** What was done to it, and the rule that asked for it. */
  readonly corrections: readonly Correction[]
}

export interface Correction extends Pick<Fix, 'title' | 'safety'> {
  readonly rule: string
}

/** A correction that was not carried out because it would break something that holds, or would not end what it is for. */
export interface WithheldFix {
  readonly rule: string
  readonly title: Text
  readonly because: Finding
  readonly why: 'breaks' | 'stays'
}

export interface RunReport {
  readonly version: string
  readonly apps: readonly AppReport[]
  /** What `--fix` changed before this report; undefined when nobody asked for it. */
  readonly fixed?: readonly FixedFile[] | undefined
  readonly withheld?: readonly WithheldFix[] | undefined
  /** The baseline that was compared with, and the revision; undefined when nobody asked for it. */
  readonly baseline?: BaselineReport | undefined
  readonly since?: string | undefined
  /** Every rule that is registered, in order of id: what a format lists besides the findings. */
  readonly rules: readonly Rule[]
}

export interface RenderOptions {
  readonly language: Language
  readonly colour: boolean
  /** Columns of a line of text. */
  readonly width: number
  /** The reader opens addresses behind a text, and there are pages to open. */
  readonly links: boolean
  /** Also list what is undetermined and what was suppressed. */
  readonly verbose: boolean
  /** Every finding in full, however long that is: nobody can ask a log for more. */
  readonly whole?: boolean
  /** Where the pages of the rules are. */
  readonly docs: (rule: string) => string
  /** The page of a rule as Markdown, when the format asked for pages. */
  readonly page?: (rule: string) => string | undefined
  /** From the repository's root to the working directory, with `/`, for formats whose paths start at the repository. */
  readonly prefix: string
}

/** One per format: the whole output as a string, ending with a line end unless it is empty. */
export type Format = (report: RunReport, options: RenderOptions) => string

/** A place as users see it: path from the working directory, 1-based positions, end exclusive. */
export interface Location {
  readonly file: string
  readonly start: Position
  readonly end: Position
}

/** Turns places of one app into locations; line tables are made once per file. */
export function locator(app: Pick<AppReport, 'root' | 'tree'>): (place: Place) => Location {
  const tables = new Map<string, number[]>()
  return ({ file, span }) => {
    const starts = getOrInsert(tables, file, () => lineStarts(readText(app.tree, file)?.text ?? ''))
    return { file: pathIn(app.root, file), start: positionAt(starts, span.start), end: positionAt(starts, span.end) }
  }
}

/** The path from the working directory of a file of the app. */
export function pathIn(root: string, file: string): string {
  return root === '.' ? file : `${root}/${file}`
}

export function say(text: Text, language: Language): string {
  return text[language]
}

export interface Summary {
  readonly error: number
  readonly warning: number
  readonly info: number
}

export function summarise(apps: readonly Pick<AppReport, 'findings'>[]): Summary {
  const count = { error: 0, warning: 0, info: 0 }
  for (const app of apps) for (const finding of app.findings) count[finding.severity]++
  return count
}

/** The findings of all apps that are not shown for one reason. */
export function filteredBy(apps: readonly AppReport[], by: Filter): readonly Finding[] {
  return apps.flatMap((app) => app.filtered.filter((one) => one.by === by).flatMap(({ findings }) => findings))
}

/** The message with its condition: what every single-line format prints. */
export function sentence(finding: Finding, language: Language): string {
  const message = finding.message[language]
  if (finding.condition === undefined) return message
  return language === 'fr' ? `${message} (quand ${finding.condition.fr})` : `${message} (when ${finding.condition.en})`
}

/** Message and remedy as sentences, for formats that have one field for both. */
export function sentences(finding: Finding, language: Language): string {
  const remedy = finding.help[language]
  return remedy === '' ? ended(sentence(finding, language)) : `${ended(sentence(finding, language))} ${ended(remedy)}`
}

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** The path from the repository's root, given the way from there to the working directory; `..` is folded away. */
export function repositoryPath(prefix: string, file: string): string {
  const parts: string[] = []
  for (const part of `${prefix}/${file}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

/** All findings by the file they stand in, from the working directory, in order of their places. */
export function byFile(
  report: RunReport,
): ReadonlyMap<string, readonly { readonly finding: Finding; readonly start: Position }[]> {
  const files = new Map<string, { finding: Finding; start: Position }[]>()
  for (const app of report.apps) {
    const locate = locator(app)
    for (const finding of app.findings) {
      const { file, start } = locate(finding.at)
      getOrInsert(files, file, (): { finding: Finding; start: Position }[] => []).push({ finding, start })
    }
  }
  return files
}
