import type { App } from '../../../src/app/app.ts'
import { marked } from '../../../src/evaluate/shell/word.ts'

/**
 * Commands that run every system check and stop at an error (Django 4.0 to 5.2, `requires_system_checks`; migrate calls
 * `check()` itself). collectstatic, which the build runs, asks for the checks of static files alone.
 */
const checking: ReadonlySet<string> = new Set([
  ...['check', 'migrate', 'makemigrations', 'createcachetable', 'loaddata', 'dumpdata', 'flush', 'clearsessions'],
])

/** Whether the release runs Django's system checks, so that an error among them ends it. */
export function releaseChecks(app: App): boolean {
  return (app.processes.release?.django ?? []).some(
    ({ name, args }) => checking.has(name) && args.every((word) => marked(word) !== '--skip-checks'),
  )
}
