import { readSource } from '../../../src/app/frontend/read.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import type { Expression, FunctionExpression } from '../../../src/syntax/javascript/ast.ts'
import { childrenOf, eachExpression } from '../../../src/syntax/javascript/walk.ts'

interface Read {
  readonly file: string
  readonly text: string
  readonly nodes: readonly Expression[]
  readonly parents: ReadonlyMap<Expression, Expression>
}

function read(tree: FileTree, file: string): Read | undefined {
  const text = readText(tree, file)?.text
  if (text === undefined) return undefined
  const nodes: Expression[] = []
  const parents = new Map<Expression, Expression>()
  for (const { body } of readSource(file, text).scripts)
    eachExpression(body, (node) => {
      nodes.push(node)
      for (const child of childrenOf(node)) parents.set(child, node)
    })
  return { file, text, nodes, parents }
}

/**
 * The one test of a file that asks how a socket ended, `event.wasClean` or `event.code !== 1006`, lets 1012 ("Service Restart") pass for
 * an end that nobody wanted. Undefined where there are several, or none is written so.
 */
export function afterRestarts(tree: FileTree, file: string): readonly Edit[] | undefined {
  const source = read(tree, file)
  const found = source?.nodes.flatMap((node) => testOf(source, node)) ?? []
  const [only, ...more] = found
  return only === undefined || more.length > 0 ? undefined : only
}

function testOf(source: Read, node: Expression): Edit[][] {
  const { file, text, parents } = source
  const written = (span: Span): string => text.slice(span.start, span.end)
  const put = (span: Span, changed: string): Edit => ({
    file,
    span: { start: span.start, end: span.end },
    text: changed,
  })
  if (
    node.kind === 'Binary' &&
    /^[!=]==?$/.test(node.op) &&
    written(node.right) === '1006' &&
    isNamed(node.left, 'code')
  ) {
    const joins = node.op.startsWith('!') ? '&&' : '||'
    const test = `${written(node)} ${joins} ${written(node.left)} ${node.op} 1012`
    return [[put(node, joins === '||' ? `(${test})` : test)]]
  }
  if (!isNamed(node, 'wasClean')) return []
  const parameter = node.kind === 'Identifier' ? destructured(source, node) : undefined
  if (node.kind === 'Identifier' && parameter === undefined) return []
  const code = node.kind === 'Member' ? `${written(node.object)}.code` : 'code'
  const parent = parents.get(node)
  const opposite = parent?.kind === 'Unary' && parent.op === '!' ? parent : undefined
  if (opposite === undefined && parent?.kind === 'Binary' && /^[!=]==?$/.test(parent.op)) return []
  const test =
    opposite === undefined ? `${written(node)} && ${code} !== 1012` : `${written(opposite)} || ${code} === 1012`
  const whole = opposite ?? node
  const isAlone = text[whole.start - 1] === '(' && text[whole.end] === ')'
  return [[put(whole, isAlone || opposite === undefined ? test : `(${test})`), ...(parameter ?? [])]]
}

const isNamed = (node: Expression, name: string): boolean =>
  (node.kind === 'Identifier' || node.kind === 'Member') && node.name === name

/** `({ wasClean }) => …` takes `code` too; undefined where the name comes from elsewhere, or is the parameter itself. */
function destructured({ file, text, nodes }: Read, { start, end }: Span): Edit[] | undefined {
  const around = nodes.findLast(
    (node): node is FunctionExpression => node.kind === 'Function' && node.start <= start && end <= node.end,
  )
  const target = around?.params[0]?.target
  if (target?.kind !== 'Object' || (target.start <= start && end <= target.end)) return undefined
  const keys = target.properties.map(({ key }) => key)
  const last = target.properties.at(-1)
  if (!keys.includes('wasClean') || last === undefined) return undefined
  if (keys.includes('code')) return []
  return /\bcode\b/.test(text.slice(around?.start, around?.end))
    ? undefined
    : [{ file, span: { start: last.end, end: last.end }, text: ', code' }]
}

/** The number with which a page ends its tries becomes one that lasts for five minutes, at the pace that it has. */
export function moreTries(tree: FileTree, test: Place, count: number, seconds: number): readonly Edit[] | undefined {
  const source = read(tree, test.file)
  const { start, end } = test.span
  const numbers = source?.nodes.filter(
    (node) =>
      node.kind === 'Number' &&
      start <= node.start &&
      node.end <= end &&
      source.text.slice(node.start, node.end) === String(count),
  )
  const [only, ...more] = numbers ?? []
  if (only === undefined || more.length > 0 || seconds <= 0) return undefined
  const enough = Math.ceil((fiveMinutes * count) / seconds / 10) * 10
  return [{ file: test.file, span: { start: only.start, end: only.end }, text: String(enough) }]
}

const fiveMinutes = 300

/**
 * `setTimeout(() => location.reload(), 2000)` asks before whether the server answers, and again after the same time if it does not.
 */
export function askedBefore(tree: FileTree, at: Place): readonly Edit[] | undefined {
  const source = read(tree, at.file)
  const inside = ({ start, end }: Span): boolean => start <= at.span.start && at.span.end <= end
  const timer = source?.nodes.findLast(
    (node) => node.kind === 'Call' && isNamed(node.callee, 'setTimeout') && node.args.length === 2 && inside(node),
  )
  if (source === undefined || timer?.kind !== 'Call') return undefined
  const [handler, delay] = timer.args as [Expression, Expression]
  if (handler.kind !== 'Function' || !handler.arrow || handler.params.length > 0 || delay.kind !== 'Number')
    return undefined
  const { text } = source
  const reload = /^\(\)\s*=>\s*((?:window\.)?location\.reload\(\))$/.exec(text.slice(handler.start, handler.end))?.[1]
  if (reload === undefined || /\breloadOnceUp\b/.test(text)) return undefined
  const wait = text.slice(delay.start, delay.end)
  const asks = `fetch(location.href).then((page) => (page.ok ? ${reload} : Promise.reject(page.status)))`
  return [
    {
      file: at.file,
      span: { start: handler.start, end: handler.end },
      text: `function reloadOnceUp() { ${asks}.catch(() => setTimeout(reloadOnceUp, ${wait})) }`,
    },
  ]
}
