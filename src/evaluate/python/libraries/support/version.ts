import type { PythonRun } from '../../library.ts'

/**
 * Whether a distribution is surely older than `version` on the dyno. A distribution whose version nobody pinned counts
 * as the newest, which is what the build would install.
 */
export function olderThan(run: PythonRun, distribution: string, version: string): boolean {
  const installed = run.version(distribution)
  return installed !== undefined && compare(numbers(installed), numbers(version)) < 0
}

function numbers(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0)
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The same for the dyno's Python: `pythonIsBefore(run, 3, 12)`. */
export function pythonIsBefore(run: PythonRun, major: number, minor: number): boolean {
  return compare(numbers(run.python), [major, minor]) < 0
}
