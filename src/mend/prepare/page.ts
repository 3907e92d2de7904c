import type { App } from '../../app/app.ts'
import type { Socket } from '../../app/frontend/model.ts'
import { readSource } from '../../app/frontend/read.ts'
import type { Edit } from '../../contracts/edit.ts'
import { readText } from '../../files/tree.ts'
import type { ExpressionStatement, Script, Statement, VariableDeclaration } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'
import type { Creator } from './preparation.ts'

/**
 * A socket that nothing opens again becomes a function that opens it, handlers included, and that its closing calls after a while.
 * Only where declaration and handlers stand together, and nothing handles the closing yet.
 */
export const reconnect: Creator = (app) => {
  for (const socket of app.frontend.sockets) {
    const edits = socket.reconnect.by === 'none' ? reopened(app, socket) : undefined
    if (edits !== undefined)
      return { title: { en: 'Open the socket again when it closes', fr: 'Rouvrir le socket quand il se ferme' }, edits }
  }
  return undefined
}

function reopened(app: App, { at, library }: Socket): readonly Edit[] | undefined {
  const { file, span } = at
  const text = readText(app.tree, file)?.text
  if (text === undefined || library !== undefined) return undefined
  const found = declarationOf(readSource(file, text).scripts, span.start)
  if (found === undefined) return undefined
  const { list, index, declaration } = found
  const [declarator] = declaration.declarators
  if (declarator?.target.kind !== 'Identifier' || declaration.declarators.length !== 1) return undefined
  const { name } = declarator.target
  const handlers: ExpressionStatement[] = []
  for (const next of list.slice(index + 1)) {
    if (next.kind !== 'ExpressionStatement' || !isHandler(text.slice(next.start, next.end), name)) break
    handlers.push(next)
  }
  const opener = `open${name.charAt(0).toUpperCase()}${name.slice(1)}`
  if (text.split(/[^\p{L}\p{N}_$]+/u).includes(opener)) return undefined
  const last = handlers.at(-1) ?? declaration
  const indent = /[ \t]*$/.exec(text.slice(0, declaration.start))?.[0] ?? ''
  const unit = indent.includes('\t') ? '\t' : /^(?: {2})+$/m.test(indent) && indent.length % 4 !== 0 ? '  ' : '    '
  const semicolon = text[last.end - 1] === ';' || text[last.end] === ';'
  const end = text[last.end] === ';' ? last.end + 1 : last.end
  const stop = semicolon ? ';' : ''
  const again = `setTimeout(${opener}, 1000 + Math.random() * 4000)`
  const tail = [
    '',
    `${indent}${unit}${name}.addEventListener('close', () => ${again})${stop}`,
    `${indent}}${stop}`,
    `${indent}${opener}()${stop}`,
  ].join('\n')
  // Lines of a text that goes over several are not indentation.
  const written = text.slice(declaration.start, end)
  const inner = (/`[^`]*\n[^`]*`/.test(written) ? [] : [...written.matchAll(/\n(?=[^\r\n])/g)]).map(
    ({ index: offset }): Edit => {
      const start = declaration.start + offset + 1
      return { file, span: { start, end: start }, text: unit }
    },
  )
  return [
    {
      file,
      span: { start: declaration.start, end: declarator.start },
      // An arrow keeps the `this` of what stands around it.
      text: `let ${name}${stop}\n${indent}const ${opener} = () => {\n${indent}${unit}`,
    },
    ...inner,
    { file, span: { start: end, end }, text: tail },
  ]
}

function isHandler(text: string, name: string): boolean {
  return text.startsWith(`${name}.on`) || text.startsWith(`${name}.addEventListener(`)
}

interface Found {
  readonly list: readonly Statement[]
  readonly index: number
  readonly declaration: VariableDeclaration
}

/** The declaration that a socket initialises, at the top of a script or of a function. */
function declarationOf(scripts: readonly Script[], start: number): Found | undefined {
  const lists: (readonly Statement[])[] = scripts.map(({ body }) => body)
  for (const { body } of scripts) {
    eachExpression(body, (node) => {
      if (node.kind === 'Function') lists.push(node.body)
    })
  }
  for (const list of lists) {
    for (const [index, one] of list.entries()) {
      if (one.kind === 'VariableDeclaration' && one.declarators.some(({ init }) => init?.start === start))
        return { list, index, declaration: one }
    }
  }
  return undefined
}
