import { readText } from '../../files/tree.ts'
import { at } from '../../syntax/data.ts'
import { parseToml } from '../../syntax/toml/toml.ts'
import type { App } from '../app.ts'

/**
 * Whether something besides the server's command and the modules that it loads may put a folder of the project on `sys.path` of every
 * process: a script that the dyno's shell reads first, a module that Python imports by itself (`site`), or an installation of the
 * project itself or of a part of it (`-e .`, `poetry install`, `uv sync`), whose packages may stand in any folder.
 */
export function mayAddFolders({ tree, project }: Pick<App, 'tree' | 'project'>): boolean {
  const scripts = ['.profile', ...tree.list('.profile.d').map(({ name }) => `.profile.d/${name}`)]
  if (scripts.some((path) => readText(tree, path)?.text.includes('PYTHONPATH'))) return true
  if (project.python.some((path) => /(?:^|\/)(?:sitecustomize|usercustomize|setup)\.py$/.test(path))) return true
  if (tree.kind('setup.cfg') === 'file' && readText(tree, 'setup.cfg')?.text.includes('[metadata]')) return true
  const { root } = parseToml(readText(tree, 'pyproject.toml')?.text ?? '')
  return at(root, 'build-system') !== undefined || at(root, 'tool', 'poetry') !== undefined
}
