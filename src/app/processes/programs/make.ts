import type { Place } from '../../../contracts/place.ts'
import { type CommandOutcome, failed, succeeded } from '../../../evaluate/shell/execute.ts'
import { partsText, textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { runText } from '../../../evaluate/shell/scripts.ts'
import { derivedSource, fileSource, type ShellSource } from '../../../evaluate/shell/source.ts'
import { absolutePath, childShell, lookup, note, type Shell, treePath } from '../../../evaluate/shell/state.ts'
import { readText, type SourceFile } from '../../../files/tree.ts'

interface MakeRule {
  readonly needs: readonly string[]
  /** Recipe lines: their text without the tab and the `@-+` signs, and where it begins. */
  readonly recipe: readonly { readonly text: string; readonly offset: number }[]
}

interface Makefile {
  readonly file: SourceFile
  readonly rules: ReadonlyMap<string, MakeRule>
  readonly first: string | undefined
  readonly variables: ReadonlyMap<string, string>
}

/** `make target`: the recipe's lines, each in a shell of its own, after those of what the target needs. */
export function runMake(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const targets: string[] = []
  const overrides = new Map<string, string>()
  let folder = shell.cwd
  let name: string | undefined
  for (let i = 1; i < argv.length; i++) {
    const text = textOf(argv[i])
    if (text === undefined) return undefined
    if (text === '-C' || text === '--directory') folder = absolutePath(shell, textOf(argv[++i]) ?? '')
    else if (text === '-f' || text === '--file' || text === '--makefile') name = textOf(argv[++i])
    else if (/^[A-Za-z_]\w*=/.test(text))
      overrides.set(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1))
    else if (!text.startsWith('-')) targets.push(text)
  }
  const inner: Shell = { ...shell, cwd: folder }
  const makefile = readMakefile(inner, name, overrides)
  if (makefile === undefined) {
    const path = treePath(inner, absolutePath(inner, name ?? 'Makefile'))
    if (path === undefined) return undefined
    shell.context.missing.push({ kind: 'script', path, at: (argv[0] as Word).at })
    return undefined
  }
  const wanted = targets.length > 0 ? targets : makefile.first === undefined ? [] : [makefile.first]
  let outcome: CommandOutcome = succeeded
  for (const target of wanted) {
    if (!makefile.rules.has(target) && !makefile.variables.has('include')) {
      shell.context.missing.push({ kind: 'target', path: target, at })
      return failed
    }
    outcome = runTarget(inner, makefile, target, at, new Set())
    if (outcome.status === false) return outcome
  }
  return outcome
}

function runTarget(shell: Shell, makefile: Makefile, target: string, at: Place, done: Set<string>): CommandOutcome {
  if (done.has(target)) return succeeded
  done.add(target)
  const rule = makefile.rules.get(target)
  let outcome: CommandOutcome = succeeded
  for (const need of rule?.needs ?? []) {
    outcome = runTarget(shell, makefile, need, at, done)
    if (outcome.status === false) return outcome
  }
  for (const line of rule?.recipe ?? []) {
    const source = recipeSource(shell, makefile, line)
    if (source === undefined) {
      const span = { start: line.offset, end: line.offset + line.text.length }
      note(
        shell,
        { file: makefile.file.path, span },
        {
          en: 'this recipe uses a make variable that is not known',
          fr: 'cette recette utilise une variable de make qui n’est pas connue',
        },
      )
      continue
    }
    const child = childShell(shell, { dialect: 'sh', zero: 'sh', positional: [], chain: [...shell.chain, at] })
    outcome = runText(child, source)
    if (outcome.status === false) return { status: false, flow: 'next' }
  }
  return { status: outcome.status, flow: 'next' }
}

function recipeSource(
  shell: Shell,
  makefile: Makefile,
  { text, offset }: { text: string; offset: number },
): ShellSource | undefined {
  if (!text.includes('$')) return fileSource(makefile.file.path, text, offset)
  const expanded = expand(shell, makefile, text, 0, { left: maxExpansions })
  const at = { file: makefile.file.path, span: { start: offset, end: offset + text.length } }
  return expanded === undefined ? undefined : derivedSource(expanded, at)
}

/** Variables of variables multiply: what takes more than this is not known. */
const maxExpansions = 2000
const maxExpanded = 128 * 1024

function expand(
  shell: Shell,
  makefile: Makefile,
  text: string,
  depth: number,
  budget: { left: number },
): string | undefined {
  let known = depth < 10
  const out = text.replace(/\$(?:\$|\((\w+)\)|\{(\w+)\}|.)/g, (whole, a?: string, b?: string) => {
    if (whole === '$$') return '$'
    const name = a ?? b
    const enough = known && name !== undefined && budget.left-- > 0
    const value = enough ? variableOf(shell, makefile, name, depth, budget) : undefined
    if (value === undefined) known = false
    return value ?? ''
  })
  return known && out.length <= maxExpanded ? out : undefined
}

function variableOf(
  shell: Shell,
  makefile: Makefile,
  name: string,
  depth: number,
  budget: { left: number },
): string | undefined {
  const own = makefile.variables.get(name)
  if (own !== undefined) return expand(shell, makefile, own, depth + 1, budget)
  const pieces = lookup(shell, name, { file: makefile.file.path, span: { start: 0, end: 0 } })
  const parts = (pieces ?? []).map((piece) => piece.part)
  // Left to the shell: it sees the same variable.
  return partsText(parts) ?? `\${${name}}`
}

function readMakefile(
  shell: Shell,
  name: string | undefined,
  overrides: ReadonlyMap<string, string>,
): Makefile | undefined {
  for (const candidate of name === undefined ? ['GNUmakefile', 'makefile', 'Makefile'] : [name]) {
    const path = treePath(shell, absolutePath(shell, candidate))
    const file = path === undefined ? undefined : readText(shell.context.tree, path)
    if (file !== undefined) return parseMakefile(file, overrides)
  }
  return undefined
}

function parseMakefile(file: SourceFile, overrides: ReadonlyMap<string, string>): Makefile {
  const rules = new Map<string, { needs: string[]; recipe: { text: string; offset: number }[] }>()
  const variables = new Map<string, string>()
  let first: string | undefined
  let current: string[] = []
  for (const { text, offset } of logicalLines(file.text)) {
    if (text.startsWith('\t')) {
      const body = /^\s*[@+-]*\s*/.exec(text)?.[0].length ?? 0
      for (const target of current) rules.get(target)?.recipe.push({ text: text.slice(body), offset: offset + body })
      continue
    }
    const assignment = /^\s*(?:export\s+|override\s+)?([A-Za-z_]\w*)\s*(?:\?|:{1,3}|\+)?=\s*(.*)$/.exec(text)
    const rule = /^([^\s:#=][^:#=]*):(?!=)([^#]*)/.exec(text)
    if (assignment !== null) variables.set(assignment[1] as string, assignment[2] as string)
    else if (/^-?include\s/.test(text)) variables.set('include', '')
    else if (rule !== null) {
      current = (rule[1] as string).trim().split(/\s+/)
      const [needs = '', inline] = (rule[2] as string).split(';', 2) as [string?, string?]
      for (const target of current) {
        const known = rules.get(target) ?? { needs: [], recipe: [] }
        known.needs.push(
          ...needs
            .replace('|', ' ')
            .trim()
            .split(/\s+/)
            .filter((need) => need !== ''),
        )
        if (inline !== undefined) known.recipe.push({ text: inline.trim(), offset: offset + text.indexOf(';') + 1 })
        rules.set(target, known)
        if (first === undefined && !target.startsWith('.')) first = target
      }
    } else if (text.trim() !== '' && !text.trimStart().startsWith('#')) current = []
  }
  for (const [name, value] of overrides) variables.set(name, value)
  return { file, rules, first, variables }
}

/** Lines with a backslash at their end joined to the next one (the newline stays: the shell joins them itself). */
function logicalLines(text: string): { text: string; offset: number }[] {
  const out: { text: string; offset: number }[] = []
  let start = 0
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    while (end !== -1 && text[end - 1] === '\\') end = text.indexOf('\n', end + 1)
    if (end === -1) end = text.length
    out.push({ text: text.slice(start, end).replace(/\r$/, ''), offset: start })
    start = end + 1
  }
  return out
}
