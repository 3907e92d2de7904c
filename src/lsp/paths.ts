import { basename, dirname, join, relative, sep } from 'node:path'
import { realPlace } from '../files/fs.ts'

/** The real path; of what is not there yet, its name in the real folder that will hold it. */
export function realPathOf(path: string): string {
  try {
    return realPlace(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPathOf(parent), basename(path))
  }
}

/** A path below a folder, relative to it, with `/`; undefined when it is elsewhere. */
export function below(folder: string, path: string): string | undefined {
  const name = relative(folder, path)
  return name === '' || name === '..' || name.startsWith(`..${sep}`) ? undefined : name.split(sep).join('/')
}
