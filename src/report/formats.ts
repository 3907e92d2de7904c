import type { Text } from '../contracts/text.ts'
import { checkstyle } from './checkstyle.ts'
import { concise } from './concise.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { html } from './html/html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { commands, document, lines, markup } from './masking.ts'
import { rdjson } from './rdjson.ts'
import type { Format } from './report.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/** An output format: what the command line, its help, the completions and the docs know of it. */
interface FormatRecord {
  /** What it is for, in a few words. */
  readonly summary: Text
  /** Its media type. */
  readonly media: string
  /** Options that mean something to it; others would be ignored. */
  readonly takes: readonly ('color' | 'verbose')[]
  /** What it is given besides the report: the pages of the rules, the picture of each app. */
  readonly needs?: 'pages' | 'overview'
  /**
   * Behind the door that lets no secret and no control through. Renderer and door are named where they are called, so that a
   * run loads its own.
   */
  readonly render: Format
}

/** Every output format by its name on the command line. */
export const formats = {
  text: {
    summary: { en: 'for people: code, remedy, the chain', fr: 'à lire : code, remède, la chaîne' },
    media: 'text/plain',
    takes: ['color', 'verbose'],
    render: (report, options) => lines(text)(report, options),
  },
  concise: {
    summary: { en: 'a line for each finding', fr: 'une ligne par constat' },
    media: 'text/plain',
    takes: [],
    render: (report, options) => lines(concise)(report, options),
  },
  json: {
    summary: {
      en: 'for programs (schemas/report-v1.schema.json)',
      fr: 'pour les programmes (schemas/report-v1.schema.json)',
    },
    media: 'application/json',
    // It lists everything, asked or not.
    takes: ['verbose'],
    render: (report, options) => document(json)(report, options),
  },
  html: {
    summary: { en: 'one page with a picture of the chain', fr: 'une page avec une image de la chaîne' },
    media: 'text/html',
    takes: [],
    needs: 'overview',
    render: (report, options) => markup(html)(report, options),
  },
  markdown: {
    summary: { en: 'for a comment or a job summary', fr: 'pour un commentaire ou un résumé de tâche' },
    media: 'text/markdown',
    takes: [],
    render: (report, options) => markup(markdown)(report, options),
  },
  github: {
    summary: {
      en: 'GitHub Actions: log, annotations, job summary',
      fr: 'GitHub Actions : journal, annotations, résumé',
    },
    media: 'text/plain',
    takes: ['verbose'],
    render: (report, options) =>
      lines(text)(report, { ...options, colour: false, whole: true }) + commands(github)(report, options),
  },
  sarif: {
    summary: { en: 'SARIF 2.1.0, for code scanning', fr: 'SARIF 2.1.0, pour l’analyse de code' },
    media: 'application/sarif+json',
    takes: ['verbose'],
    needs: 'pages',
    render: (report, options) => document(sarif)(report, options),
  },
  gitlab: {
    summary: { en: 'GitLab Code Quality', fr: 'GitLab Code Quality' },
    media: 'application/json',
    takes: [],
    render: (report, options) => document(gitlab)(report, options),
  },
  junit: {
    summary: { en: 'JUnit XML, for test reports', fr: 'XML de JUnit, pour les rapports de tests' },
    media: 'application/xml',
    takes: [],
    render: (report, options) => markup(junit)(report, options),
  },
  checkstyle: {
    summary: { en: 'Checkstyle XML', fr: 'XML de Checkstyle' },
    media: 'application/xml',
    takes: [],
    render: (report, options) => markup(checkstyle)(report, options),
  },
  rdjson: {
    summary: { en: 'Reviewdog Diagnostic Format', fr: 'Reviewdog Diagnostic Format' },
    media: 'application/json',
    takes: [],
    render: (report, options) => document(rdjson)(report, options),
  },
} satisfies Record<string, FormatRecord>

export type FormatName = keyof typeof formats

export const formatNames = Object.keys(formats) as FormatName[]

/** A format with what may be left out of its record. */
export const formatOf = (name: FormatName): FormatRecord => formats[name]
