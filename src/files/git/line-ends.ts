import { toBytes } from '../ignore/gitignore.ts'
import { decide, type PatternList, parsePatterns } from '../ignore/patterns.ts'
import { type FileTree, readText } from '../tree.ts'

/**
 * Whether .gitattributes has git write line feeds into the repository for a file (gitattributes(5)): `text`, `text=auto` or
 * `eol` are in force for it. Files of deeper folders win over shallower ones, later lines over earlier ones. Without it
 * `core.autocrlf` of whoever commits decides, which no file of the project says.
 */
export function normalisesLineEnds(tree: FileTree, path: string): boolean {
  const states = statesOf(tree, path)
  const text = states.get('text') ?? states.get('crlf')
  if (text === 'unset') return false
  return text !== undefined || (states.has('eol') && states.get('eol') !== 'unset')
}

/** What is said of each attribute of a file: `set`, `unset`, or its value. Unspecified ones (`!text`) are left out. */
function statesOf(tree: FileTree, path: string): ReadonlyMap<string, string> {
  const states = new Map<string, string>()
  for (const folder of foldersAbove(path)) {
    const base = folder === '' ? '' : `${folder}/`
    const content = readText(tree, `${base}.gitattributes`)?.text ?? ''
    for (const line of content.split('\n')) {
      const [pattern = '', ...attributes] = line.trim().split(/\s+/)
      if (pattern === '' || pattern.startsWith('#') || pattern.startsWith('[attr]')) continue
      const list: PatternList = {
        file: `${base}.gitattributes`,
        base: toBytes(base),
        patterns: parsePatterns(toBytes(pattern)),
      }
      if (decide([list], toBytes(path), false, false) === undefined) continue
      for (const attribute of attributes) state(states, attribute)
    }
  }
  return states
}

function state(states: Map<string, string>, written: string): void {
  if (written === 'binary') states.set('text', 'unset')
  else if (written.startsWith('!')) states.delete(written.slice(1))
  else if (written.startsWith('-')) states.set(written.slice(1), 'unset')
  else {
    const [name = '', value = 'set'] = written.split('=')
    states.set(name, value)
  }
}

/** `''`, `bin`, `bin/hooks` of `bin/hooks/start`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, i) => parts.slice(0, i + 1).join('/'))]
}
