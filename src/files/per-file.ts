import type { SourceFile } from './tree.ts'

/**
 * What follows from one file alone, computed once for it and kept as long as the file is: who checks again and hands in the files
 * that did not change (an editor) pays for what changed. `compute` must ask for nothing but the file.
 */
export function perFile<T>(compute: (file: SourceFile) => T): (file: SourceFile) => T {
  const known = new WeakMap<SourceFile, { readonly is: T }>()
  return (file) => {
    let found = known.get(file)
    if (found === undefined) {
      found = { is: compute(file) }
      known.set(file, found)
    }
    return found.is
  }
}
