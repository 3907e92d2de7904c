/** Sources with all their mutants inside: which one is in force is asked while they run, so that nothing is built twice. */
import type { Mutant } from './mutants.ts'

/** A mutant and the number it is switched on by. */
export interface Numbered extends Mutant {
  id: number
}

interface Group {
  start: number
  end: number
  mutants: Numbered[]
  within: Group[]
}

/** The source with `(__mutant__(7) ? (changed) : (as it was))` at each place that has mutants. */
export function instrument(source: string, mutants: readonly Numbered[]): string {
  return render(source, 0, source.length, nested(mutants))
}

/** Places of mutants, each with the places inside it. Expressions nest; they never overlap in part. */
function nested(mutants: readonly Numbered[]): Group[] {
  const roots: Group[] = []
  const open: Group[] = []
  for (const mutant of [...mutants].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (open.length > 0 && open[open.length - 1]!.end <= mutant.start) open.pop()
    const around = open[open.length - 1]
    if (around !== undefined && around.start === mutant.start && around.end === mutant.end) {
      around.mutants.push(mutant)
      continue
    }
    const group: Group = { start: mutant.start, end: mutant.end, mutants: [mutant], within: [] }
    ;(around?.within ?? roots).push(group)
    open.push(group)
  }
  return roots
}

function render(source: string, start: number, end: number, groups: readonly Group[], opened = -1): string {
  let out = ''
  let at = start
  for (const group of groups) {
    out += source.slice(at, group.start)
    if (group.mutants[0]!.opens && group.start !== opened) out += ';'
    for (const { id, replacement } of group.mutants) out += `(__mutant__(${id}) ? (${replacement}) : `
    out += `(${render(source, group.start, group.end, group.within, group.start)})${')'.repeat(group.mutants.length)}`
    at = group.end
  }
  return out + source.slice(at, end)
}
