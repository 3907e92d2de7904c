import type { App } from '../../../src/app/app.ts'
import { onlyValue } from '../../../src/app/pages/installed-apps.ts'
import { isInRoot } from '../../../src/app/pages/static-files.ts'
import { allHooks, makesFiles } from '../../../src/app/settings/collectstatic.ts'
import { webMayRun } from '../../../src/app/settings/uncollected.ts'
import { isTruthy } from '../../../src/evaluate/python/truth.ts'

/** Settings that put the manifest elsewhere, or make it otherwise. */
const elsewhere = ['STORAGE', 'OFFLINE_MANIFEST_STORAGE', 'OFFLINE_MANIFEST', 'OUTPUT_DIR', 'ROOT'].map(
  (name) => `COMPRESS_${name}`,
)

/**
 * Whether `{% compress %}` looks up what `manage.py compress` made, and that surely runs neither in the build nor in the web process
 * (compressor/templatetags/compress.py: render_offline; conf.py of 4.6: COMPRESS_ENABLED is `not DEBUG` where nothing sets it). What
 * another dyno makes goes with it.
 */
export function isUncompressed(app: App): boolean {
  const { settings } = app
  const is = (name: string, wanted: boolean): boolean => {
    const value = onlyValue(app, name)
    return value !== undefined && isTruthy(value) === wanted
  }
  const isEnabled = settings.isAbsent('COMPRESS_ENABLED') ? is('DEBUG', false) : is('COMPRESS_ENABLED', true)
  if (!is('COMPRESS_OFFLINE', true) || !isEnabled) return false
  if (elsewhere.some((name) => !settings.isAbsent(name))) return false
  if (makesFiles(app, allHooks) || webMayRun(app, 'compress')) return false
  return isInRoot(app, 'CACHE/manifest.json') === false
}
