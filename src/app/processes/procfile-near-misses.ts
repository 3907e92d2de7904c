import type { FileTree } from '../../files/tree.ts'
import type { ProcfileNearMiss } from './model.ts'

const skipped = /^(?:\.|node_modules$|venv$|env$|site-packages$|__pycache__$)/

/** Files that look like a Procfile but are none to Heroku: other case, an extension, a misspelling, a sub-folder. */
export function nearMisses(tree: FileTree): ProcfileNearMiss[] {
  const found: ProcfileNearMiss[] = []
  for (const { name, kind } of tree.list('')) {
    const why = kind === 'file' ? likeness(name) : undefined
    if (why !== undefined) found.push({ file: name, why })
  }
  let level = ['']
  for (let depth = 0; depth < 3; depth++) {
    const next: string[] = []
    for (const folder of level) {
      for (const { name, kind } of tree.list(folder)) {
        const path = folder === '' ? name : `${folder}/${name}`
        if (kind === 'directory' && !skipped.test(name)) next.push(path)
        else if (kind === 'file' && folder !== '' && name === 'Procfile') found.push({ file: path, why: 'folder' })
      }
    }
    level = next.slice(0, 200)
  }
  return found
}

function likeness(name: string): ProcfileNearMiss['why'] | undefined {
  if (name === 'Procfile') return undefined
  const lower = name.toLowerCase()
  if (lower === 'procfile') return 'case'
  if (/^procfile\.(?:txt|md|yml|yaml|text|py|sh|in)$/.test(lower)) return 'extension'
  if (
    /^(?:profile|procfiles|prokfile|procfil|procifle|porcfile|prcofile|proc_file|procflie|procfile\s+|profcile)$/.test(
      lower,
    )
  )
    return 'spelling'
  return undefined
}
