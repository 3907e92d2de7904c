import type { Severity } from '../contracts/severity.ts'
import type { Finding } from '../engine/finding.ts'
import { fingerprints } from '../engine/fingerprint.ts'
import { messagesOf, type Rule } from '../engine/rule.ts'
import { readText } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { isTextual } from './json.ts'
import { lineHashes } from './line-hash.ts'
import { pageExcerpt } from './page-excerpt.ts'
import {
  type AppReport,
  type Format,
  type Location,
  locator,
  pathIn,
  type RenderOptions,
  repositoryPath,
  sentence,
} from './report.ts'

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' }
const problemSeverities: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'recommendation' }

/** GitHub’s scale from 0.1 to 10: medium from 4.0 on, high from 7.0 on. */
const securitySeverities: Record<Severity, string> = { error: '7.5', warning: '5.0', info: '3.0' }

/** GitHub keeps 1024 characters of a short or full description. */
const descriptionLimit = 1024

/**
 * SARIF 2.1.0 as GitHub code scanning reads it: every rule is listed whether it fired or not, paths start at the
 * repository's root, and `primaryLocationLineHash` is computed as github/codeql-action does, so that uploading does not
 * replace it. Exit codes stay what they are.
 */
export const sarif: Format = (report, options) => {
  const { language } = options
  const rules = report.rules.flatMap((rule) => descriptorsOf(rule, options))
  const index = new Map(rules.map(({ id }, at) => [id, at]))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'dynolint',
            semanticVersion: report.version,
            informationUri: options.docs(''),
            rules,
          },
        },
        language,
        automationDetails: { id: 'dynolint/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [{ executionSuccessful: true }],
        results: report.apps.flatMap((app) => resultsOf(app, index, options)),
      },
    ],
  }
  return `${JSON.stringify(log)}\n`
}

/** A `reportingDescriptor` of SARIF. */
interface Descriptor {
  readonly id: string
  readonly [property: string]: unknown
}

/** Of a rule of which only some findings are about security, those are told apart: GitHub shows all alerts of a rule or none as such. */
const securityId = ({ id }: Pick<Rule, 'id'>): string => `${id}/security`

/** The descriptor of a rule, and that of its findings about security when it has others too. */
function descriptorsOf(rule: Rule, options: RenderOptions): readonly Descriptor[] {
  const own = descriptor(rule, rule.id, rule.security === 'all', options)
  return rule.security === 'some' ? [own, descriptor(rule, securityId(rule), true, options)] : [own]
}

function descriptor(rule: Rule, id: string, security: boolean, options: RenderOptions): Descriptor {
  const summary = rule.summary[options.language].slice(0, descriptionLimit)
  const page = options.page?.(rule.id)
  const messages = messagesOf(rule)
  const own = messages.filter(({ hop, severity }) => hop !== rule.hop || severity !== rule.severity)
  const help = page === undefined ? undefined : pageExcerpt(page, options.docs(rule.id), options.language)
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    helpUri: options.docs(rule.id),
    help: { text: summary, ...(help !== undefined && { markdown: help }) },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: [
        'django',
        'websocket',
        'heroku',
        ...new Set([rule.hop, ...messages.map(({ hop }) => hop)]),
        ...(security ? ['security'] : []),
      ],
      precision: 'high',
      'problem.severity': problemSeverities[rule.severity],
      ...(own.length > 0 && {
        messages: Object.fromEntries(
          own.map((message) => [message.id, { hop: message.hop, level: levels[message.severity] }]),
        ),
      }),
      ...(security ? { 'security-severity': securitySeverities[rule.severity] } : {}),
    },
  }
}

function resultsOf(app: AppReport, index: ReadonlyMap<string, number>, options: RenderOptions): object[] {
  const locate = locator(app)
  // A reader of code scanning sees an open alert for each result, suppressed or not: only who asks for them gets those.
  const all: readonly Shown[] = [
    ...app.findings.map((finding) => ({ finding, suppression: undefined })),
    ...(options.verbose ? suppressed(app) : []),
  ]
  const prints = fingerprints(
    app.tree,
    all.map(({ finding }) => finding),
  )
  const hashes = new Map<string, readonly string[]>()
  function lineHash(file: string, line: number): string | undefined {
    return getOrInsert(hashes, file, () => lineHashes(readText(app.tree, file)?.text ?? ''))[line - 1]
  }
  return all.map(({ finding, suppression }, at) => {
    const location = locate(finding.at)
    const ruleId =
      finding.security && index.has(securityId({ id: finding.rule })) ? securityId({ id: finding.rule }) : finding.rule
    return {
      ruleId,
      ruleIndex: index.get(ruleId),
      level: levels[finding.severity],
      message: { text: messageText(finding, options) },
      locations: [{ physicalLocation: physical(location, options.prefix) }],
      ...(finding.related.length === 0
        ? {}
        : {
            relatedLocations: finding.related.map((related, id) => ({
              id: id + 1,
              message: { text: related.message[options.language] },
              physicalLocation: physical(locate(related.at), options.prefix),
            })),
          }),
      partialFingerprints: {
        primaryLocationLineHash: lineHash(finding.at.file, location.start.line),
        'dynolint/v1': prints[at],
      },
      ...fixesOf(app, finding, options),
      ...(suppression !== undefined && { suppressions: [suppression] }),
      properties: { hop: finding.hop, certainty: finding.certainty },
    }
  })
}

interface Shown {
  readonly finding: Finding
  readonly suppression: { readonly kind: 'inSource' | 'external'; readonly justification?: string } | undefined
}

/** What comments, the configuration and the baseline accept. */
function suppressed(app: AppReport): Shown[] {
  const accepted = app.suppressed.map((finding) => ({
    finding,
    suppression: {
      kind: finding.accepted.by === 'comment' ? ('inSource' as const) : ('external' as const),
      ...(finding.accepted.reason !== '' && { justification: finding.accepted.reason }),
    },
  }))
  const known = app.filtered.filter(({ by }) => by === 'baseline').flatMap(({ findings }) => findings)
  return [...accepted, ...known.map((finding) => ({ finding, suppression: { kind: 'external' as const } }))]
}

/** The corrections that are edits of text; others are left to `--fix`. */
function fixesOf(app: AppReport, finding: Finding, { language, prefix }: RenderOptions): object {
  const locate = locator(app)
  const fixes = finding.fixes.filter(isTextual).map(({ title, edits }) => ({
    description: { text: title[language] },
    artifactChanges: [...new Set(edits.map(({ file }) => file))].map((file) => ({
      artifactLocation: { uri: encodePath(prefix, pathIn(app.root, file)), uriBaseId: '%SRCROOT%' },
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ span, text }) => {
          const { start, end } = locate({ file, span })
          return {
            deletedRegion: {
              startLine: start.line,
              startColumn: start.column,
              endLine: end.line,
              endColumn: end.column,
            },
            ...(text !== '' && { insertedContent: { text } }),
          }
        }),
    })),
  }))
  return fixes.length === 0 ? {} : { fixes }
}

/** The message, the help, and the related places as links: GitHub shows only those that the text links to. */
function messageText(finding: Finding, { language }: RenderOptions): string {
  const links = finding.related.map((related, id) => `[${escapeLink(related.message[language])}](${id + 1})`)
  const parts = [`${escapeLink(sentence(finding, language))}`, escapeLink(finding.help[language]), ...links]
  return parts.filter((part) => part !== '').join('\n')
}

/** In a SARIF plain-text message a bracket opens an embedded link unless it is escaped (SARIF 2.1.0 §3.11.6). */
function escapeLink(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&')
}

function physical({ file, start, end }: Location, prefix: string): object {
  const empty = start.line === end.line && start.column === end.column
  return {
    artifactLocation: { uri: encodePath(prefix, file), uriBaseId: '%SRCROOT%' },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: empty ? end.column + 1 : end.column,
    },
  }
}

/** Repository-relative and percent-encoded; `..` of a root above the working directory is folded away. */
function encodePath(prefix: string, file: string): string {
  return repositoryPath(prefix, file).split('/').map(encodeURIComponent).join('/')
}
