import type { App } from '../../../src/app/app.ts'
import { goesWithOthers } from '../../../src/app/dependencies/proposal.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'
import { suitablePython } from '../../../src/app/dependencies/suitable-python.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { combinations } from '../../../src/knowledge/packages/combinations.ts'
import { contains, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'
import { pythonClashes } from './python-clashes.ts'

/** The minor version (`3.12`) on which every listed package runs, and that is not on its way out: the usual one, else the newest. */
export function fittingPython(app: App): string | undefined {
  const { oldest, newest } = pythonSupport
  const all = Array.from({ length: newest - oldest + 1 }, (_, older) => `3.${newest - older}`)
  const lasting = [suitablePython(app), ...all].filter(
    (minor) => pythonSupport.removals[Number(minor.slice(2))] === undefined,
  )
  return lasting.find((minor) => {
    const version = `${minor}.${pythonSupport.patches[Number(minor.slice(2))] ?? 0}`
    const python = { ...app.dependencies.python, version, minor, problems: [] }
    return pythonClashes({ ...app, dependencies: { ...app.dependencies, python } }).length === 0
  })
}

/**
 * The edits that ask for a Python in place of one that is refused; undefined also where the project's Django fails on it and cannot be
 * replaced without the packages that are built on it: the build would end as well, a few steps later.
 */
export function replacingEdits(app: App, minor: string): Edit[] | undefined {
  const { version } = app.dependencies.installed('django')
  const failing = combinations.find(
    ({ package: name, since, affected }) =>
      name === 'django' &&
      since !== undefined &&
      Number(minor.slice(2)) >= since &&
      version !== undefined &&
      contains(parseSpecifiers(affected) ?? [], version),
  )
  const isMended = failing === undefined || goesWithOthers(app, 'django', failing.good)
  return isMended ? pythonEdits(app, minor) : undefined
}

/** Asks the build for a Python in .python-version, which stands instead of runtime.txt. Undefined where a lock or an image decides. */
export function pythonEdits({ dependencies: { python }, tree, presence }: App, version: string): Edit[] | undefined {
  const file = '.python-version'
  if (python.from === '.python-version' && python.at?.file === file) return [{ ...python.at, text: version }]
  if (python.from !== 'runtime.txt' && python.from !== 'default') return undefined
  // What git ignores is not pushed: the build would see neither file.
  if (presence.why(file) === 'ignored') return undefined
  const span = { start: 0, end: 0 }
  const gone: Edit = { file: 'runtime.txt', span, text: '', action: 'delete' }
  // runtime.txt wins over the other, which says what is wanted where it can be read.
  if (tree.kind(file) !== undefined) return python.ignored.length > 0 ? [gone] : undefined
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
