import type { Trial } from './environments.ts'
import type { Comparison } from './tool.ts'

/** Settings that the linter's rules rest on. */
const important =
  /^(CHANNEL_LAYERS|INSTALLED_APPS|ALLOWED_HOSTS|CSRF_TRUSTED_ORIGINS|DEBUG|DATABASES|ASGI_APPLICATION|MIDDLEWARE|SECURE_\w+)$/

export function isImportant(name: string): boolean {
  return important.test(name)
}

export interface Tally {
  equal: number
  open: number
  wrong: number
}

/** What one project came to. */
export interface Counts {
  readonly trials: number
  imported: number
  readonly stubs: readonly string[]
  readonly all: Tally
  readonly important: Tally
  /** Names CPython itself gives another value at every start. */
  unstable: number
}

export function emptyCounts(trials: number, stubs: readonly string[]): Counts {
  const tally = (): Tally => ({ equal: 0, open: 0, wrong: 0 })
  return { trials, imported: 0, stubs, all: tally(), important: tally(), unstable: 0 }
}

function add(into: Tally, from: Tally): void {
  into.equal += from.equal
  into.open += from.open
  into.wrong += from.wrong
}

function share({ equal, open, wrong }: Tally): number {
  const total = equal + open + wrong
  return total === 0 ? 1 : equal / total
}

function percent(tally: Tally): string {
  return (Math.floor(share(tally) * 10_000) / 100).toFixed(2) + ' %'
}

/** Gathers comparisons and prints the table. */
export class Report {
  private readonly rows: (readonly [string, Counts])[] = []
  private readonly skipped: string[] = []
  private readonly wrong = new Map<string, string[]>()
  private readonly reasons = new Map<string, { count: number; readonly names: Set<string> }>()
  private readonly crashes = new Map<string, { count: number; readonly examples: Set<string> }>()
  private readonly perName = new Map<string, Tally>()

  skip(folder: string, why: string): void {
    this.skipped.push(`${folder.slice(folder.lastIndexOf('/') + 1)}: ${why}`)
  }

  add(name: string, counts: Counts): void {
    this.rows.push([name, counts])
  }

  count(counts: Counts, project: string, trial: Trial, comparison: Comparison, unstable: ReadonlySet<string>): void {
    if (trial.answer.ok) counts.imported++
    this.countCrash(project, trial, comparison)
    for (const [name, verdict] of comparison.names) {
      if (unstable.has(name) && verdict.verdict !== 'wrong') {
        counts.unstable++
        continue
      }
      const tallies = [counts.all, ...(isImportant(name) ? [counts.important, this.tallyOf(name)] : [])]
      for (const tally of tallies) tally[verdict.verdict]++
      if (verdict.verdict === 'open') {
        const reason = this.reasons.get(verdict.reason) ?? { count: 0, names: new Set() }
        reason.count++
        reason.names.add(`${project} ${name}`)
        this.reasons.set(verdict.reason, reason)
      }
      if (verdict.verdict === 'wrong') {
        const key = `${project} ${trial.module}: ${name}${verdict.path}: ${cut(verdict.ours)} instead of ${cut(verdict.theirs)}`
        this.wrong.set(key, [...(this.wrong.get(key) ?? []), trial.label])
      }
    }
  }

  private tallyOf(name: string): Tally {
    const key = name.startsWith('SECURE_') ? 'SECURE_*' : name
    const tally = this.perName.get(key) ?? { equal: 0, open: 0, wrong: 0 }
    this.perName.set(key, tally)
    return tally
  }

  private countCrash(project: string, { answer, module, label }: Trial, comparison: Comparison): void {
    const key = answer.ok && comparison.crash === 'agreed' ? 'neither raises' : crashWords[comparison.crash]
    const entry = this.crashes.get(key) ?? { count: 0, examples: new Set() }
    entry.count++
    const why = answer.ok ? comparison.ours?.exception : answer.crash.exception
    if (comparison.crash !== 'agreed') entry.examples.add(`${project} ${module} (${why}; ${label})`)
    this.crashes.set(key, entry)
    if (comparison.crash === 'ours alone') {
      const { exception, message } = comparison.ours as { exception: string; message: string }
      const text = `${project} ${module}: we raise ${exception}: ${message}, CPython does not`
      this.wrong.set(text, [...(this.wrong.get(text) ?? []), label])
    }
  }

  /** The tables, and whether a value is wrong or a target missed. */
  finish(targets: { readonly important: number; readonly all: number }): { text: string; failed: boolean } {
    const out: string[] = []
    const total = emptyCounts(0, [])
    let [trials, imported, projects] = [0, 0, 0]
    out.push(
      '| project | trials | imported | important | all names | wrong | stand-ins |',
      '|---|---|---|---|---|---|---|',
    )
    for (const [name, counts] of this.rows) {
      const { all, important: key } = counts
      out.push(
        `| ${name} | ${counts.trials} | ${counts.imported} | ${counts.imported === 0 ? '' : percent(key)} | ${counts.imported === 0 ? '' : percent(all)} | ${all.wrong} | ${counts.stubs.length} |`,
      )
      add(total.all, all)
      add(total.important, key)
      trials += counts.trials
      imported += counts.imported
      if (counts.imported > 0) projects++
      total.unstable += counts.unstable
    }
    out.push('', '| name | determined | equal | open | wrong |', '|---|---|---|---|---|')
    for (const [name, tally] of [...this.perName].sort()) {
      out.push(`| ${name} | ${percent(tally)} | ${tally.equal} | ${tally.open} | ${tally.wrong} |`)
    }
    for (const [name, tally] of [
      ['all important', total.important],
      ['all names', total.all],
    ] as const) {
      out.push(`| ${name} | ${percent(tally)} | ${tally.equal} | ${tally.open} | ${tally.wrong} |`)
    }
    out.push('', `${projects} projects, ${trials} trials, ${imported} of them importable under CPython.`)
    out.push(`${total.unstable} values that CPython itself gives differently at every start are left out.`)
    out.push('', 'Who raises:')
    for (const [key, { count, examples }] of [...this.crashes].sort((a, b) => b[1].count - a[1].count)) {
      out.push(`- ${key}: ${count}`, ...[...examples].slice(0, 12).map((example) => `  - ${example}`))
    }
    if (this.skipped.length > 0) out.push('', 'Skipped:', ...this.skipped.map((line) => `- ${line}`))
    out.push('', 'Why values stay open, most frequent first:')
    for (const [reason, { count, names }] of [...this.reasons].sort((a, b) => b[1].count - a[1].count)) {
      out.push(`- ${count} x ${reason} (${[...names].slice(0, 3).join(', ')}${names.size > 3 ? ', …' : ''})`)
    }
    if (this.wrong.size > 0) out.push('', 'WRONG:')
    for (const [text, labels] of this.wrong) out.push(`- ${text} (${labels.length} x, e.g. ${labels[0]})`)
    const failed = this.wrong.size > 0 || share(total.important) < targets.important || share(total.all) < targets.all
    out.push('', failed ? 'Targets missed.' : 'Targets met.')
    return { text: out.join('\n'), failed }
  }
}

const crashWords = {
  agreed: 'both raise',
  'ours alone': 'we raise, CPython does not',
  'theirs alone': 'CPython raises, we see no exception',
  maybe: 'CPython raises, for us it is one of several paths',
}

function cut(text: string): string {
  return text.length > 300 ? text.slice(0, 300) + '…' : text
}
