/** Asks the compiler about one mutant after the other, in one process that keeps the rest of the program checked. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { API } from 'typescript/unstable/sync'
import type { Mutant } from './mutants.ts'

export interface Types {
  /** What the compiler says against the mutant, undefined when it accepts it. Only the mutant's own file is checked. */
  complaint(mutant: Mutant): string | undefined
  close(): void
}

/**
 * What is said of leftovers: names, imports and code that nothing uses any more. A mutant may leave such behind, but it is
 * compiled all the same; Stryker's checker takes no notice of them either.
 */
const OF_LEFTOVERS = new Set([6133, 6138, 6192, 6196, 6198, 6199, 7027])

export function openTypes(root: string): Types {
  const changed = new Map<string, string>()
  const api = new API({ cwd: root, fs: { readFile: (name) => changed.get(name) } })
  const project = join(root, 'tsconfig.json')
  let snapshot = api.updateSnapshot({ openProjects: [project] })
  // Whose last mutant the snapshot still holds.
  let restored: string[] = []

  const complaintsOf = (file: string) => {
    const last = snapshot
    snapshot = api.updateSnapshot({ fileChanges: { changed: [...restored, file] } })
    restored = [file]
    last.dispose()
    const program = snapshot.getProject(project)?.program
    if (program === undefined) throw new Error(`not a project: ${project}`)
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return found.filter(({ code }) => !OF_LEFTOVERS.has(code)).map(({ text }) => text)
  }

  return {
    complaint({ file, start, end, replacement, opens }) {
      const path = join(root, file)
      const source = readFileSync(path, 'utf8')
      // In parentheses, as where it runs: `a ?? b && c` would be refused for how it is written.
      changed.set(path, `${source.slice(0, start)}${opens ? ';' : ''}(${replacement})${source.slice(end)}`)
      const [first] = complaintsOf(path)
      changed.delete(path)
      return first
    },
    close: () => api.close(),
  }
}
