import type { LogLine } from './model.ts'

/** Where loggers put what a line would say: structlog, python-json-logger, log drains that write JSON. */
const keys = {
  text: ['event', 'message', 'msg', 'log', 'line'],
  trace: ['exception', 'exc_info', 'exc_text', 'traceback', 'stack', 'stack_trace', 'error.stack_trace'],
  time: ['timestamp', 'time', '@timestamp', 'asctime', 'ts'],
  dyno: ['dyno', 'ps', 'proc', 'process', 'procid'],
  source: ['source', 'source_name', 'app'],
  program: ['program'],
} as const

/** A line holds so many lines at most: a traceback of a deep recursion. */
const mostLines = 2000

/**
 * The lines that an object written as one line stands for: its message, then its traceback, each with the time, source and
 * dyno that the object names where the line itself has none. Any other line is itself.
 */
export function linesOf(line: LogLine): readonly LogLine[] {
  const start = line.text.indexOf('{')
  if (start < 0 || line.text.slice(0, start).trim() !== '' || !line.text.trimEnd().endsWith('}')) return [line]
  const fields = parsed(line.text)
  if (fields === undefined) return [line]
  const value = (of: keyof typeof keys): string | undefined => {
    for (const key of keys[of]) {
      const found = fields[key]
      if (typeof found === 'string' && found !== '') return found
    }
    return undefined
  }
  const text = value('text')
  const trace = value('trace')
  if (text === undefined && trace === undefined) return [line]
  const [, source, dyno] = /^(app|heroku)\/([\w.-]{1,60})$/.exec(value('program') ?? '') ?? []
  const rest = {
    time: line.time ?? value('time'),
    source: line.source ?? source ?? known(value('source'), /^(?:app|heroku)$/),
    dyno: line.dyno ?? dyno ?? known(value('dyno'), /^(?:router|[a-z][\w-]*\.\d+)$/),
  }
  return [text, trace]
    .flatMap((part) => part?.split(/\r?\n/) ?? [])
    .slice(0, mostLines)
    .map((part) => ({ ...rest, text: part }))
}

const known = (text: string | undefined, form: RegExp): string | undefined =>
  text !== undefined && form.test(text) ? text : undefined

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // A line that only looks like one, or was cut.
    return undefined
  }
}
