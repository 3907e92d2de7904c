import type { Hop } from '../../src/contracts/hop.ts'
import type { Severity } from '../../src/contracts/severity.ts'
import type { Language } from '../../src/contracts/text.ts'

/** What the page and the engine in its worker say to each other. Texts are of one language; `html` is escaped markup of the report. */

/** By path from the app's root. Bytes: what is no plain UTF-8, or no text. */
export type Files = Readonly<Record<string, string | Uint8Array>>

export interface Project {
  readonly files: Files
  /** Config vars of the dyno: a value, or `false` for one that is not set. What is left out is as the files say. */
  readonly env: Readonly<Record<string, string | false>>
  /** Add-ons of the app as `service:plan`; undefined: as the files say. */
  readonly addons: readonly string[] | undefined
}

/** 1-based; columns count UTF-16 code units. */
export interface Point {
  readonly line: number
  readonly column: number
}

export interface ShownFix {
  readonly title: string
  readonly safety: 'safe' | 'unsafe'
}

export interface ShownFinding {
  /** What names it in `fix`. */
  readonly key: string
  readonly rule: string
  /** The hop that it breaks; `beside`: it is about what no WebSocket passes. */
  readonly section: Hop | 'beside'
  readonly severity: Severity
  readonly file: string
  readonly start: Point
  readonly end: Point
  /** The message with its condition, and the help. */
  readonly text: string
  readonly html: string
  readonly fixes: readonly ShownFix[]
}

/** What a file is for the app. */
export type Role = 'procfile' | 'requirements' | 'settings' | 'asgi' | 'routing' | 'consumer' | 'page' | 'app-json'

/** What is said of a project. */
export interface View {
  /** Pictures: the chain, whose links are `#at-HOP`, and what runs. */
  readonly chain: string
  readonly runs: string
  /** The hop that breaks first. */
  readonly broken: Hop | undefined
  /** The key of the finding that breaks it. */
  readonly cause: string | undefined
  readonly counts: Readonly<Record<Severity, number>>
  /** In order of hop, the gravest first. */
  readonly findings: readonly ShownFinding[]
  /** What could not be told, as sentences. */
  readonly undetermined: readonly string[]
  /** Config vars that the settings ask for, or that the configuration sets; with what it sets. */
  readonly variables: readonly { readonly name: string; readonly stated: string | false | undefined }[]
  /** Names of which `why` can be asked. */
  readonly names: readonly string[]
  /** The files that matter most, in the order of the way of a WebSocket. */
  readonly roles: readonly { readonly role: Role; readonly file: string }[]
}

/** What became of files: a text, bytes, or `undefined` for one that is gone. */
export type Changed = readonly (readonly [path: string, content: string | Uint8Array | undefined])[]

export interface Requests {
  check: { ask: { readonly project: Project; readonly language: Language }; answer: View }
  why: {
    ask: { readonly project: Project; readonly language: Language; readonly about: Asked }
    /** As a terminal would show it; empty: nobody knows the name. */
    answer: string
  }
  fix: {
    /** `key` undefined: all that is safe. */
    ask: {
      readonly project: Project
      readonly language: Language
      readonly key: string | undefined
      readonly title: string | undefined
    }
    /** `because`: what it would break earlier, so that it was not carried out. */
    answer: { readonly changed: Changed; readonly because: string | undefined }
  }
  unzip: { ask: { readonly bytes: Uint8Array }; answer: Readonly<Record<string, Uint8Array>> }
}

/** A name of the settings, or what a line of a file binds. */
export type Asked = { readonly name: string } | { readonly file: string; readonly line: number }

export type Kind = keyof Requests

/** What became of the files since the last request: a project may have many, and a keystroke changes one. */
export interface FileChanges {
  readonly set: Files
  readonly gone: readonly string[]
}

export interface Request<K extends Kind = Kind> {
  readonly id: number
  readonly kind: K
  /** Without the files of its project. */
  readonly ask: Requests[K]['ask']
  readonly changes: FileChanges
}

export type Answer =
  | { readonly id: number; readonly answer: Requests[Kind]['answer'] }
  | { readonly id: number; readonly error: string }
