import { errorTable } from './errors/errors.ts'
import type { LogLine, Meaning, Sighting, TracebackFrame } from './model.ts'

/** What one dyno says about one failure: a message, a traceback, the tracebacks chained to it. */
interface Incident {
  /** In a traceback, behind one, or between two that belong together. */
  state: 'frames' | 'closed' | 'linked'
  /** Messages and last lines of tracebacks, in order. */
  readonly candidates: string[]
  /** How many of them are messages. */
  readonly messages: number
  readonly first: LogLine
  tracebacks: number
  /** Of the traceback being read: the column of its header. */
  indent: number
  /** The log lost its indentation: the source stands right behind the frame, and could be taken for anything. */
  sourceNext: boolean
  frame: TracebackFrame | undefined
  /** Of the frame read last: the file as from its package on, `channels/routing.py`. */
  lastFile: string
  /** Files of frames outside the app, for what tells errors of one text apart. */
  context: string
  readonly since: number
}

/** Beyond these an incident is taken as complete: the dyno that wrote it may be gone. */
const patience = 2000
const maxOpen = 200
const maxCandidates = 8

/** How a traceback ends: the name of a class, and what it says. */
const exceptionLine = /^((?:[A-Za-z_]\w*\.)*[A-Z]\w*[a-z]\w*|(?:[A-Za-z_]\w*\.)+(?:[a-z]*error|timeout))(?:: .*|:)?$/
const header = /^Traceback \(most recent call last\):|^Exception Group Traceback \(most recent call last\):/
const link = /^(?:During handling of the above exception|The above exception was the direct cause)/
/** How programs end in order. */
const quiet = /^(?:\w+\.)*(?:SystemExit|KeyboardInterrupt|GeneratorExit|CancelledError|StopConsumer)\b/
const anyError = new RegExp(errorTable.map(({ pattern }) => `(?:${pattern.source})`).join('|'))

/** Puts the lines of each dyno together, however they are interleaved, and tells what they amount to. */
export class Incidents {
  readonly #open = new Map<string, Incident>()
  readonly #tell: (sighting: Sighting) => void

  constructor(tell: (sighting: Sighting) => void) {
    this.#tell = tell
  }

  /** Whether lines without any telling word matter now. */
  get waiting(): boolean {
    return this.#open.size > 0
  }

  /** Takes the next line of the app; `at` counts all lines of the log. */
  read(line: LogLine, at: number): void {
    const key = line.dyno ?? ''
    const { text, indent } = unboxed(line.text)
    const incident = this.#open.get(key)
    if (incident !== undefined) {
      if (belongs(incident, text, indent)) return
      if (incident.state === 'frames') {
        // Another thread of the dyno wrote in between.
        if (anyError.test(text)) this.#conclude({ ...started(line, at), candidates: [text], messages: 1 })
        return
      }
      this.#open.delete(key)
      this.#conclude(incident)
    }
    if (header.test(text)) this.#begin(key, { ...started(line, at), state: 'frames', tracebacks: 1, indent })
    else if (anyError.test(text)) this.#begin(key, { ...started(line, at), candidates: [text], messages: 1 })
  }

  /** Concludes what has waited too long, or everything that is complete. */
  expire(at: number): void {
    for (const [key, incident] of this.#open) {
      if (at - incident.since <= patience) continue
      this.#open.delete(key)
      this.#conclude(incident)
    }
  }

  /** Concludes what is complete as far as anybody can know: the log pauses or ends. */
  settle(all: boolean): void {
    for (const [key, incident] of this.#open) {
      if (!all && incident.state === 'frames') continue
      this.#open.delete(key)
      this.#conclude(incident)
    }
  }

  #begin(key: string, incident: Incident): void {
    if (this.#open.size >= maxOpen) this.settle(true)
    this.#open.set(key, incident)
  }

  #conclude(incident: Incident): void {
    const whole = `${incident.candidates.join('\n')}\n${incident.context}\nraised in ${incident.lastFile}`
    const message = this.#sighting(incident, incident.candidates.slice(0, incident.messages), whole)
    const traceback = this.#sighting(incident, incident.candidates.slice(incident.messages), whole)
    if (message !== undefined) this.#tell(message)
    // A server prints the message of an exception above its traceback: that is one failure.
    if (traceback !== undefined && traceback.meaning !== message?.meaning) this.#tell(traceback)
  }

  /** What these texts of an incident amount to: an error of the table, else the exception that came last. */
  #sighting({ first, frame }: Incident, texts: readonly string[], whole: string): Sighting | undefined {
    const { time, dyno } = first
    for (const entry of errorTable) {
      if (entry.also?.test(whole) === false) continue
      for (const sample of texts) {
        const match = entry.pattern.exec(sample)
        if (match === null) continue
        const subject = match.slice(1).find((group) => group !== undefined && group !== '')
        return { meaning: entry, time, dyno, sample, subject, frame }
      }
    }
    const last = texts.at(-1)
    const type = last === undefined ? undefined : exceptionLine.exec(last)?.[1]
    if (last === undefined || type === undefined || quiet.test(type)) return undefined
    return { meaning: unknownException(type), time, dyno, sample: last, subject: undefined, frame }
  }
}

function unknownException(type: string): Meaning {
  const name = type.slice(0, 120)
  return {
    id: `exception/${name}`,
    kind: 'exception',
    name,
    severity: 'warning',
    hop: undefined,
    meaning: undefined,
    rules: [],
  }
}

function started(first: LogLine, since: number): Incident {
  return {
    state: 'closed',
    candidates: [],
    messages: 0,
    first,
    tracebacks: 0,
    indent: 0,
    sourceNext: false,
    frame: undefined,
    lastFile: '',
    context: '',
    since,
  }
}

/** Whether the line is part of the incident; takes from it what matters. */
function belongs(incident: Incident, text: string, indent: number): boolean {
  if (text === '') return true
  if (incident.state === 'frames') return belongsToTraceback(incident, text, indent)
  if (header.test(text)) {
    const within = /ExceptionGroup/.test(incident.candidates.at(-1) ?? '')
    if (incident.state === 'closed' && incident.tracebacks > 0 && !within) return false
    incident.state = 'frames'
    incident.tracebacks++
    incident.indent = indent
    return true
  }
  if (incident.state === 'closed' && incident.tracebacks > 0 && link.test(text)) {
    incident.state = 'linked'
    return true
  }
  return false
}

function belongsToTraceback(incident: Incident, text: string, indent: number): boolean {
  const frame = /^File "([^"]{1,500})", line (\d{1,9})/.exec(text)
  if (frame !== null) {
    const path = frame[1] as string
    readFrame(incident, path, Number(frame[2]))
    incident.sourceNext = indent === incident.indent && !path.startsWith('<')
    return true
  }
  const source = incident.sourceNext
  incident.sourceNext = false
  if (source || indent > incident.indent) return true
  if (exceptionLine.test(text)) {
    if (incident.candidates.length < maxCandidates) incident.candidates.push(text)
    incident.state = 'closed'
    return true
  }
  return /^[~^]+$/.test(text) || header.test(text)
}

function readFrame(incident: Incident, path: string, line: number): void {
  incident.lastFile = path.replace(/^.*\/(?:site-packages|python\d\.\d+)\//, '')
  const own = /^\/app\/(?!\.heroku\/)(.+)$/.exec(path)?.[1]
  if (own !== undefined && !/(?:^|\/)(?:site-packages|\.venv|venv)\//.test(own)) {
    incident.frame = { file: own, line }
  } else if (incident.context.length < 2000) {
    const packageName =
      /site-packages\/([\w.-]+)/.exec(path)?.[1] ?? (path.startsWith('<') ? path : `/${path.split('/').at(-1)}`)
    if (!incident.context.includes(packageName)) incident.context += `${packageName}\n`
  }
}

/** Takes off the margin of exception groups: `  | `, `  + `, `  +-+---- 1 ----`. */
function unboxed(raw: string): { text: string; indent: number } {
  if (/^\s*\+-[-+\s\d.]*$/.test(raw)) return { text: '', indent: 0 }
  const inner = /^\s*[|+](?: (.*))?$/.exec(raw)
  const line = inner === null ? raw : (inner[1] ?? '')
  const text = line.trimStart()
  return { text: text.trimEnd(), indent: line.length - text.length }
}
