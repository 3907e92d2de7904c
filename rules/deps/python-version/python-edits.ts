import type { App } from '../../../src/app/app.ts'
import { minorVersion } from '../../../src/app/dependencies/python-version.ts'
import type { Edit } from '../../../src/contracts/edit.ts'

/** Asks the build for a Python in .python-version, which stands instead of runtime.txt. Undefined where a lock or an image decides. */
export function pythonEdits({ dependencies: { python }, tree, presence }: App, version: string): Edit[] | undefined {
  const file = '.python-version'
  if (python.from === '.python-version' && python.at?.file === file) return [{ ...python.at, text: version }]
  if (python.from !== 'runtime.txt' && python.from !== 'default') return undefined
  // What git ignores is not pushed: the build would see neither file.
  if (presence.why(file) === 'ignored') return undefined
  const span = { start: 0, end: 0 }
  const gone: Edit = { file: 'runtime.txt', span, text: '', action: 'delete' }
  // runtime.txt wins over the other, which is read once that is gone.
  if (tree.kind(file) !== undefined) {
    const other = python.ignored.find(({ at }) => at.file === file)
    if (other === undefined) return undefined
    return minorVersion(other.version) === version ? [gone] : [{ ...other.at, text: version }, gone]
  }
  const written: Edit = { file, span, text: `${version}\n`, action: 'create' }
  return python.from === 'default' ? [written] : [written, gone]
}

/** The misspelt file gets its name, or goes where the right one stands beside it. */
export function misspeltEdits({ tree }: App, file: string): Edit[] {
  const span = { start: 0, end: 0 }
  const wanted = '.python-version'
  return tree.kind(wanted) === undefined
    ? [{ file, span, text: wanted, action: 'rename' }]
    : [{ file, span, text: '', action: 'delete' }]
}
