import { type Decision, decide, type PatternList, parsePatterns } from './patterns.ts'

/** Where patterns come from. Paths and contents hold one byte per character ({@link toBytes}). */
export interface IgnoreSources {
  /** Content of the `.gitignore` of a folder (`''` is the work tree); undefined when there is none. */
  gitignore(folder: string): string | undefined
  /** The repository's and the user's files, in order of increasing precedence: core.excludesFile, then info/exclude. */
  readonly shared: readonly { readonly file: string; readonly content: string }[]
  /** core.ignorecase. */
  readonly foldsCase: boolean
}

/** Whether git ignores untracked paths of a work tree, and which line says so. */
export interface IgnoreRules {
  /**
   * The pattern that decides about a path, possibly a negated one; that of a folder above when that folder is ignored
   * (nothing below can be taken back). Undefined: no pattern matches.
   */
  decide(path: string, isFolder: boolean): Decision | undefined
}

/** The rules of gitignore(5): files of deeper folders win over shallower ones, these over the shared ones. */
export function gitignoreRules({ gitignore, shared, foldsCase }: IgnoreSources): IgnoreRules {
  const lists = new Map<string, PatternList | undefined>()
  const sharedLists = shared.map(({ file, content }) => ({ file, base: '', patterns: parsePatterns(content) }))

  function listOf(folder: string): PatternList | undefined {
    if (!lists.has(folder)) {
      const content = gitignore(folder)
      const base = folder === '' ? '' : `${folder}/`
      lists.set(
        folder,
        content === undefined ? undefined : { file: `${base}.gitignore`, base, patterns: parsePatterns(content) },
      )
    }
    return lists.get(folder)
  }

  return {
    decide(path, isFolder) {
      const inForce: PatternList[] = [...sharedLists]
      for (let slash = -1; ; ) {
        const above = slash < 0 ? '' : path.slice(0, slash)
        if (above !== '') {
          const decision = decide(inForce, above, true, foldsCase)
          if (decision !== undefined && !decision.pattern.negated) return decision
        }
        const list = listOf(above)
        if (list !== undefined) inForce.push(list)
        slash = path.indexOf('/', slash + 1)
        if (slash < 0) return decide(inForce, path, isFolder, foldsCase)
      }
    },
  }
}

/** A text as git stores it: UTF-8, one byte per character. */
export function toBytes(text: string): string {
  return /[\u0080-\uffff]/.test(text)
    ? Array.from(new TextEncoder().encode(text), (one) => String.fromCharCode(one)).join('')
    : text
}

export function fromBytes(bytes: string): string {
  if (!/[\u0080-\uffff]/.test(bytes)) return bytes
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)))
}
