import type { App } from '../../../src/app/app.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { lineStarts } from '../../../src/files/lines.ts'
import type { IgnoreLine, Presence, WhyAbsent } from '../../../src/files/present.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import { missedByPush, type NeededFile } from './needed.ts'

/** One reason why files that the deploy needs are not in the push: a file or folder, or a line that ignores them. */
export interface LeftBehind {
  readonly why: WhyAbsent
  /** The file, or with a `/` at the end the whole folder. */
  readonly path: string
  readonly at: Place
  readonly effect: Text
  readonly when: readonly Condition[]
  /** The line of the ignore file, as `.gitignore:12`; empty when there is none. */
  readonly by: string
  /** That line, when it stands in a file of the app. */
  readonly byAt: Place | undefined
  /** Further files that the same reason keeps back. */
  readonly others: readonly NeededFile[]
}

const noRepository = {
  what: { en: 'what a push carries', fr: 'ce qu’un push emporte' },
  why: {
    en: 'this is not a git repository, or nothing is tracked in it yet',
    fr: 'ce n’est pas un dépôt git, ou rien n’y est suivi',
  },
  at: undefined,
}

/** What `git push heroku` leaves behind although the deploy needs it, each reason once. */
export function leftBehind(app: App): LeftBehind[] {
  const { presence, tree } = app
  if (!presence.known) app.inquiry.cannotTell(noRepository)
  const groups = new Map<string, NeededFile[]>()
  for (const needed of missedByPush(app)) {
    const line = presence.ignoredBy(needed.file)
    const key = line === undefined ? `path ${unitOf(presence, needed.file)}` : `line ${written(line)}`
    const group = groups.get(key) ?? []
    groups.set(key, group)
    if (!group.some(({ file }) => file === needed.file)) group.push(needed)
    else preferCertain(group, needed)
  }
  return [...groups.values()].flatMap((group) => {
    const first = group.find(({ when }) => when.length === 0) ?? (group[0] as NeededFile)
    const why = presence.why(first.file)
    if (why === undefined) return []
    const unit = unitOf(presence, first.file)
    const line = presence.ignoredBy(first.file)
    return [
      {
        why,
        path: tree.kind(unit) === 'directory' ? `${unit}/` : unit,
        at: first.at,
        effect: first.effect,
        when: first.when,
        by: line === undefined ? '' : written(line),
        byAt: line && placeOf(tree, line),
        others: group.filter((needed) => needed !== first),
      },
    ]
  })
}

/** A file that is needed twice is needed for sure when one of the needs is sure. */
function preferCertain(group: NeededFile[], needed: NeededFile): void {
  const index = group.findIndex(({ file }) => file === needed.file)
  if (needed.when.length === 0 && (group[index] as NeededFile).when.length > 0) group[index] = needed
}

/** The outermost folder that stays behind as a whole and for the same reason; else the file. */
function unitOf(presence: Presence, file: string): string {
  const [why, line] = [presence.why(file), presence.ignoredBy(file)]
  let unit = file
  for (let slash = unit.lastIndexOf('/'); slash > 0; slash = unit.lastIndexOf('/')) {
    const folder = unit.slice(0, slash)
    const by = presence.ignoredBy(folder)
    if (presence.why(folder) !== why || (line && written(line)) !== (by && written(by))) break
    unit = folder
  }
  return unit
}

function written({ file, line }: IgnoreLine): string {
  return `${file}:${line}`
}

function placeOf(tree: FileTree, { file, line }: IgnoreLine): Place | undefined {
  const text = readText(tree, file)?.text
  const starts = text === undefined ? [] : lineStarts(text)
  const start = starts[line - 1]
  if (text === undefined || start === undefined) return undefined
  const length = text.slice(start).search(/[\r\n]|$/)
  return { file, span: { start, end: start + length } }
}
