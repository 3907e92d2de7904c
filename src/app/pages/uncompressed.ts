import { isTruthy } from '../../evaluate/python/truth.ts'
import type { App } from '../app.ts'
import { allHooks, makesFiles } from '../settings/collectstatic.ts'
import { webMayRun } from '../settings/uncollected.ts'
import { onlyValue } from './installed-apps.ts'
import { isInRoot } from './static-files.ts'

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
