import type { App } from '../app.ts'

/** The build runs collectstatic, with whatever settings. */
export function collects(app: App): boolean {
  const { manifest, project, environment } = app
  const [manage] = project.manage
  if (manage === undefined || !['heroku-classic', 'heroku-fir'].includes(manifest.platform)) return false
  if (manifest.platform === 'heroku-fir' && manage.folder !== '') return false
  const disabled = environment.get('DISABLE_COLLECTSTATIC')
  return disabled.state !== 'set' && (disabled.state !== 'known' || disabled.parts.join('') === '0')
}
