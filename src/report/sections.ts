import { buildSteps } from '../contracts/build-step.ts'
import { type Hop, hops } from '../contracts/hop.ts'
import { type Severity, severities } from '../contracts/severity.ts'
import type { HopState } from '../engine/chain.ts'
import { compareFindings, type Finding } from '../engine/finding.ts'
import type { AppReport } from './report.ts'

/** What is told once: a finding, and those that say the same of other places. */
export interface ToldOnce {
  readonly finding: Finding
  readonly also: readonly Finding[]
}

/** The findings of one hop, the gravest first; `beside`: of what no WebSocket passes. */
export interface Section {
  readonly hop: Hop | 'beside'
  readonly state: HopState | undefined
  readonly told: readonly ToldOnce[]
}

/** An app's findings in the order in which a deploy meets what they are about. */
export function sectionsOf({ findings, chain }: Pick<AppReport, 'findings' | 'chain'>): Section[] {
  const states = new Map(chain.map(({ hop, state }) => [hop, state]))
  const sections: Section[] = hops.map((hop) => ({
    hop,
    state: states.get(hop),
    told: toldOnce(findings.filter((finding) => finding.hop === hop && !finding.beside)),
  }))
  sections.push({ hop: 'beside', state: undefined, told: toldOnce(findings.filter(({ beside }) => beside)) })
  return sections.filter(({ told }) => told.length > 0)
}

/** The finding that breaks the chain first. */
export function firstBreak(sections: readonly Section[]): Finding | undefined {
  const broken = sections.find(({ hop, state }) => state === 'breaks' && hop !== 'safety')
  return broken?.told[0]?.finding
}

function toldOnce(findings: readonly Finding[]): ToldOnce[] {
  const told = new Map<string, { finding: Finding; also: Finding[] }>()
  for (const finding of [...findings].sort(compareInHop)) {
    const known = told.get(whatItSays(finding))
    if (known === undefined) told.set(whatItSays(finding), { finding, also: [] })
    else known.also.push(finding)
  }
  return withTheirRule([...told.values()])
}

const whatItSays = ({ rule, severity, message, condition, help, fixes }: Finding): string =>
  JSON.stringify([rule, severity, message.en, condition?.en, help.en, fixes.map(({ title }) => title.en)])

/** What one rule says of one gravity stands together, where it says the first of it. */
function withTheirRule(told: readonly ToldOnce[]): ToldOnce[] {
  const groups = new Map<string, ToldOnce[]>()
  for (const one of told) {
    const key = `${one.finding.severity} ${one.finding.rule}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flat()
}

function compareInHop(a: Finding, b: Finding): number {
  return (
    rank(a.severity) - rank(b.severity) ||
    step(a) - step(b) ||
    reading(a.at.file) - reading(b.at.file) ||
    compareFindings(a, b)
  )
}

const rank = (severity: Severity): number => severities.indexOf(severity)

/** What ends a build before it installs anything, in the order of the buildpack; then everything else. */
const step = (finding: Finding): number =>
  finding.step === undefined ? buildSteps.length : buildSteps.indexOf(finding.step)

/** The platform reads its files and those of the installer before Python reads a module, and the browser a page last. */
function reading(file: string): number {
  if (file.endsWith('.py')) return 1
  return /\.(?:html?|[cm]?[jt]sx?|vue|svelte)$/.test(file) ? 2 : 0
}
