/**
 * Has V8 compile with a file what nearly every check calls of it, and not when it is first called. What Node keeps of a file
 * between two runs (22 and later) is what was compiled when it was loaded; and what is compiled at once is not skimmed before.
 * V8 does so for a function in parentheses.
 */
import { functionsOf, statementsOf } from './declared.mjs'

/**
 * Functions stand at the top of the file then, where those that use them while it starts find them as before.
 * @param {string} source - of a file, as the bundler writes it
 * @param {(module: string, name: string) => boolean} isOften - whether nearly every check that loads the file calls a function
 */
export function compiledEarly(source, isOften) {
  // A mark stays where its function stood, and would be read as one of the next: its calls would be left out. The bundler has used them.
  const code = source.replace(/\/\*\s*[@#]__NO_SIDE_EFFECTS__\s*\*\//g, '')
  const inserted = []
  const declared = []
  for (const { node, module } of statementsOf(code)) {
    if (module === undefined) continue
    if (functionsOf(node).some(({ name }) => isOften(module, name))) {
      enclose(node, inserted)
      if (node.type === 'FunctionDeclaration') declared.push(node)
    } else if (module.startsWith('rules/')) encloseChecks(node, inserted)
  }
  inserted.sort(([a], [b]) => a - b)
  const text = (from, to) => {
    let [out, at] = ['', from]
    for (const [place, mark] of inserted) {
      if (place < from || place >= to) continue
      out += code.slice(at, place) + mark
      at = place
    }
    return out + code.slice(at, to)
  }
  const early = declared.map(({ id, start, end }) => `const ${id.name} = (${text(start, end)});\n`)
  let [rest, at] = ['', 0]
  for (const { start, end } of declared) {
    rest += text(at, start)
    at = end
  }
  return early.join('') + rest + text(at, code.length)
}

/** The function expressions below a node; a method has no expression of its own. */
function enclose(node, inserted, isMethod = false) {
  if (node === null || typeof node !== 'object') return
  if (/^(Arrow)?FunctionExpression$/.test(node.type) && !isMethod) inserted.push([node.start, '('], [node.end, ')'])
  const holdsMethod =
    node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method || node.kind !== 'init'))
  for (const [field, child] of Object.entries(node)) enclose(child, inserted, holdsMethod && field === 'value')
}

/** `check(app, report) { … }` of a rule. */
function encloseChecks(node, inserted) {
  if (node === null || typeof node !== 'object') return
  if (node.type === 'Property' && node.method && node.key.name === 'check' && !node.value.async) {
    inserted.push([node.value.start, ': (function'], [node.value.end, ')'])
    enclose(node.value.body, inserted)
  } else for (const child of Object.values(node)) encloseChecks(child, inserted)
}
