import type { Line } from './model.ts'

/** `2026-11-22T10:00:00.123456+00:00 app[web.1]: text`; one space belongs to the prefix, more belong to the text. */
const prefix = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[+-]\d\d:?\d\d|Z)?) ([\w-]{1,60})\[([\w.-]{1,60})\]: ?/
/** What a log drain gets: `<45>1 2026-11-22T10:00:00+00:00 host app web.1 - text`, with or without the frame's length. */
const drain = /^(?:\d+ )?<\d{1,3}>1 (\S{19,40}) \S+ (app|heroku) ([\w.-]{1,60}) - (?:- )?/
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const colour = /\u001b\[[\d;?]*[ -/]*[@-~]/g

/** Takes a line apart; colours of a terminal are dropped. */
export function readLine(raw: string): Line {
  const text = raw.includes('\u001b') ? raw.replace(colour, '') : raw
  const match = prefix.exec(text) ?? drain.exec(text)
  if (match === null) return { time: undefined, source: undefined, dyno: undefined, text }
  return { time: match[1], source: match[2], dyno: match[3], text: text.slice(match[0].length) }
}

/** The keys of a router line; values as written, without their quotes. */
export interface RouterLine {
  readonly at: string | undefined
  readonly code: string | undefined
  readonly desc: string | undefined
  readonly method: string | undefined
  readonly path: string | undefined
  readonly host: string | undefined
  readonly dyno: string | undefined
  readonly status: number | undefined
  readonly protocol: string | undefined
  /** Milliseconds. */
  readonly connect: number | undefined
  /** Milliseconds. */
  readonly service: number | undefined
}

/** Reads `at=error code=H12 desc="Request timeout" …`; undefined when the text is no such line. */
export function readRouter(text: string): RouterLine | undefined {
  const start = /^\s*(?:sock=\w+ )?at=\w+ /.exec(text)
  if (start === null) return undefined
  const pairs = new Map<string, string>()
  for (const [, key, quoted, bare] of text.matchAll(/(?:^|\s)([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g)) {
    if (key !== undefined && !pairs.has(key)) pairs.set(key, quoted ?? bare ?? '')
  }
  const value = (key: string): string | undefined => {
    const found = pairs.get(key)
    return found === undefined || found === '' ? undefined : found
  }
  if (value('method') === undefined && value('code') === undefined) return undefined
  return {
    at: value('at'),
    code: value('code'),
    desc: value('desc'),
    method: value('method'),
    path: value('path'),
    host: value('host'),
    dyno: value('dyno'),
    status: integer(value('status')),
    protocol: value('protocol'),
    connect: integer(value('connect')),
    service: integer(value('service')),
  }
}

/** `55123ms`, `101`. */
function integer(value: string | undefined): number | undefined {
  const digits = value === undefined ? null : /^(\d{1,12})(?:ms)?$/.exec(value)
  return digits === null ? undefined : Number(digits[1])
}
