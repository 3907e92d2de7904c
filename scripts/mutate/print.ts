/** What a run tells: survivors with their change, and how many were noticed in each folder. */
import { lineOf } from './choose.ts'
import type { Judged } from './judge.ts'
import type { Mutant } from './mutants.ts'

/** `src/engine/run.ts:12  < → <=   a < b  ⇒  (a) <= (b)` */
export function described(mutant: Mutant, source: string): string {
  const { file, start, end, kind, replacement } = mutant
  const from = short(source.slice(start, end))
  return `${file}:${lineOf(source, start)}  ${short(kind)}:  ${from}  ⇒  ${short(replacement)}`
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 50)} … ${line.slice(-25)}` : line
}

/**
 * One line a folder, and one for all: how many mutants, refused by the types, killed, survived, without a test; those of static
 * places apart. The score is the killed among those that the types accept.
 */
export function scores(judged: readonly Judged[]): string {
  const folders = new Map<string, Judged[]>()
  for (const one of judged) {
    const folder = one.mutant.file
      .split('/')
      .slice(0, one.mutant.file.startsWith('rules/') ? 1 : 2)
      .join('/')
    folders.set(folder, [...(folders.get(folder) ?? []), one])
  }
  const rows = [...folders].sort(([a], [b]) => (a < b ? -1 : 1))
  const head = 'folder           mutants  refused  killed  survived  no test   score   static: killed of'
  return [head, ...rows.map(([folder, all]) => row(folder, all)), row('all', judged)].join('\n')
}

function row(folder: string, judged: readonly Judged[]): string {
  const count = (outcome: string, of = judged) => of.filter(({ verdict }) => verdict.outcome === outcome).length
  const compiled = judged.filter(({ verdict }) => verdict.outcome !== 'refused')
  const fixed = compiled.filter(({ isStatic }) => isStatic)
  const score = `${((100 * count('killed')) / Math.max(1, compiled.length)).toFixed(1)} %`
  return [
    folder.padEnd(16),
    String(judged.length).padStart(7),
    String(count('refused')).padStart(9),
    String(count('killed')).padStart(8),
    String(count('survived')).padStart(10),
    String(count('uncovered')).padStart(9),
    score.padStart(9),
    `${count('killed', fixed)} of ${fixed.length}`.padStart(19),
  ].join('')
}
