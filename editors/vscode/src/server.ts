import { isAbsolute, join } from 'node:path'

/** The script of the server to start: the one that the settings name, from the first folder, else the one in the extension. */
export function serverScript(named: string, extension: string, folder: string | undefined): string {
  if (named === '') return join(extension, 'server', 'dynolint.js')
  return isAbsolute(named) || folder === undefined ? named : join(folder, named)
}
