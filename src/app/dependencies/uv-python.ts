import { type FileTree, readText } from '../../files/tree.ts'
import { at, textOf } from '../../syntax/data.ts'
import { contains, parseSpecifiers } from '../../syntax/requirements/specifier.ts'
import { parseToml } from '../../syntax/toml/toml.ts'
import { pythonSupport } from './python-version.ts'

/**
 * The Python a uv project should name in .python-version: the newest that the buildpack has and `requires-python` of uv.lock
 * admits (`3.12`), with its patch release where only that one is admitted (`3.13.11`). The buildpack's default when uv.lock
 * says nothing, or nothing that the buildpack has.
 */
export function pythonForUv(tree: FileTree): string {
  const lock = readText(tree, 'uv.lock')?.text ?? ''
  const head = parseToml(lock.slice(0, Math.max(0, lock.search(/^\[\[package\]\]$/m)))).root
  const requires = textOf(at(head, 'requires-python'))
  const specifiers = requires === undefined ? undefined : parseSpecifiers(requires)
  if (specifiers === undefined) return pythonSupport.default
  const minors = Object.entries(pythonSupport.patches).toSorted(([a], [b]) => Number(b) - Number(a))
  for (const [minor, patch] of minors) {
    if (contains(specifiers, `3.${minor}.${patch}`)) return `3.${minor}`
    const exact = Array.from({ length: patch }, (_, older) => `3.${minor}.${patch - 1 - older}`)
    const admitted = exact.find((version) => contains(specifiers, version))
    if (admitted !== undefined) return admitted
  }
  return pythonSupport.default
}
