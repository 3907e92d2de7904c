import type { Hop } from '../contracts/hop.ts'
import type { Severity } from '../contracts/severity.ts'

/**
 * The report of a check, version 1: what `dynolint check --format json` prints, and what `check` of the library returns. Its schema
 * is schemas/report-v1.schema.json. Keys are only ever added within a version.
 */
export interface JsonReport {
  readonly version: 1
  readonly tool: { readonly name: 'dynolint'; readonly version: string }
  /** One for each app root, in order. */
  readonly apps: readonly JsonApp[]
  readonly findings: readonly JsonFinding[]
  /** What the rules asked and could not be told. */
  readonly undetermined: readonly JsonUnknown[]
  readonly summary: { readonly error: number; readonly warning: number; readonly info: number }
  /** Findings that are not listed, counted by the reason. */
  readonly filtered: readonly JsonFiltered[]
  /** With `--baseline`: its file, and its entries that match nothing any more. */
  readonly baseline?: JsonBaseline
  /** What comments and the configuration accept. */
  readonly suppressed: readonly JsonSuppressed[]
  /** What `--fix` changed before the report; left out when nobody asked for it. */
  readonly fixed?: readonly JsonFixed[]
}

export interface JsonFixed {
  readonly file: string
  readonly rules: readonly string[]
  readonly corrections: readonly {
    readonly title: string
    readonly safety: 'safe' | 'unsafe'
    readonly rule: string
  }[]
}

export interface JsonBaseline {
  readonly file: string
  readonly stale: readonly {
    readonly file: string
    readonly rule: string
    /** The thing it is about. */
    readonly symbol: string
    readonly identity: string
  }[]
}

export interface JsonFiltered {
  readonly by: 'rules' | 'baseline' | 'since' | 'files'
  readonly error: number
  readonly warning: number
  readonly info: number
}

export interface JsonSuppressed extends JsonLocation {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly by: 'comment' | 'configuration'
  readonly reason: string
}

/** 1-based; columns count UTF-16 code units. */
export interface JsonPosition {
  readonly line: number
  readonly column: number
}

/** A part of a file; the end is exclusive. */
export interface JsonLocation {
  /** From the folder that was checked, with `/`. */
  readonly file: string
  readonly start: JsonPosition
  readonly end: JsonPosition
}

export interface JsonApp {
  readonly root: string
  /** The hops of a WebSocket in order; `safety` stands beside them, at the end. */
  readonly chain: readonly JsonLink[]
}

export interface JsonLink {
  readonly hop: Hop
  readonly state: 'holds' | 'breaks' | 'undetermined' | 'not-applicable'
  /** The rules that decide it. */
  readonly rules: readonly string[]
  /** `warned`: it holds, and warnings concern it. `not-reached`: a hop before it breaks. */
  readonly detail: 'warned' | 'not-reached' | null
  /** Why it is undetermined. */
  readonly reasons: readonly JsonReason[]
}

export interface JsonUnknown {
  readonly what: string
  readonly why: string
  readonly file: string | null
  readonly start: JsonPosition | null
}

export interface JsonReason extends JsonUnknown {
  /** What would tell it. */
  readonly remedy:
    | { readonly by: 'env'; readonly variable: string }
    | { readonly by: 'pin'; readonly name: string }
    | { readonly by: 'snapshot' }
    | null
}

export interface JsonFinding extends JsonLocation {
  /** `area/name`. */
  readonly rule: string
  readonly hop: Hop
  readonly severity: Severity
  /** `possible`: it holds under `condition`. */
  readonly certainty: 'certain' | 'possible'
  readonly condition: string | null
  readonly message: string
  /** What to do about it. */
  readonly help: string
  readonly related: readonly (JsonLocation & { readonly message: string })[]
  readonly fixes: readonly JsonFix[]
  /** The same for the same finding after edits elsewhere in the file. */
  readonly fingerprint: string
  /** Where the page of the rule is. */
  readonly docs: string
}

/** Edits that mend a finding, of one or several files, without overlap. */
export interface JsonFix {
  readonly title: string
  /** `safe`: keeps every behaviour but the broken one. `unsafe`: changes behaviour. */
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly (JsonLocation & { readonly text: string })[]
}
