import type { Edit, Fix } from '../contracts/edit.ts'
import type { Place, Span } from '../contracts/place.ts'
import { sameSpan } from '../contracts/place.ts'
import type { RuleId } from '../contracts/rule-id.ts'
import { type FileTree, readText } from '../files/tree.ts'
import type { Finding } from './finding.ts'

/** A fix and the rule that offers it. */
export interface PlannedFix extends Fix {
  readonly rule: RuleId
}

/** One way to carry a plan out: the fixes of its findings, all or none. */
export interface Choice {
  readonly fixes: readonly PlannedFix[]
  readonly safety: Fix['safety']
}

/** Findings of one cause and the ways to end them. Fixes of two plans never meet in one piece of text. */
export interface Plan {
  readonly findings: readonly Finding[]
  /** The one to prefer first; only one of them can be taken. */
  readonly choices: readonly Choice[]
}

/**
 * The fixes of a report as plans. Of one cause are findings
 * - one of which stands on text that the fix of another replaces: without that text it has nothing to say, so its own fix
 *   would mend what is about to go (a package for a server that another one replaces);
 * - whose edits overlap;
 * - whose edits, equally safe, change the same line.
 */
export function plansOf(tree: FileTree, findings: readonly Finding[]): Plan[] {
  const fixable = findings.filter(({ fixes }) => fixes.length > 0)
  const groups = new Map<Finding, Finding[]>(fixable.map((one) => [one, [one]]))
  for (const [index, a] of fixable.entries()) {
    for (const b of fixable.slice(index + 1)) {
      const [own, other] = [groups.get(a) as Finding[], groups.get(b) as Finding[]]
      if (own === other || !ofOneCause(tree, a, b)) continue
      own.push(...other)
      for (const one of other) groups.set(one, own)
    }
  }
  return [...new Set(groups.values())].map((group) => {
    const ordered = fixable.filter((one) => group.includes(one))
    return { findings: ordered, choices: choicesOf(ordered) }
  })
}

/** The edits of a choice, each once. */
export function editsOf({ fixes }: Choice): readonly Edit[] {
  const all = fixes.flatMap(({ edits }) => edits)
  return all.filter((edit, index) => all.findIndex((other) => isSame(edit, other)) === index)
}

function ofOneCause(tree: FileTree, a: Finding, b: Finding): boolean {
  if (covers(a, b) || covers(b, a)) return true
  return a.fixes.some((one) =>
    b.fixes.some((other) => conflict(one, other) || (one.safety === other.safety && sameLine(tree, one, other))),
  )
}

/**
 * The first fix of a finding replaces the text that another finding stands on. Where that one would replace the same text, the
 * two are ways to the same end.
 */
function covers({ fixes: [fix] }: Finding, { at, fixes }: Finding): boolean {
  const own = fixes.flatMap(({ edits }) => edits)
  return fix?.edits.some((edit) => replaces(edit, at) && !own.some((other) => isSameText(edit, other))) === true
}

const isSameText = (a: Edit, b: Edit): boolean => a.file === b.file && sameSpan(a.span, b.span)

function replaces({ file, span, text, action }: Edit, at: Place): boolean {
  if (file !== at.file) return false
  if (action !== undefined) return action !== 'create'
  return span.end - span.start > 0 && within(span, at.span) && !(sameSpan(span, at.span) && text === '')
}

const within = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** Two fixes that cannot both be applied. */
function conflict(a: Fix, b: Fix): boolean {
  return a.edits.some((one) => b.edits.some((other) => meet(one, other)))
}

function meet(a: Edit, b: Edit): boolean {
  if (a.file !== b.file || isSame(a, b)) return false
  if (a.action !== undefined || b.action !== undefined) return true
  return a.span.start < b.span.end && b.span.start < a.span.end
}

function isSame(a: Edit, b: Edit): boolean {
  return a.file === b.file && sameSpan(a.span, b.span) && a.text === b.text && a.action === b.action
}

/** Whether two fixes change one line. Whole lines that both add at one place are two lines. */
function sameLine(tree: FileTree, a: Fix, b: Fix): boolean {
  return a.edits.some((one) =>
    b.edits.some(
      (other) =>
        one.file === other.file &&
        !isWholeLine(one) &&
        !isWholeLine(other) &&
        linesOf(tree, one).some((line) => linesOf(tree, other).includes(line)),
    ),
  )
}

const isWholeLine = ({ span, text }: Edit): boolean =>
  span.start === span.end && (/^\r?\n/.test(text) || /\n$/.test(text))

/** The lines that the two ends of an edit stand in, as offsets of their beginnings. */
function linesOf(tree: FileTree, { file, span }: Edit): number[] {
  const text = readText(tree, file)?.text ?? ''
  return [span.start, span.end].map((offset) => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1))
}

/**
 * The fixes that stay when those of findings that another fix makes void are left out, together; then each other way of one of
 * them with the rest.
 */
function choicesOf(findings: readonly Finding[]): Choice[] {
  const covered = (b: Finding) => findings.some((a) => a !== b && covers(a, b) && !covers(b, a))
  const open = findings.filter((one) => !covered(one))
  const roots = open.length > 0 ? open : findings.slice(0, 1)
  const ways = roots.map(({ rule, fixes }) => fixes.map((fix): PlannedFix => ({ ...fix, rule })))
  const firsts = ways.flatMap(([first]) => (first === undefined ? [] : [first]))
  const others = ways.flatMap(([first, ...rest]) => rest.map((fix) => ({ fix, first })))
  const choices = [
    together([], firsts),
    ...others.map(({ fix, first }) =>
      together(
        [fix],
        firsts.filter((one) => one !== first),
      ),
    ),
  ]
  // A first fix that gave way to another one is a way of its own.
  const taken = new Set(choices.flat())
  const left = firsts.filter((fix) => !taken.has(fix)).map((fix) => together([fix], firsts))
  return [...choices, ...left].map((fixes) => ({
    fixes,
    safety: fixes.some(({ safety }) => safety === 'unsafe') ? 'unsafe' : 'safe',
  }))
}

/** `start`, and of the others those that go with what is taken already. */
function together(start: readonly PlannedFix[], others: readonly PlannedFix[]): PlannedFix[] {
  const fixes = [...start]
  for (const fix of others) if (!fixes.includes(fix) && !fixes.some((one) => conflict(one, fix))) fixes.push(fix)
  return fixes
}
