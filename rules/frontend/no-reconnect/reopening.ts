import type { Socket } from '../../../src/app/frontend/model.ts'
import { readSource } from '../../../src/app/frontend/read.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import type {
  Expression,
  FunctionExpression,
  Script,
  Statement,
  VariableDeclaration,
} from '../../../src/syntax/javascript/ast.ts'
import { eachExpression } from '../../../src/syntax/javascript/walk.ts'

/** Between one and five seconds, so that the pages of a dyno do not all come back at once. */
const pause = '1000 + Math.random() * 4000'

interface Read {
  readonly file: string
  readonly text: string
  readonly scripts: readonly Script[]
  /** Outermost first. */
  readonly nodes: readonly Expression[]
}

function read(tree: FileTree, file: string): Read | undefined {
  const text = readText(tree, file)?.text
  if (text === undefined) return undefined
  const { scripts } = readSource(file, text)
  const nodes: Expression[] = []
  for (const { body } of scripts) eachExpression(body, (node) => nodes.push(node))
  return { file, text, scripts, nodes }
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** Edits by which what opens a socket once more, or after an error alone, does so after every end. */
export function reopenedAlways(tree: FileTree, { at, reconnect }: Socket): readonly Edit[] | undefined {
  const source = reconnect.by === 'none' ? read(tree, at.file) : undefined
  if (source === undefined || reconnect.by !== 'none') return undefined
  return (
    afterAnyEnd(source, reconnect.close) ??
    (reconnect.close === undefined ? afterClose(source, at) : undefined) ??
    againByItself(source, at)
  )
}

/** `if (event.code === 1000) setTimeout(connect, 2000)`: without the test it is opened again after every end. */
function afterAnyEnd({ file, text, nodes }: Read, close: Place | undefined): readonly Edit[] | undefined {
  const handler = close && nodes.findLast((node) => node.kind === 'Function' && holds(close.span, node))
  const body = handler?.kind === 'Function' ? handler.body : []
  const tests = body.filter((one) => one.kind === 'If')
  const [only, ...more] = tests
  if (only === undefined || more.length > 0 || only.otherwise !== undefined) return undefined
  const test = text.slice(only.test.start, only.test.end)
  if (!/^(?:\w+\.)?(?:code === 1000|code == 1000|wasClean)$/.test(test) || only.then.kind === 'Block') return undefined
  return [{ file, span: { start: only.start, end: only.then.start }, text: '' }]
}

/** `socket.onerror = () => setTimeout(connect, 2000)`: a close follows each error, and comes also without one. */
function afterClose({ file, text, scripts, nodes }: Read, at: Place): readonly Edit[] | undefined {
  const opener = openerOf(scripts, at.span)
  const handlers = nodes.flatMap((node) =>
    node.kind === 'Assignment' && node.target.kind === 'Member' && node.target.name === 'onerror' ? [node] : [],
  )
  const [only, ...more] = handlers
  if (opener === undefined || only === undefined || more.length > 0 || /\bonclose\b|['"]close['"]/.test(text))
    return undefined
  const isCalled = new RegExp(`(?<![\\w$.])${opener.replaceAll('$', '\\$')}(?![\\w$])`).test(
    text.slice(only.value.start, only.value.end),
  )
  const { end } = only.target
  return isCalled ? [{ file, span: { start: end - 'onerror'.length, end }, text: 'onclose' }] : undefined
}

/** The name of the innermost function statement around a place. */
function openerOf(scripts: readonly Script[], span: Span): string | undefined {
  const bodies: (readonly Statement[])[] = scripts.map(({ body }) => body)
  for (const { body } of scripts)
    eachExpression(body, (node) => {
      if (node.kind === 'Function') bodies.push(node.body)
    })
  return bodies
    .flat()
    .findLast(
      (one): one is Extract<Statement, { kind: 'FunctionStatement' }> =>
        one.kind === 'FunctionStatement' && holds(one, span),
    )?.name
}

/**
 * A close handler that opens a second socket, which has no handler of its own: the function that opens it gets a name, and is called when
 * that one closes too.
 */
function againByItself({ file, text, nodes }: Read, at: Place): readonly Edit[] | undefined {
  const around = nodes.filter((node) => holds(node, at.span))
  const isOfClose = around.some(
    (node) =>
      (node.kind === 'Assignment' && node.target.kind === 'Member' && node.target.name === 'onclose') ||
      (node.kind === 'Call' && /^(['"])close\1$/.test(text.slice(node.args[0]?.start ?? 0, node.args[0]?.end ?? 0))),
  )
  const made = around.findLast((node): node is FunctionExpression => node.kind === 'Function')
  if (!isOfClose || made === undefined || made.arrow || made.async || made.name !== undefined) return undefined
  const opening = made.body.find(({ start, end }) => start <= at.span.start && at.span.end <= end)
  const expression = opening?.kind === 'ExpressionStatement' ? opening.expression : undefined
  if (opening === undefined || expression?.kind !== 'Assignment' || expression.value.start !== at.span.start)
    return undefined
  const target = text.slice(expression.target.start, expression.target.end)
  if (/(?<![\w$])reopen(?![\w$])/.test(text) || !/^[\w$.]+$/.test(target) || target.startsWith('this.'))
    return undefined
  const word = made.start + 'function'.length
  if (text.slice(made.start, word) !== 'function') return undefined
  const end = text[opening.end] === ';' ? opening.end + 1 : opening.end
  const indent = /[ \t]*$/.exec(text.slice(0, opening.start))?.[0] ?? ''
  const stop = text[end - 1] === ';' ? ';' : ''
  return [
    { file, span: { start: word, end: text[word] === ' ' ? word + 1 : word }, text: ' reopen' },
    {
      file,
      span: { start: end, end },
      text: `\n${indent}${target}.addEventListener('close', () => setTimeout(reopen, ${pause}))${stop}`,
    },
  ]
}

/** `const bus = document.currentScript.dataset.bus` is read before the function that opens the socket, while the script runs. */
export function readOnce(tree: FileTree, at: Place): readonly Edit[] | undefined {
  const source = read(tree, at.file)
  const lists: (readonly Statement[])[] = source?.scripts.map(({ body }) => body) ?? []
  for (const node of source?.nodes ?? []) if (node.kind === 'Function') lists.push(node.body)
  const list = lists.findLast((body) => body.some((one) => one.kind === 'FunctionStatement' && holds(one, at.span)))
  const opener = list?.find((one) => one.kind === 'FunctionStatement' && holds(one, at.span))
  const text = source?.text ?? ''
  const body = opener?.kind === 'FunctionStatement' ? opener.function.body : []
  const reads = body.filter((one) => one.kind === 'VariableDeclaration' && asksScript(text, one))
  const [first] = list ?? []
  const [statement, ...others] = reads
  if (statement?.kind !== 'VariableDeclaration' || others.length > 0 || first === undefined) return undefined
  const [only] = statement.declarators
  if (only?.target.kind !== 'Identifier') return undefined
  const name = only.target.name.replaceAll('$', '\\$')
  if ([...text.matchAll(new RegExp(`(?:const|let|var|function|class)\\s+${name}(?![\\w$])`, 'g'))].length !== 1)
    return undefined
  const semicolon = text[statement.end] === ';' ? 1 : 0
  const written = text.slice(statement.start, statement.end + semicolon)
  const start = text.lastIndexOf('\n', statement.start - 1) + 1
  const line = text.indexOf('\n', statement.end)
  if (text.slice(start, statement.start).trim() !== '' || line < 0) return undefined
  if (text.slice(statement.end + semicolon, line).trim() !== '') return undefined
  const indent = /[ \t]*$/.exec(text.slice(0, first.start))?.[0] ?? ''
  return [
    { file: at.file, span: { start: first.start, end: first.start }, text: `${written}\n${indent}` },
    { file: at.file, span: { start, end: line + 1 }, text: '' },
  ]
}

/** `const script = document.currentScript`, or what it says of the tag. */
function asksScript(text: string, { declarators: [only, ...more] }: VariableDeclaration): boolean {
  const asked = only?.init && text.slice(only.init.start, only.init.end)
  return (
    more.length === 0 && /^document\.currentScript(?:\??\.[\w$]+|\.getAttribute\((['"])[\w-]+\1\))*$/.test(asked ?? '')
  )
}
