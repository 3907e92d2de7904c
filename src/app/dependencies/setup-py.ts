import type { SourceFile } from '../../files/tree.ts'
import type { Expression, Statement } from '../../syntax/python/ast.ts'
import { parsePython } from '../../syntax/python/parse.ts'
import type { DependencyFile, FileRole, Requirement } from './model.ts'
import { fromText } from './requirement.ts'

/** setup.py: the literal texts of `setup(install_requires=[…])`; undefined when there are none. */
export function readSetupPy(file: SourceFile, role: FileRole, python: string | undefined): DependencyFile | undefined {
  const requirements: Requirement[] = []
  for (const { value, start, end } of installRequires(parsePython(file.text).body)) {
    const inside = { start: start + 1, end: end - 1 }
    const span = file.text.slice(inside.start, inside.end) === value ? inside : { start, end }
    const found = fromText(value, { file: file.path, span }, { role, group: 'main' }, python)
    if (found !== undefined) requirements.push(found)
  }
  if (requirements.length === 0) return undefined
  return { path: file.path, format: 'setup.py', role, problems: [], requirements, includedBy: undefined }
}

interface Literal {
  readonly value: string
  readonly start: number
  readonly end: number
}

/** Texts of the list given to `install_requires`, directly or through a name of the module. */
function installRequires(body: readonly Statement[]): readonly Literal[] {
  const names = new Map<string, Expression>()
  for (const statement of body) {
    if (statement.kind === 'Assign')
      for (const target of statement.targets) if (target.kind === 'Name') names.set(target.id, statement.value)
    if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') continue
    const given = statement.value.keywords.find(({ arg }) => arg === 'install_requires')?.value
    if (given !== undefined) return literals(given.kind === 'Name' ? (names.get(given.id) ?? given) : given)
  }
  return []
}

function literals(list: Expression): readonly Literal[] {
  if (list.kind !== 'List' && list.kind !== 'Tuple') return []
  return list.elts.flatMap((item) =>
    item.kind === 'Constant' && item.value.type === 'str'
      ? [{ value: item.value.value, start: item.start, end: item.end }]
      : [],
  )
}
