import type { App } from '../app.ts'
import { atLeast } from './versions.ts'

/** The settings that STORAGES took the place of in Django 4.2, by its alias. */
export const oldStorages = { default: 'DEFAULT_FILE_STORAGE', staticfiles: 'STATICFILES_STORAGE' } as const

/** Whether the Django in force surely reads them no more: 5.1 removed them, and says nothing of one that is set. */
export function ignoresOldStorages({ dependencies }: Pick<App, 'dependencies'>): boolean {
  return atLeast(dependencies, 'django', '5.1') === true
}
