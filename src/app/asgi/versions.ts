import type { App } from '../app.ts'
import { atLeast, unknownVersion } from '../settings/versions.ts'

/** Major version of Channels that the build installs; a range counts as the newest it allows. Undefined: nobody can tell. */
export function channelsMajor(app: Pick<App, 'dependencies' | 'inquiry'>): 1 | 2 | 3 | 4 | undefined {
  const reaches = (version: string): boolean | undefined => atLeast(app.dependencies, 'channels', version)
  if (reaches('4.0.0') === true) return 4
  if (reaches('3.0.0') === true) return 3
  if (reaches('2.0.0') === true) return 2
  if (reaches('2.0.0') === false) return 1
  app.inquiry.cannotTell(unknownVersion(app, 'channels'))
  return undefined
}
