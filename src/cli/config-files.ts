import { join } from 'node:path'
import { configNames } from '../config/names.ts'
import { diskTree } from '../files/disk.ts'
import { kindOf } from '../files/fs.ts'
import { readText } from '../files/tree.ts'

/** The files of a folder that configure the tool, the one that counts first. */
export function configFilesIn(folder: string): string[] {
  return configNames.filter(
    (name) =>
      kindOf(join(folder, name)) !== undefined &&
      (name !== 'pyproject.toml' || readText(diskTree(folder), name)?.text.includes('[tool.dynolint') === true),
  )
}
