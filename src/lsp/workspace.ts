import { basename, dirname, sep } from 'node:path'
import { kindOf } from '../files/fs.ts'
import { looksLikeProject } from '../files/roots.ts'
import { disk } from '../files/source.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { rootsOf } from '../open/open.ts'
import type { Buffers } from './buffers.ts'
import { below } from './paths.ts'
import { type EditorProject, editorProject } from './project.ts'
import type { EditorSettings } from './settings.ts'

/** The projects that are open in the editor: those of its folders, and those of documents that stand in none of them. */
export interface Workspace {
  /** Real paths of folders. */
  addFolder(folder: string): void
  removeFolder(folder: string): void
  /** Every project, in the order of their roots. */
  projects(): Promise<readonly EditorProject[]>
  /** Those that a file belongs to, the innermost first. */
  projectsOf(path: string): Promise<readonly EditorProject[]>
  edited(path: string): void
  /** Files on the disk were changed, made or removed; undefined: nobody knows which, or how projects are to be checked. */
  changed(paths: readonly string[] | undefined): void
}

export interface WorkspaceOptions {
  readonly buffers: Buffers
  readonly today: () => string
  /** The settings that hold for a folder. */
  readonly settings: (folder: string) => EditorSettings
  readonly watched: () => boolean
}

export function openWorkspace({ buffers, today, settings, watched }: WorkspaceOptions): Workspace {
  const folders = new Set<string>()
  const byRoot = new Map<string, EditorProject>()
  let roots: Promise<readonly string[]> | undefined

  function isInFolder(path: string): boolean {
    return [...folders].some((folder) => path === folder || below(folder, path) !== undefined)
  }

  /** The roots of the folders, and of the open documents elsewhere. */
  async function findRoots(): Promise<readonly string[]> {
    const found = new Set<string>()
    for (const folder of folders) for (const root of await rootsIn(folder)) found.add(root)
    for (const { path } of buffers.all().filter((one) => !isInFolder(one.path))) {
      for (const root of await rootsIn(dirname(path))) if (isOf(root, path)) found.add(root)
    }
    return [...found].sort()
  }

  async function rootsIn(folder: string): Promise<readonly string[]> {
    if (kindOf(folder) !== 'directory') return []
    const { config, env, facts, enable } = settings(folder)
    return enable ? await rootsOf(folder, { config, env, facts }, folder) : []
  }

  /** A document that nobody opened a folder for opens its own project, not whatever else lies in its folder. */
  function isOf(root: string, path: string): boolean {
    return below(root, path) !== undefined && looksLikeProject(root, disk)
  }

  async function projects(): Promise<readonly EditorProject[]> {
    roots ??= findRoots()
    const wanted = await roots
    for (const root of byRoot.keys()) if (!wanted.includes(root)) byRoot.delete(root)
    return wanted.map((root) =>
      getOrInsert(byRoot, root, () =>
        editorProject({ root, buffers, today, watched, settings: () => settings(folderOf(root)) }),
      ),
    )
  }

  /** The workspace's folder that a root stands in: settings are said of folders. */
  function folderOf(root: string): string {
    return (
      [...folders]
        .filter((folder) => root === folder || root.startsWith(folder + sep))
        .sort()
        .at(-1) ?? root
    )
  }

  return {
    addFolder(folder) {
      folders.add(folder)
      roots = undefined
    },
    removeFolder(folder) {
      folders.delete(folder)
      roots = undefined
    },
    projects,
    async projectsOf(path) {
      const all = await projects()
      return all.filter(({ root }) => below(root, path) !== undefined).toReversed()
    },
    edited(path) {
      if (!isInFolder(path)) roots = undefined
      for (const project of byRoot.values()) if (concerns(project.root, path)) project.edited(path)
    },
    changed(paths) {
      // A Procfile that comes or goes makes another root.
      roots = undefined
      for (const project of byRoot.values()) {
        if (paths === undefined || paths.some((path) => concerns(project.root, path))) project.changed()
      }
    },
  }
}

/** Whether a file can matter to a project: one of its own, or a configuration or a git file above its root. */
function concerns(root: string, path: string): boolean {
  const folder = basename(dirname(path)) === '.git' ? dirname(dirname(path)) : dirname(path)
  return below(root, path) !== undefined || root === folder || below(folder, root) !== undefined
}
