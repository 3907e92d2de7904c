import { hops } from '../contracts/hop.ts'
import type { Finding } from '../engine/finding.ts'
import type { LineGroup } from './model.ts'

/** A finding of `check` with the app it is of. */
export interface ProjectFinding {
  /** Index of the app among those that were checked. */
  readonly app: number
  readonly finding: Finding
}

const maxCauses = 4

/**
 * The findings that probably cause what the group counts, most likely first: those of its rules, and where the error
 * names a thing (a module, a flag, a message type) only those that mention it. Nothing is guessed beyond that.
 */
export function causesOf(group: LineGroup, findings: readonly ProjectFinding[]): ProjectFinding[] {
  const { rules, vague } = group.meaning
  return findings
    .filter(({ finding }) => rules.includes(finding.rule))
    .filter(({ finding }) => canEndIn(finding, group))
    .filter(({ finding }) => (vague === true ? finding.severity === 'error' : finding.severity !== 'info'))
    .filter(({ finding }) => mentionsSubject(group, finding))
    .sort((a, b) => rules.indexOf(a.finding.rule) - rules.indexOf(b.finding.rule))
    .slice(0, maxCauses)
}

/** A process ends by what breaks it before it serves: what makes pages fail ends none, and what is unsafe stops nothing. */
function canEndIn({ hop }: Finding, { meaning }: LineGroup): boolean {
  return meaning.vague !== true || hops.indexOf(hop) <= hops.indexOf('boot')
}

function mentionsSubject({ meaning: { about }, subjects }: LineGroup, finding: Finding): boolean {
  if (about === undefined) return true
  const words = about === 'subject' ? [...subjects] : [about.word]
  const said = plain(`${finding.symbol} ${finding.message.en}`)
  return words.some((word) => [word, word.split('.')[0] as string].some((name) => holdsWord(said, plain(name))))
}

/** Distribution and module names are one: `channels_redis`, `channels-redis`. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[_-]+/g, '-')
}

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); word !== '' && at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`
    if (!/[a-z\d-]/.test(around)) return true
  }
  return false
}
