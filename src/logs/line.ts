import type { LogLine } from './model.ts'

/** `2026-11-22T10:00:00.123456+00:00 app[web.1]: text`; one space belongs to the prefix, more belong to the text. */
const prefix = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[+-]\d\d:?\d\d|Z)?) ([\w-]{1,60})\[([\w.-]{1,60})\]: ?/
/**
 * What a log drain gets: `<45>1 2026-11-22T10:00:00+00:00 host app web.1 - text`, with or without the frame's length; its
 * token (`d.…`) stands for the host, or behind the dyno.
 */
const drain = /^(?:\d+ )?<\d{1,3}>1 (\S{19,40}) (?:\S+ )?(app|heroku) ([\w.-]{1,60}) (?:d\.[\da-f-]{36} )?- (?:- )?/
/** What a syslog server keeps of it: `2026-11-22T10:00:00+00:00 d.… app[web.1] text`. */
const kept = /^(\d{4}-\d\d-\d\dT\S{8,25}) d\.[\da-f-]{36} (app|heroku)\[([\w.-]{1,60})\]:? ?/
/** An archive of Papertrail: ten fields between tabs, `app/web.1` the ninth. */
const archive = /^\d+\t(\S{10})[ T](\S{8,24})(?: ([+-]\d{4}))?\t(?:[^\t]*\t){6}(app|heroku)\/([\w.-]{1,60})\t/
/** Papertrail's own tail: `Nov 22 10:00:00 shop app/web.1: text`. Its time lacks the year. */
const tail = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ (app|heroku)\/([\w.-]{1,60}): ?/
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const colour = /\u001b\[[\d;?]*[ -/]*[@-~]/g

/** Takes a line apart; colours of a terminal are dropped. */
export function readLine(raw: string): LogLine {
  const text = raw.includes('\u001b') ? raw.replace(colour, '') : raw
  const match = prefix.exec(text) ?? drain.exec(text) ?? kept.exec(text)
  if (match !== null) return { time: match[1], source: match[2], dyno: match[3], text: text.slice(match[0].length) }
  const stored = archive.exec(text)
  if (stored !== null) {
    const [whole, day, time, zone = '', source, dyno] = stored
    return { time: `${day}T${time}${zone}`, source, dyno, text: text.slice(whole.length) }
  }
  const shown = tail.exec(text)
  if (shown !== null) {
    return { time: undefined, source: shown[1], dyno: shown[2], text: text.slice(shown[0].length) }
  }
  return { time: undefined, source: undefined, dyno: undefined, text }
}

/** `web` of `web.1`, and of the longer names of the Fir generation: `web-5f6b7c8d9-x2k4q`. */
export function processType(dyno: string | undefined): string | undefined {
  if (dyno === undefined) return undefined
  const dot = dyno.indexOf('.')
  return dot < 0 ? dyno.replace(/-[a-z\d]+-[a-z\d]+$/, '') : dyno.slice(0, dot)
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
