import type { Language, Text } from '../contracts/text.ts'
import type { FileTree } from '../files/tree.ts'
import { counted } from '../report/numbers.ts'
import type { AppReport } from '../report/report.ts'
import type { During, Stopwatch } from '../stopwatch.ts'

/** `--statistics`: what a run found by rule, what it read, and where its time went. */
interface Statistics {
  /** Findings that are shown, by rule; the most frequent first. */
  readonly findings: Readonly<Record<string, number>>
  /** What the check read of the project: an app’s files once, however often they were asked for. */
  readonly files: { readonly read: number; readonly bytes: number }
  /** By part, the longest first. A part that asks another is not charged with its time. */
  readonly milliseconds: Readonly<Record<string, number>>
}

/** The parts in both languages; the others are rooms of the model, which are called alike. */
const parts: Readonly<Record<string, Text>> = {
  start: { en: 'start of the program', fr: 'démarrage du programme' },
  open: { en: 'folders and configuration', fr: 'dossiers et configuration' },
  files: { en: 'reading files', fr: 'lecture des fichiers' },
  project: { en: 'project', fr: 'projet' },
  manifest: { en: 'manifests', fr: 'manifestes' },
  environment: { en: 'config vars', fr: 'config vars' },
  dependencies: { en: 'dependencies', fr: 'dépendances' },
  processes: { en: 'processes', fr: 'processus' },
  settings: { en: 'settings', fr: 'settings' },
  asgi: { en: 'ASGI application', fr: 'application ASGI' },
  frontend: { en: 'front end', fr: 'front-end' },
  usesChannels: { en: 'whether it uses Channels', fr: 'usage de Channels' },
  rules: { en: 'rules, and what they alone ask for', fr: 'règles, et ce qu’elles seules demandent' },
  report: { en: 'report', fr: 'rapport' },
}

/** The same tree; the time that its disk takes counts for `files`. */
export function timed(tree: FileTree, during: During): FileTree {
  return {
    root: tree.root,
    read: (path) => during('files', () => tree.read(path)),
    list: (folder) => during('files', () => tree.list(folder)),
    kind: (path) => during('files', () => tree.kind(path)),
  }
}

function statisticsOf(apps: readonly AppReport[], watch: Stopwatch): Statistics {
  const findings = new Map<string, number>()
  for (const { rule } of apps.flatMap((app) => app.findings)) findings.set(rule, (findings.get(rule) ?? 0) + 1)
  const sources = apps.flatMap((app) => [...app.sources.values()])
  return {
    findings: ordered(findings),
    files: { read: sources.length, bytes: sources.reduce((sum, { bytes }) => sum + bytes.length, 0) },
    milliseconds: ordered(new Map([...watch.times()].map(([part, time]) => [part, Math.round(time * 10) / 10]))),
  }
}

const ordered = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)))

/** The text for standard error: one JSON object on a line when the report is JSON, else a table. */
export function statistics(apps: readonly AppReport[], watch: Stopwatch, json: boolean, language: Language): string {
  const all = statisticsOf(apps, watch)
  if (json) return `${JSON.stringify({ statistics: all })}\n`
  const list = Object.entries(all.findings)
  const total = list.reduce((sum, [, count]) => sum + count, 0)
  const times = Object.entries(all.milliseconds)
  const whole = times.reduce((sum, [, time]) => sum + time, 0)
  const nouns = {
    finding: { en: ['finding', 'findings'], fr: ['constat', 'constats'] },
    rule: { en: ['rule', 'rules'], fr: ['règle', 'règles'] },
    file: { en: ['file read', 'files read'], fr: ['fichier lu', 'fichiers lus'] },
    byte: { en: ['byte', 'bytes'], fr: ['octet', 'octets'] },
  } as const
  const by = { en: 'of', fr: 'de' }[language]
  const lines = [
    `${counted(total, nouns.finding, language)} ${by} ${counted(list.length, nouns.rule, language)}`,
    ...list.map(([rule, count]) => row(String(count), rule)),
    `${counted(all.files.read, nouns.file, language)}, ${counted(all.files.bytes, nouns.byte, language)}`,
    `${whole.toFixed(0)} ms`,
    ...times
      .filter(([, time]) => time >= 0.5)
      .map(([part, time]) => row(time.toFixed(0), parts[part]?.[language] ?? part)),
  ]
  return `\n${lines.join('\n')}\n`
}

const row = (number: string, name: string): string => `${number.padStart(6)}  ${name}`
