import { type Lazily, once } from '../../files/lazily.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import { settingsDefaults } from './defaults.ts'
import type { ManageFile, Project, SettingsFile } from './model.ts'
import { resolveModule } from './resolve.ts'
import { pythonFiles } from './walk.ts'

/** The buildpack looks for manage.py down to this depth (`find -maxdepth 3`). */
const MANAGE_DEPTH = 3

/** What stands where in the app's tree; every part is computed on first use. Never throws. */
export function readProject({ tree }: { readonly tree: FileTree }, lazily: Lazily = once): Project {
  const walked = lazily('walked', () => pythonFiles(tree))
  const manage = lazily('manage', () => manageFiles(tree))
  const settings = lazily('settings', () => settingsFiles(tree, walked().files))
  const defaults = lazily('defaults', () => settingsDefaults(tree, walked().files))
  return {
    get manage() {
      return manage()
    },
    get python() {
      return walked().files
    },
    get bounded() {
      return walked().bounded
    },
    get settings() {
      return settings()
    },
    get defaults() {
      return defaults()
    },
    resolve: (module, searchPath) => resolveModule(tree, module, searchPath),
  }
}

function manageFiles(tree: FileTree): ManageFile[] {
  const found: ManageFile[] = []
  let level = ['']
  for (let depth = 1; depth <= MANAGE_DEPTH; depth++) {
    const next: string[] = []
    for (const folder of level) {
      for (const entry of tree.list(folder)) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.kind === 'file' && entry.name === 'manage.py') found.push({ path, folder })
        if (entry.kind === 'directory' && entry.name !== 'node_modules' && !entry.name.startsWith('.')) next.push(path)
      }
    }
    level = next
  }
  return found
}

/** Names that settings go by: `settings.py`, `settings/production.py`, `config/settings.py`, `settings_heroku.py`. */
const SETTINGS_NAME = /(^|[/_])(settings?|config|conf)([/_.])/

function settingsFiles(tree: FileTree, files: readonly string[]): SettingsFile[] {
  return files
    .filter((path) => SETTINGS_NAME.test(path) && !/(^|\/)(tests?|migrations)\//.test(path))
    .filter((path) => {
      const text = readText(tree, path)?.text
      return text !== undefined && (/^\s*(INSTALLED_APPS|ROOT_URLCONF)\b/m.test(text) || extendsSettings(path, text))
    })
    .map((path) => ({ path, ...moduleOf(tree, path) }))
    .sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1))
}

/** `from .base import *`: a module of a settings package that builds on another. */
function extendsSettings(path: string, text: string): boolean {
  return /settings/.test(path) && /^\s*from\s+\S+\s+import\s+\*/m.test(text)
}

function rank(path: string): number {
  const depth = path.split('/').length
  return depth + (path.endsWith('settings.py') ? 0 : /prod|heroku|live/.test(path) ? 10 : 20)
}

/** The dotted name of a file, from the folder above its outermost package. */
export function moduleOf(tree: FileTree, path: string): { readonly module: string; readonly root: string } {
  const parts = path.replace(/\.py$/, '').split('/')
  let start = parts.length - 1
  while (start > 0 && tree.kind([...parts.slice(0, start), '__init__.py'].join('/')) === 'file') start--
  const names = parts.slice(start)
  if (names.length > 1 && names.at(-1) === '__init__') names.pop()
  return { module: names.join('.'), root: parts.slice(0, start).join('/') }
}
