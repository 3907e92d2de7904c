import type { App } from '../app.ts'
import { atLeast } from '../settings/versions.ts'
import { codeOf } from './python-code.ts'

/**
 * Django refuses the database where an event loop runs in the thread (`SynchronousOnlyOperation`) since 3.0, unless
 * DJANGO_ALLOW_ASYNC_UNSAFE is set, which code may do as well; before, the call just blocks.
 */
export function refusesInLoop(app: App): boolean {
  const allowed = codeOf(app).files.some((path) => codeOf(app).source(path)?.text.includes('DJANGO_ALLOW_ASYNC_UNSAFE'))
  const { state } = app.environment.get('DJANGO_ALLOW_ASYNC_UNSAFE')
  return !allowed && state !== 'known' && state !== 'set' && atLeast(app.dependencies, 'Django', '3.0') !== false
}
