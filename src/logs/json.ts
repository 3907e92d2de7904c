import { incidentsOf, type ToldIncident } from './follow-ups.ts'
import { type ExplainedGroup, type LogOptions, type LogReport, nameOf, tally } from './log-report.ts'

/** JSON, version 1. Its schema is schemas/logs.schema.json; keys are only ever added within a version. */
export function logsJson(report: LogReport, options: LogOptions): string {
  const { summary } = report
  const document = {
    version: 1,
    tool: { name: 'dynolint', version: options.version },
    log: {
      lines: summary.lines,
      bytes: summary.bytes,
      clippedLines: summary.clipped,
      from: summary.from ?? null,
      to: summary.to ?? null,
    },
    groups: report.groups.map((group) => groupJson(group, report.checked, options)),
    incidents: incidentsOf(report.groups).map((incident) => incidentJson(incident, report, options)),
    folded: summary.folded,
    servers: summary.servers.map(({ name, dyno, address, starts, listens, last }) => ({
      name,
      dyno: dyno ?? null,
      address,
      starts: Math.max(starts, listens),
      last: last ?? null,
    })),
    sessions: summary.sessions,
    summary: tally(report.groups),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** Groups by their place in the list: exceptions of one class have one id. */
function incidentJson(
  { told, of, followed }: ToldIncident,
  { groups }: LogReport,
  { docs }: Pick<LogOptions, 'docs'>,
): unknown {
  return {
    group: groups.indexOf(of),
    followed: followed.map((one) => groups.findIndex(({ group }) => group === one)),
    severity: told.group.meaning.severity,
    causes: causesJson(told.causes, docs),
  }
}

const causesJson = (causes: ExplainedGroup['causes'], docs: LogOptions['docs']): unknown =>
  (causes ?? []).map((cause) => ({ ...cause, docs: docs(cause.rule) }))

function groupJson({ group, causes, at }: ExplainedGroup, checked: boolean, { language, docs }: LogOptions): unknown {
  const { meaning } = group
  return {
    id: meaning.id,
    kind: meaning.kind,
    name: nameOf(group, language),
    severity: meaning.severity,
    hop: meaning.hop ?? null,
    meaning: meaning.meaning?.[language] ?? null,
    count: group.count,
    first: group.first ?? null,
    last: group.last ?? null,
    dynos: Object.fromEntries(group.dynos),
    subjects: [...group.subjects],
    sample: group.sample,
    frame: group.frame ?? null,
    at: at ?? null,
    rules: meaning.rules.map((rule) => ({ rule, docs: docs(rule) })),
    checked: checked && causes !== undefined,
    causes: causesJson(causes, docs),
  }
}
