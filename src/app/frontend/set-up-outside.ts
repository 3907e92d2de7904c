import type { Span } from '../../contracts/place.ts'
import { lookup } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { Expression, Script, Statement } from '../../syntax/javascript/ast.ts'
import { childrenOf, eachExpression, partsOf } from '../../syntax/javascript/walk.ts'
import { frontendFiles } from './files.ts'
import { readSource } from './read.ts'

/**
 * Whether anything outside of a part of a script may set a socket up: sets one of its handlers, gives it to somebody, keeps it
 * elsewhere. What only sends or looks whether it is open takes whichever socket there is. `target`: what the script binds it to.
 */
export function isSetUpOutside(
  tree: FileTree,
  source: ScriptSource,
  opening: number,
  target: Expression,
  part: Span,
): boolean {
  const copies = copiesWithin(source.scripts, nameOf(target), part)
  const names = [nameOf(target), ...copies].filter((name) => name !== undefined)
  const reach = target.kind === 'Identifier' ? reachOf(source, opening, target.name) : everywhere
  const isOutside = ({ start }: Span) => start < part.start || start >= part.end
  const isMeant = (node: Span, name: string) => isOutside(node) && (copies.includes(name) || reach.isIn(node.start))
  if (
    names.length <= copies.length ||
    names.some((name) => setsUp(source.scripts, name, (node) => isMeant(node, name)))
  )
    return true
  if (!reach.isGlobal) return false
  // Scripts of one page share the names at their tops.
  return frontendFiles(tree).all.some((path) => {
    const text = path === source.file ? undefined : readText(tree, path)?.text
    const used = names.filter((name) => text?.includes(name))
    if (text === undefined || used.length === 0) return false
    const other = readSource(path, text)
    return used.some(
      (name) =>
        other.scopes.root.variables.get(name)?.kind !== 'variable' &&
        setsUp(other.scripts, name, ({ start }) => !isShadowed(other, name, start)),
    )
  })
}

interface NameReach {
  /** Whether the name stands for the same variable there. */
  isIn(offset: number): boolean
  readonly isGlobal: boolean
}

const everywhere: NameReach = { isIn: () => true, isGlobal: false }

/** Where a name is the variable that it is at the opening. */
function reachOf(source: ScriptSource, opening: number, name: string): NameReach {
  const { scopes } = source
  const site = scopes.sites.find(({ node }) => node.start === opening)
  const variable = lookup(site?.context.scope, name)
  if (variable === undefined || scopes.root.variables.get(name) === variable)
    return { isIn: (offset) => !isShadowed(source, name, offset), isGlobal: true }
  const around = [...scopes.functions].find(([, { inner }]) => inner.variables.get(name) === variable)?.[0]
  return around === undefined
    ? everywhere
    : { isIn: (offset) => offset >= around.start && offset < around.end, isGlobal: false }
}

/** Whether a function around a place has a variable of its own of this name. */
function isShadowed({ scopes }: ScriptSource, name: string, offset: number): boolean {
  return [...scopes.functions].some(
    ([{ start, end }, { inner }]) => offset >= start && offset < end && inner.variables.has(name),
  )
}

/** `socket` of `socket`, `this.socket` and `window.socket`: an object may be known by other names elsewhere. */
function nameOf(node: Expression): string | undefined {
  return node.kind === 'Identifier' || node.kind === 'Member' ? node.name : undefined
}

/** What else the part keeps the socket in: `this.ws = ws`. */
function copiesWithin(scripts: readonly Script[], name: string | undefined, part: Span): readonly string[] {
  const copies: string[] = []
  for (const { body } of scripts)
    eachExpression(body, (node) => {
      if (node.kind !== 'Assignment' || node.start < part.start || node.end > part.end) return
      const copy = nameOf(node.value) === name ? nameOf(node.target) : undefined
      if (copy !== undefined) copies.push(copy)
    })
  return copies
}

const reads = new Set([
  'send',
  'readyState',
  'bufferedAmount',
  'url',
  'protocol',
  'CONNECTING',
  'OPEN',
  'CLOSING',
  'CLOSED',
])

/** Whether the scripts do more with what has this name than send through it and look at its state. */
function setsUp(scripts: readonly Script[], name: string, isMeant: (node: Span) => boolean): boolean {
  const refers = (node: Expression) => nameOf(node) === name
  let found = false
  const enter = (node: Expression, harmless: boolean): void => {
    if (refers(node) && !harmless && isMeant(node)) found = true
    for (const child of childrenOf(node)) enter(child, isHarmless(node, child))
    if (node.kind === 'Function') each(node.body)
  }
  const each = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (statement.kind === 'Export' && statement.names.some(({ local }) => local === name)) found = true
      if (statement.kind === 'Export' && statement.declaration?.kind === 'VariableDeclaration')
        found ||= statement.declaration.declarators.some(({ target }) => refers(target))
      for (const part of partsOf(statement))
        if ('statement' in part) each([part.statement])
        else enter(part.expression, statement.kind === 'If')
    }
  }
  for (const { body } of scripts) each(body)
  return found
}

/** Whether what an expression does with one of its parts changes nothing about it: `socket.send(…)`, `socket === null`. */
function isHarmless(node: Expression, child: Expression): boolean {
  switch (node.kind) {
    case 'Member':
      return node.object === child && reads.has(node.name ?? '')
    case 'Unary':
      return true
    case 'Binary':
      return /^[!=]==?$/.test(node.op) || (node.op === '&&' && node.left === child)
    case 'Conditional':
      return node.test === child
    default:
      return false
  }
}
