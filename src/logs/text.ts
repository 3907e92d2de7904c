import { type Severity, severityNames } from '../contracts/severity.ts'
import type { Language, Text } from '../contracts/text.ts'
import { type Colours, createColours } from '../terminal/colours.ts'
import { fold } from '../terminal/fold.ts'
import { pack, wrap } from '../terminal/wrap.ts'
import { incidentsOf, type ToldIncident } from './follow-ups.ts'
import { type LogOptions, type LogReport, nameOf, tally } from './log-report.ts'
import type { LineGroup, LogSummary } from './model.ts'

const words = {
  cause: { en: 'cause', fr: 'cause' },
  where: { en: 'raised at', fr: 'levée à' },
  followed: { en: 'then', fr: 'puis' },
  rules: { en: 'rules', fr: 'règles' },
  none: {
    en: 'none of these rules finds anything in the project',
    fr: 'aucune de ces règles ne trouve quoi que ce soit dans le projet',
  },
  nothing: { en: 'nothing that dynolint recognises', fr: 'rien que dynolint reconnaisse' },
  empty: { en: 'the log is empty', fr: 'le journal est vide' },
} satisfies Record<string, Text>

/** For people: each incident with its meaning and cause, then what started, the sessions, and one line that sums up. */
export function logsText(report: LogReport, options: LogOptions): string {
  const colours = createColours(options.colour)
  const { language, width } = options
  const { summary } = report
  const incidents = incidentsOf(report.groups)
  const parts = incidents.map((incident) => renderIncident(incident, options, colours))
  const facts = [...servers(summary, language, colours), ...sessions(summary, language, colours)]
  if (facts.length > 0) parts.push(`${facts.flatMap((fact) => fold(fact, width)).join('\n')}\n`)
  parts.push(closing({ ...report, groups: incidents.map(({ told }) => told) }, options, colours))
  return parts.join('\n')
}

/** One line for a group that is seen for the first time, while the log runs. */
export function firstSighting(group: LineGroup, { language, colour }: LogOptions): string {
  const colours = createColours(colour)
  const { severity, id, meaning } = group.meaning
  const said = meaning === undefined ? group.sample : `${nameOf(group, language)} – ${meaning[language]}`
  return `${colours.dim(clock(group.first))}${paint(severity, colours)(severityNames[severity][language])} ${colours.bold(id)} ${dynosOf(group)}${said}\n`
}

function paint(severity: Severity, colours: Colours): (text: string) => string {
  return severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.cyan
}

function colon(language: Language): string {
  return language === 'fr' ? ' :' : ':'
}

function renderIncident({ told, followed }: ToldIncident, options: LogOptions, colours: Colours): string {
  const { group, causes, at } = told
  const { language, width } = options
  const { meaning } = group
  const severity = paint(meaning.severity, colours)(severityNames[meaning.severity][language])
  const lines: string[] = []
  const add = (...given: readonly string[]): unknown => lines.push(...given.flatMap((line) => fold(line, width)))
  add(`${severity} ${colours.bold(meaning.id)} ${nameOf(group, language)}`)
  add(colours.dim(`  ×${group.count}  ${dynosOf(group)}${span(group)}`.trimEnd()))
  // Who searches the log for it searches for all of it.
  if (group.sample !== '') lines.push(`  ${colours.dim('|')} ${group.sample}`)
  if (meaning.meaning !== undefined) lines.push(...wrap(meaning.meaning[language], width, '  '))
  if (at !== undefined) add(`  ${words.where[language]} ${colours.bold(`${at.file}:${at.line}`)}`)
  if (followed.length > 0) {
    const names = followed.map((one) => `${nameOf(one, language)} ×${one.count}`)
    add(`  ${words.followed[language]}${colon(language)} ${names.join(', ')}`)
  }
  for (const cause of causes ?? []) {
    const place = colours.bold(`${cause.file}:${cause.line}:${cause.column}`)
    add(`  ${colours.green(words.cause[language])}${colon(language)} ${place} ${cause.rule}`)
    lines.push(...wrap(cause.message, width, '    '))
  }
  if (meaning.rules.length > 0) {
    const known = new Set((causes ?? []).map(({ rule }) => rule))
    const listed = known.size > 0 ? meaning.rules.filter((rule) => known.has(rule)) : meaning.rules
    add(`  ${colours.dim(`${words.rules[language]}${colon(language)} ${listed.join(', ')}`)}`)
    if (causes?.length === 0) add(`  ${words.none[language]}`)
    const explained = known.size > 0 ? known : meaning.rules.slice(0, 1)
    for (const rule of explained) add(`  ${colours.dim(`dynolint explain ${rule}`)}`)
  }
  return `${lines.join('\n')}\n`
}

function dynosOf(group: LineGroup): string {
  if (group.dynos.size === 0) return ''
  const names = [...group.dynos].sort((a, b) => b[1] - a[1]).map(([name]) => name)
  return `${names.slice(0, 6).join(', ')}${names.length > 6 ? ' …' : ''}  `
}

function span({ first, last }: LineGroup): string {
  if (first === undefined || last === undefined) return ''
  return first === last ? short(first) : `${short(first)} – ${short(last)}`
}

/** `2026-11-22T10:00:00.123456+00:00` without its fraction and zone. */
function short(time: string): string {
  return time.slice(0, 19).replace('T', ' ')
}

function clock(time: string | undefined): string {
  return time === undefined ? '' : `${time.slice(11, 19)} `
}

function servers({ servers }: LogSummary, language: Language, colours: Colours): string[] {
  return servers.map(({ name, dyno, address, starts, listens }) => {
    const times = Math.max(starts, listens)
    const who = dyno === undefined ? '' : `${dyno} `
    const state = listens === 0 ? { en: 'starts on', fr: 'démarre sur' } : { en: 'listens on', fr: 'écoute sur' }
    return `${colours.dim('·')} ${who}${colours.bold(name)} ${state[language]} ${address}${times > 1 ? ` (×${times})` : ''}`
  })
}

function sessions({ sessions: s }: LogSummary, language: Language, colours: Colours): string[] {
  if (s.total === 0) return []
  const longest = duration(s.longest, language)
  const text = {
    en: `WebSockets: ${s.total} ended: ${s.short} within 1 s, ${s.medium} before 54 s, ${s.nearIdle} at 54–58 s, ${s.long} later (longest ${longest})`,
    fr: `WebSockets terminés : ${s.total} (${s.short} en moins de 1 s, ${s.medium} avant 54 s, ${s.nearIdle} entre 54 et 58 s, ${s.long} plus tard ; le plus long : ${longest})`,
  }
  return [`${colours.dim('·')} ${text[language]}`]
}

function duration(milliseconds: number, language: Language): string {
  const seconds = milliseconds / 1000
  const number = (value: number): string => value.toFixed(1).replace('.', language === 'fr' ? ',' : '.')
  if (seconds < 120) return `${number(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${number(seconds / 3600)} h`
}

function closing({ summary, groups }: LogReport, { language, width }: LogOptions, colours: Colours): string {
  if (summary.lines === 0) return `${words.empty[language]}\n`
  const fr = language === 'fr'
  const { error, warning, info } = tally(groups)
  const plural = (count: number, word: string): string =>
    `${count} ${word}${count > 1 || (!fr && count === 0) ? 's' : ''}`
  const kinds = [
    plural(error, fr ? 'erreur' : 'error'),
    plural(warning, fr ? 'avertissement' : 'warning'),
    `${info} info`,
  ].join(', ')
  const said = groups.length === 0 ? words.nothing[language] : error > 0 ? colours.red(kinds) : kinds
  const number = summary.lines.toLocaleString(fr ? 'fr-FR' : 'en-US')
  const amount = fr
    ? `${number} ligne${summary.lines > 1 ? 's' : ''}`
    : `${number} line${summary.lines === 1 ? '' : 's'}`
  const { from, to } = summary
  const period = from === undefined || to === undefined ? [] : [short(from), fr ? 'au' : 'to', short(to)]
  const head = `${said}${fr ? ' dans ' : ' in '}${amount}`
  // A time is not torn from its day.
  const sum = period.length === 0 ? head.split(' ') : [...`${head},${fr ? ' du' : ''}`.split(' '), ...period]
  const notes = [
    summary.folded > 0 &&
      (fr ? `${summary.folded} autres exceptions non détaillées` : `${summary.folded} more exceptions not told apart`),
    summary.clipped > 0 &&
      (fr ? `${summary.clipped} lignes trop longues lues en partie` : `${summary.clipped} overlong lines read in part`),
  ].filter((note) => note !== false)
  const lines = [...pack(sum, width, '', '  '), ...notes.flatMap((note) => fold(note, width))]
  return `${lines.join('\n')}\n`
}
