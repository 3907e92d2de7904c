import { removedName } from '../../knowledge/packages/removed-names.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { walk } from '../../syntax/python/walk.ts'
import { compareVersionTexts } from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'

/** Whether a file of the project imports by name what a distribution has in the release `before`, and no longer in `after`. */
export function losesNames(app: App, distribution: string, before: string, after: string): boolean {
  const isLost = (module: string, name: string): boolean => {
    const removed = removedName(module, name)
    return (
      removed?.distribution === distribution &&
      compareVersionTexts(removed.release, before) > 0 &&
      compareVersionTexts(removed.release, after) <= 0
    )
  }
  return app.project.python.some((path) => {
    const module = parseFile(app.tree, path)?.module
    let lost = false
    if (module === undefined) return false
    walk(module, (node) => {
      if (node.kind === 'Import') lost ||= node.names.some(({ name }) => isLost(name, '*'))
      if (node.kind !== 'ImportFrom' || node.level !== 0 || node.module === undefined) return
      const from = node.module
      lost ||= isLost(from, '*') || node.names.some(({ name }) => isLost(from, name) || isLost(`${from}.${name}`, '*'))
    })
    return lost
  })
}
