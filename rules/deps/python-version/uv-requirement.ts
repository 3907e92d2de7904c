import type { App } from '../../../src/app/app.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'
import { at, textOf } from '../../../src/syntax/data.ts'
import { contains, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'

/** A `requires-python` that does not admit the build's Python: `uv sync` asks it before it installs anything (uv 0.9). */
export interface ExcludedPython {
  /** `>=3.13,<3.14` */
  readonly requires: string
  readonly at: Place
}

/** Of pyproject.toml, else of uv.lock, for a build by uv; undefined when both admit the Python, or cannot be read. */
export function excludedPython(app: App): ExcludedPython | undefined {
  const { python } = app.dependencies
  if (python.version === undefined) return undefined
  const [, minor, patch] = python.version.split('.')
  const installed = patch === undefined ? `3.${minor}.${pythonSupport.patches[Number(minor)] ?? 0}` : python.version
  for (const file of ['pyproject.toml', 'uv.lock']) {
    const { root } = parseToml(readText(app.tree, file)?.text ?? '')
    const node = file === 'uv.lock' ? at(root, 'requires-python') : at(root, 'project', 'requires-python')
    const requires = textOf(node)
    const specifiers = requires === undefined ? undefined : parseSpecifiers(requires)
    if (node === undefined || requires === undefined || specifiers === undefined) continue
    if (!contains(specifiers, installed)) return { requires, at: { file, span: node.span } }
  }
  return undefined
}
