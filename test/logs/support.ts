import type { LogSummary } from '../../src/logs/model.ts'
import { readLog } from '../../src/logs/reader.ts'

/** Reads a log given as a whole. */
export function reading(log: string | Uint8Array): LogSummary {
  const reader = readLog()
  reader.push(typeof log === 'string' ? Buffer.from(log) : log)
  return reader.end()
}

/** `id×count` of each group, in order. */
export function counted(summary: LogSummary): string[] {
  return summary.groups.map(({ meaning, count }) => `${meaning.id}×${count}`)
}
