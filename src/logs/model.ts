import type { Hop } from '../contracts/hop.ts'
import type { RuleId } from '../contracts/rule-id.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'

/** Where a meaning comes from: the router's codes, the platform's, the log's own, how a process ended, the app's output. */
export type Kind = 'router' | 'platform' | 'logging' | 'process' | 'application' | 'exception'

/** What lines of one kind mean: one row of a table. */
export interface Meaning {
  /** Stable: `router/H10`, `redis/certificate`. */
  readonly id: string
  readonly kind: Kind
  /** As it stands in the log (`H10 App crashed`, `AppRegistryNotReady`), or what happened in a few words. */
  readonly name: string | Text
  readonly severity: Severity
  /** Where in the chain it breaks, when that is known. */
  readonly hop: Hop | undefined
  /** Nothing is said of an exception that no table knows. */
  readonly meaning: Text | undefined
  /** The rules that can find its cause in a project, most likely first. */
  readonly rules: readonly RuleId[]
  /** It says no more than that the process ended or did not come up: only a finding that is surely an error explains it. */
  readonly vague?: boolean
  /** Only a finding that mentions the subject (or, when a word is given, that word) can be its cause. */
  readonly about?: 'subject' | { readonly word: string } | undefined
}

/** One line, taken apart. Times are as in the log. */
export interface LogLine {
  readonly time: string | undefined
  /** `heroku` or `app`; undefined for a line without prefix. */
  readonly source: string | undefined
  /** `web.1`, `router`, `run.1234`; undefined without prefix. */
  readonly dyno: string | undefined
  readonly text: string
}

/** A frame of the app's own code in a traceback: path from the app's root on the dyno, with `/`. */
export interface TracebackFrame {
  readonly file: string
  readonly line: number
}

/** Something that happened once, ready to be counted. Its texts are as in the log: whoever keeps them masks them first. */
export interface Sighting {
  readonly meaning: Meaning
  readonly time: string | undefined
  readonly dyno: string | undefined
  readonly sample: string
  /** What it is about, when the error names it: a module, a host, a flag. */
  readonly subject: string | undefined
  /** The last frame of the app's own code. */
  readonly frame: TracebackFrame | undefined
}

/** All sightings with one meaning; exceptions that no table knows are told apart by their frame. Texts are masked. */
export interface LineGroup {
  readonly meaning: Meaning
  /** What it was about, a few of them. */
  readonly subjects: Set<string>
  /** Of the first sighting that had one. */
  frame: TracebackFrame | undefined
  readonly sample: string
  count: number
  first: string | undefined
  last: string | undefined
  /** Sightings per dyno; dynos beyond a cap are counted under `…`. */
  readonly dynos: Map<string, number>
}

/** A server that said it is listening. */
export interface Started {
  readonly name: string
  readonly dyno: string | undefined
  /** As the server wrote it: `0.0.0.0:5000`. */
  readonly address: string
  /** How often it announced that it starts, and that it listens: daphne says both. */
  starts: number
  listens: number
  last: string | undefined
}

/** WebSocket connections that ended, from the router's lines with status 101. Durations in milliseconds. */
export interface Sessions {
  total: number
  /** Under a second. */
  short: number
  /** A second up to the idle window. */
  medium: number
  /** Ended within the idle window's reach: 54 to 58 s. */
  nearIdle: number
  /** Longer than that. */
  long: number
  longest: number
}

export interface LogSummary {
  readonly lines: number
  readonly bytes: number
  /** Lines of which only the beginning was read. */
  readonly clipped: number
  /** First and last time of what was recognised. */
  readonly from: string | undefined
  readonly to: string | undefined
  /** By severity, then first sighting. */
  readonly groups: readonly LineGroup[]
  /** Sightings that found no room among the groups. */
  readonly folded: number
  readonly servers: readonly Started[]
  readonly sessions: Sessions
}
