import type { Severity } from '../contracts/severity.ts'
import type { Finding } from '../engine/finding.ts'
import { fingerprints } from '../engine/fingerprint.ts'
import { messagesOf, type Rule } from '../engine/rule.ts'
import { readText } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { lineHashes } from './line-hash.ts'
import { type AppReport, type Format, type Location, locator, type RenderOptions, sentence } from './report.ts'

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' }
const problemSeverities: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'recommendation' }

/** GitHub keeps 1024 characters of a short or full description. */
const descriptionLimit = 1024

/**
 * SARIF 2.1.0 as GitHub code scanning reads it: every rule is listed whether it fired or not, paths start at the
 * repository's root, and `primaryLocationLineHash` is computed as github/codeql-action does, so that uploading does not
 * replace it. Exit codes stay what they are.
 */
export const sarif: Format = (report, options) => {
  const rules = report.rules
  const index = new Map(rules.map((rule, at) => [rule.id as string, at]))
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
            rules: rules.map((rule) => descriptor(rule, options)),
          },
        },
        automationDetails: { id: 'dynolint/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [{ executionSuccessful: true }],
        results: report.apps.flatMap((app) => resultsOf(app, index, options)),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function descriptor(rule: Rule, options: RenderOptions): object {
  const summary = rule.summary[options.language].slice(0, descriptionLimit)
  const page = options.page?.(rule.id)
  const messages = messagesOf(rule)
  const own = messages.filter(({ hop, severity }) => hop !== rule.hop || severity !== rule.severity)
  // GitHub shows every alert of a rule with this tag as one of security, so all of it has to be.
  const security = messages.every(({ hop }) => hop === 'safety')
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    helpUri: options.docs(rule.id),
    help: { text: page ?? summary, ...(page === undefined ? {} : { markdown: page }) },
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
        messages: Object.fromEntries(own.map(({ id, hop, severity }) => [id, { hop, level: levels[severity] }])),
      }),
      ...(security ? { 'security-severity': rule.severity === 'error' ? '7.5' : '5.0' } : {}),
    },
  }
}

function resultsOf(app: AppReport, index: ReadonlyMap<string, number>, options: RenderOptions): object[] {
  const locate = locator(app)
  const prints = fingerprints(app.tree, app.findings)
  const hashes = new Map<string, readonly string[]>()
  function lineHash(file: string, line: number): string | undefined {
    return getOrInsert(hashes, file, () => lineHashes(readText(app.tree, file)?.text ?? ''))[line - 1]
  }
  return app.findings.map((finding, at) => {
    const location = locate(finding.at)
    return {
      ruleId: finding.rule,
      ruleIndex: index.get(finding.rule),
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
      properties: { hop: finding.hop, certainty: finding.certainty },
    }
  })
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
  const parts: string[] = []
  for (const part of `${prefix}/${file}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(encodeURIComponent(part))
  }
  return parts.join('/')
}
