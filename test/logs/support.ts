import type { LogSummary } from '../../src/logs/model.ts'
import { type LogReaderOptions, readLog } from '../../src/logs/reader.ts'

/** Reads a log given as a whole. */
export function reading(log: string | Uint8Array, options: LogReaderOptions = {}): LogSummary {
  const reader = readLog(options)
  reader.push(typeof log === 'string' ? Buffer.from(log) : log)
  return reader.end()
}

/** `id×count` of each group, in order. */
export function counted(summary: LogSummary): string[] {
  return summary.groups.map(({ meaning, count }) => `${meaning.id}×${count}`)
}
