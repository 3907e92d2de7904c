import type { App } from '../../../src/app/app.ts'
import { insertLast } from '../../../src/app/settings/list-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { PageFault } from './page-faults.ts'

/** What ends a fault of a template: the name as the file has it, or the app that brings a library. */
export function templateEdits(app: App, { kind, name, near, correct, at }: PageFault): readonly Edit[] | undefined {
  if (near === undefined) return undefined
  if (kind === 'static') {
    const isName = at.span.end - at.span.start === name.length
    return isName && correct !== undefined ? [{ ...at, text: correct }] : undefined
  }
  if (kind !== 'library' || app.dependencies.moduleState(near.split('.')[0] ?? '') !== 'installed') return undefined
  const [only, another] = app.settings.get('INSTALLED_APPS')?.alternatives ?? []
  return only === undefined || another !== undefined ? undefined : insertLast(app, only.value, near)
}
