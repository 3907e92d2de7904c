import { parseSync } from 'rolldown/utils'

/**
 * The statements at the top of a file that the bundler wrote, each with the path of its module, which the bundler names in a
 * comment before it; undefined before the first.
 */
export function statementsOf(code) {
  const modules = [...code.matchAll(/^\/\/ ((?:\.\.\/|src\/|rules\/|node_modules\/).*)$/gm)]
  let at = -1
  return parseSync('chunk.js', code, { sourceType: 'script' }).program.body.map((node) => {
    while (modules[at + 1]?.index < node.start) at++
    return { node, module: modules[at]?.[1].replace(/^.*(?=node_modules\/)/, '') }
  })
}

/**
 * The functions that a statement declares, by the names that record.json has: the one at the top of a module, and methods as
 * `Class.method`. `nodes` are all that stand for it: V8 counts a method from its key on.
 */
export function functionsOf({ type, id, declarations, body, ...node }) {
  if (type === 'FunctionDeclaration') return [{ name: plain(id.name), nodes: [node] }]
  if (type === 'ClassDeclaration') return methodsOf(id.name, body.body)
  const declarator = type === 'VariableDeclaration' && declarations.length === 1 ? declarations[0] : undefined
  if (!declarator?.init) return []
  if (declarator.init.type === 'ClassExpression') return methodsOf(declarator.id.name, declarator.init.body.body)
  const isFunction = /^(Arrow)?FunctionExpression$/.test(declarator.init.type)
  return isFunction ? [{ name: plain(declarator.id.name), nodes: [declarator.init] }] : []
}

function methodsOf(owner, members) {
  return members
    .filter(({ type, kind, computed }) => type === 'MethodDefinition' && kind === 'method' && !computed)
    .map((member) => ({ name: `${plain(owner)}.${member.key.name}`, nodes: [member, member.value] }))
}

/** Without what the bundler adds to a name that two modules have. */
const plain = (name) => name.replace(/\$\d+$/, '')
