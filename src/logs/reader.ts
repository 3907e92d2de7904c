import { codeMeaning, streamEnded } from './codes.ts'
import { telling } from './errors/errors.ts'
import { Groups } from './groups.ts'
import { Handshakes, type IsSocketPath } from './handshakes.ts'
import { Incidents } from './incidents.ts'
import { linesOf } from './json-lines.ts'
import { processType, readLine, readRouter } from './line.ts'
import { LineBlocks, maxLine } from './lines.ts'
import { mask } from './mask.ts'
import type { LineGroup, LogLine, LogSummary, Meaning, Started } from './model.ts'
import { crashMeaning, exitMeaning } from './process.ts'
import { announced, announcing, readAnnouncement, readWorker } from './servers.ts'
import { countSession, diesIdle, idleMeaning, noSessions } from './sessions.ts'

/** A line without any of these says nothing that is recognised. Colours could stand inside a word. */
const anyTelling = new RegExp(
  [
    'at=info method=GET',
    'code=[HRL]\\d',
    'State changed',
    'Process exited',
    'L1\\d \\(',
    'Log stream timed out',
    'Logs eventsource failed',
    '\\u001b',
    ...[...announcing, ...telling].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
  ].join('|'),
)
/** Most lines of most logs: a request that was served. It stands behind a time of 32 characters, and is read from its end. */
const served = 'heroku[router]: at=info '
const servedAt = 33

/** How the Heroku CLI ends a stream that it cannot follow any longer; its mark and colour depend on the terminal. */
const streamEnd = /^\W{0,8}(?:Error: )?(?:Log stream timed out\b|Logs eventsource failed with)/

const maxServers = 50

export interface LogReader {
  /** Takes the next bytes of the log, wherever they are cut. */
  push(chunk: Uint8Array): void
  /** Counts what is complete as far as anybody can know: the stream pauses. */
  settle(): void
  /** What the log amounts to. Nothing may be pushed afterwards. */
  end(): LogSummary
}

export interface LogReaderOptions {
  /** Told of each group as it is seen for the first time. */
  readonly onFirst?: (group: LineGroup) => void
  /** The project's WebSocket routes, when it was read. */
  readonly isSocketPath?: IsSocketPath | undefined
}

/**
 * Reads a Heroku log as it streams in. The answer does not depend on how it is cut into chunks, and the memory it takes
 * not on its length. Never throws for anything a log holds.
 */
export function readLog(options: LogReaderOptions = {}): LogReader {
  const groups = new Groups(options.onFirst)
  const incidents = new Incidents((sighting) => groups.add(sighting))
  const sessions = noSessions()
  const handshakes = new Handshakes(options.isSocketPath)
  const servers = new Map<string, Started>()
  let lines = 0
  let bytes = 0
  let clipped = 0
  let from: string | undefined
  let to: string | undefined

  const blocks = new LineBlocks((text, cut) => {
    if (cut) clipped++
    let start = 0
    while (start < text.length) {
      const end = text.indexOf('\n', start)
      lines++
      const readable = Math.min(end, start + maxLine)
      if (readable < end) clipped++
      const tells = text.startsWith(served, start + servedAt)
        ? concernsSocket(text, start, readable)
        : anyTelling.test(text.slice(start, readable))
      if (tells || incidents.waiting || from === undefined) inspect(text, start, readable, tells)
      start = end + 1
    }
    if (from !== undefined) to = lastTime(text) ?? to
  })

  /** Of a request that was served: its status stands near the end of the line. */
  function concernsSocket(block: string, start: number, end: number): boolean {
    const at = block.lastIndexOf(' status=', end) + 8
    const status = block.slice(at, at + 3)
    if (status === '101') return true
    if (!handshakes.mayRefuse(status)) return false
    const path = block.indexOf(' path="', start) + 7
    return path > start && handshakes.concerns(block.slice(path, block.indexOf('"', path)))
  }

  function inspect(block: string, start: number, end: number, tells: boolean): void {
    const whole = readLine(decode(block.slice(start, block.charCodeAt(end - 1) === 13 ? end - 1 : end)))
    const parts = tells ? linesOf(whole) : [whole]
    from ??= parts[0]?.time
    for (const line of parts) inspectLine(line, tells)
  }

  function inspectLine(line: LogLine, tells: boolean): void {
    if (incidents.waiting && lines % 256 === 0) incidents.expire(lines)
    const platform = line.source !== undefined && line.source !== 'app'
    if (tells && line.source !== 'app' && (readPlatform(line) || platform)) return
    if (platform) return
    if (tells) readServer(line)
    if (tells || incidents.waiting) incidents.read(line, lines)
  }

  /** The router, the dyno manager and the log itself; true when the line is theirs. */
  function readPlatform(line: LogLine): boolean {
    const { text, time, dyno } = line
    const add = (meaning: Meaning | undefined, who: string | undefined): boolean => {
      if (meaning !== undefined)
        groups.add({ meaning, time, dyno: who, sample: text, subject: undefined, frame: undefined })
      return true
    }
    const routed = line.dyno === undefined || line.dyno === 'router' || line.source === 'heroku-router'
    const router = routed ? readRouter(text) : undefined
    if (router !== undefined) {
      if (router.code !== undefined) return add(codeMeaning(router.code), router.dyno)
      if (router.status === 101) handshakes.upgraded(router)
      if (router.status === 101 && router.service !== undefined) countSession(sessions, router.service)
      const refusal = handshakes.refused(router)
      if (refusal !== undefined)
        groups.add({
          meaning: refusal.meaning,
          time,
          dyno: router.dyno,
          sample: text,
          subject: refusal.path,
          frame: undefined,
        })
      return true
    }
    if (line.source === undefined && streamEnd.test(text)) return add(streamEnded, undefined)
    const code = /^(?:Error )?([HRL]\d\d)(?: \(|: )/.exec(text)
    if (code !== null) return add(codeMeaning(code[1] as string), dyno)
    const type = processType(dyno)
    const exit = /^Process exited with status (\d{1,3})\b/.exec(text)
    if (exit !== null) return add(exitMeaning(Number(exit[1]), type), dyno)
    if (/^State changed from \w+ to crashed\b/.test(text)) return add(crashMeaning(type), dyno)
    return false
  }

  function readServer(line: LogLine): void {
    const { text, time, dyno } = line
    const sighting = { time, dyno, sample: text, subject: undefined, frame: undefined }
    const onWeb = processType(dyno) === 'web'
    const worker = readWorker(text)
    if (worker !== undefined && onWeb) groups.add({ ...sighting, meaning: worker })
    const announcement = readAnnouncement(text)
    if (announcement === undefined) return
    const meaning = onWeb ? announced(announcement) : undefined
    if (meaning !== undefined && announcement.what === 'listens') groups.add({ ...sighting, meaning })
    const { name, what } = announcement
    const address = mask(announcement.address)
    const key = `${name} ${dyno} ${address}`
    const known = servers.get(key)
    if (known === undefined && servers.size >= maxServers) return
    const started = known ?? { name, dyno, address, starts: 0, listens: 0, last: undefined }
    if (what === 'starts') started.starts++
    else started.listens++
    started.last = time ?? started.last
    servers.set(key, started)
  }

  return {
    push(chunk) {
      bytes += chunk.length
      blocks.push(chunk)
    },
    settle: () => incidents.settle(false),
    end() {
      blocks.end()
      incidents.settle(true)
      if (diesIdle(sessions)) {
        const nothing = { time: undefined, dyno: undefined, subject: undefined, frame: undefined }
        groups.add({ ...nothing, meaning: idleMeaning, sample: '' }, sessions.nearIdle)
      }
      return {
        lines,
        bytes,
        clipped,
        from,
        to,
        groups: groups.sorted(),
        folded: groups.folded,
        servers: [...servers.values()],
        sessions,
      }
    },
  }
}

/** The time of the last line of the block that has one. */
function lastTime(block: string): string | undefined {
  // From line end to line end, backwards; an empty first line has its end at 0.
  for (let end = block.length - 1; end > 0; ) {
    const start = block.lastIndexOf('\n', end - 1) + 1
    // Only a digit, a colour or a frame of a drain begins a prefix.
    if ('0123456789<\u001b'.includes(block.charAt(start))) {
      const { time } = readLine(block.slice(start, Math.min(end, start + 200)))
      if (time !== undefined) return time
    }
    end = start - 1
  }
  return undefined
}

/** Lines are cut out as Latin-1; most are ASCII. */
function decode(latin1: string): string {
  return /[\u0080-\u00ff]/.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1
}
