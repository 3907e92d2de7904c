import type { FileTree } from '../files/tree.ts'
import type { CommandLine } from './args.ts'
import type { Io } from './io.ts'

/** Milliseconds without an answer after which a person wants to know that something is going on, and between two lines of it. */
const patience = 1000
const pace = 100

export interface Progress {
  /** The same tree; what is read of it is told until the line is taken away. */
  watching(tree: FileTree, root: string): FileTree
  /** Takes the line away, before anything else is written. */
  clear(): void
}

/** What a run that takes long is at, in one line on standard error; undefined where nobody looks. */
export function progressOf({ language }: CommandLine, { status, now }: Io): Progress | undefined {
  if (status === undefined || now === undefined) return undefined
  const start = now()
  let next = start + patience
  let isShown = false
  let isChecked = false
  const tell = (file: string): void => {
    const time = now()
    if (time < next) return
    next = time + pace
    isShown = true
    const seconds = Math.round((time - start) / 1000)
    status(language === 'fr' ? `vérification, ${seconds}\u00a0s\u00a0: ${file}` : `checking, ${seconds} s: ${file}`)
  }
  return {
    watching(tree, root) {
      isChecked = false
      return {
        root: tree.root,
        read(path) {
          // The report reads in the same tree.
          if (!isChecked) tell(root === '.' ? path : `${root}/${path}`)
          return tree.read(path)
        },
        list: (path) => tree.list(path),
        kind: (path) => tree.kind(path),
      }
    },
    clear() {
      if (isShown) status(undefined)
      isShown = false
      isChecked = true
    },
  }
}
