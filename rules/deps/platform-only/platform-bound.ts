import type { App } from '../../../src/app/app.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'

export interface PlatformBound {
  readonly requirement: Requirement
  readonly kind: 'windows' | 'mac' | 'local-file'
}

/** Packages with wheels for one system only and a source that builds nowhere else. */
const WINDOWS = new Set(['pywin32', 'pypiwin32', 'pywinpty', 'twisted-iocpsupport', 'windows-curses'])
const MAC = new Set(['pyobjc', 'pyobjc-core'])

/** Installed lines that can only be installed where they were frozen. */
export function platformBound(app: App): readonly PlatformBound[] {
  return app.dependencies.requirements.flatMap((requirement): PlatformBound[] => {
    const { name, applies, url, role } = requirement
    if (applies !== true || role === 'lock') return []
    if (url !== undefined && isLocal(url)) return [{ requirement, kind: 'local-file' }]
    if (WINDOWS.has(name)) return [{ requirement, kind: 'windows' }]
    return MAC.has(name) ? [{ requirement, kind: 'mac' }] : []
  })
}

/** `file:///C:/…`, conda’s `@ file:///home/conda/…`, `/Users/…`: nothing of the kind exists on a dyno. */
const isLocal = (url: string): boolean =>
  /^file:\/{2,3}(?:[A-Za-z]:|home\/|Users\/|tmp\/|croot\/|opt\/|private\/|System\/|work\/|builds?\/|feedstock|[^/]*\/)/.test(
    url,
  ) || /^(?:[A-Za-z]:[\\/]|\/(?:home|Users)\/)/.test(url)
