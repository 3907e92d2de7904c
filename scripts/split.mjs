/**
 * Takes out of a module what a check seldom needs, while it is bundled: functions and methods that the record names
 * (`record.json`, see record.mjs), the messages of rules, and what these alone use. They become modules of their own,
 * `path?rarely` and `path?messages`, for which chunks.mjs has files; all import from one another, and every such import loads
 * the other file when it is first used (bundle.mjs). The sources stay whole.
 */
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseSync } from 'rolldown/utils'

/**
 * A plugin for rolldown.
 * @param {(id: string) => string} pathOf - of a module's id, as the record names it
 * @param {(path: string) => Set<string>} rarelyCalledIn - names of functions at the top of a module, and `Class.method`
 * @param {readonly string[]} recorded - paths of modules that have such functions
 */
export function splitModules(pathOf, rarelyCalledIn, recorded) {
  /** By module, the names that others read while they start: what has them cannot wait. */
  const readEarly = new Map()
  const made = new Map()
  const partsOf = (id) => {
    const rare = rarelyCalledIn(pathOf(id))
    for (const name of readEarly.get(id) ?? []) rare.delete(name)
    return split(id, readFileSync(id, 'utf8'), rare)
  }
  return {
    name: 'split-modules',
    buildStart() {
      const packages = recorded.filter((path) => path.startsWith('node_modules/')).map((path) => realpathSync(path))
      for (const id of [...sourcesIn('src'), ...sourcesIn('rules'), ...packages]) {
        for (const [from, name] of importsReadEarly(id)) readEarly.set(from, [...(readEarly.get(from) ?? []), name])
      }
    },
    resolveId: { filter: { id: /\?(?:rarely|messages)$/ }, handler: (id) => id },
    load: {
      filter: { id: /\.(?:ts|m?js)(?:\?\w+)?$/ },
      handler(id) {
        const [file, part = 'module'] = id.split('?')
        if (!recorded.includes(pathOf(file)) && !/\/rules\/.*\.ts$/.test(file)) return null
        if (!made.has(file)) made.set(file, partsOf(file))
        return { code: made.get(file)[part], moduleType: file.endsWith('.ts') ? 'ts' : 'js' }
      },
    },
  }
}

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => resolve(folder, name))
}

/** `[module, name]` of what a module reads of others while it starts: `{ daphne: readFlags }`. */
function importsReadEarly(id) {
  const { body } = parseSync(id, readFileSync(id, 'utf8')).program
  const read = new Set(
    body.filter(({ type }) => type !== 'ImportDeclaration').flatMap((node) => [...namesReadEarly(node)]),
  )
  return body
    .filter(({ type, source }) => type === 'ImportDeclaration' && source.value.startsWith('.'))
    .flatMap(({ source, specifiers }) =>
      specifiers
        .filter(({ type, local }) => type === 'ImportSpecifier' && read.has(local.name))
        .map(({ imported }) => [join(dirname(id), source.value), imported.name]),
    )
}

/** The texts of a module’s parts by their names: `module`, `rarely`, `messages`. */
function split(id, code, rare) {
  const { body } = parseSync(id, code).program
  const edits = []
  const units = body.flatMap((node) => {
    const out = takenOut(node, code, rare, edits)
    return [...out, unitOf(node, out)]
  })
  for (const unit of units) unit.part ??= 'module'
  const started = new Set(units.flatMap(({ readEarly }) => [...readEarly]))
  // What is assigned to, and modules as objects, for which the bundler has a variable of each file.
  const variables = new Set([
    ...units.filter(({ changes }) => changes).flatMap(({ declares }) => declares),
    ...namespacesIn(body),
  ])
  const movable = ({ node, declares, names, stays }) =>
    node !== undefined && !stays && declares.length === 1 && !intersects(names, variables)
  for (const unit of units) {
    if (unit.isFunction && movable(unit) && rare.has(unit.declares[0]) && !started.has(unit.declares[0]))
      unit.part = 'rarely'
  }
  const imported = body.filter(({ type }) => type === 'ImportDeclaration').flatMap(({ specifiers }) => specifiers)
  const ownNames = new Set([...units.flatMap(({ declares }) => declares), ...imported.map(({ local }) => local.name)])
  for (let moved = true; moved; ) {
    moved = false
    for (const unit of units) {
      if (unit.part !== 'module' || unit.exported || !movable(unit)) continue
      const users = units.filter((other) => other !== unit && other.names.has(unit.declares[0])).map(({ part }) => part)
      if (users.length === 0 || users.includes('module')) continue
      const part = users.every((one) => one === users[0]) ? users[0] : 'messages'
      // The files of the parts load one another: what stands in one must be whole before anything of another is read.
      if (part === 'rarely' && !unit.isFunction && intersects(unit.readEarly, ownNames)) continue
      unit.part = part
      moved = true
    }
  }
  for (const { node, part } of units)
    if (node !== undefined && part !== 'module') edits.push([node.start, node.end, ''])
  return written(id, code, body, units, edits)
}

/** A statement at the top of a module: what it declares, the names it reads, and those it reads while the module starts. */
function unitOf(node, out) {
  const inner = node.type === 'ExportNamedDeclaration' && node.declaration ? node.declaration : node
  const skip = new Set(out.map(({ taken }) => taken))
  const declarators = inner.type === 'VariableDeclaration' ? inner.declarations : []
  const declared = [...declarators, ...(/^(Function|Class)Declaration$/.test(inner.type) ? [inner] : [])].map(
    ({ id }) => id,
  )
  return {
    node,
    inner,
    declares: declared.map(({ name }) => name),
    isFunction: inner.type === 'FunctionDeclaration' || (declarators.length === 1 && isFunction(declarators[0].init)),
    exported: inner !== node,
    changes: inner.kind === 'let' || inner.kind === 'var',
    stays:
      inner.type === 'ClassDeclaration' || declared.length === 0 || declared.some(({ type }) => type !== 'Identifier'),
    names: new Set([...namesIn(inner, skip), ...out.flatMap(({ declares }) => declares)]),
    readEarly: namesReadEarly(inner, skip),
  }
}

/** Methods and messages that leave a statement, as declarations; `edits` gets what stands in their place. */
function takenOut(node, code, rare, edits) {
  const out = []
  const take = (taken, part, name, text, instead, from = taken.start) => {
    edits.push([from, taken.end, instead])
    const names = namesIn(taken)
    out.push({
      taken,
      part,
      declares: [name],
      text,
      names,
      readEarly: namesReadEarly(taken),
      isFunction: part === 'rarely',
    })
  }
  const visit = (at, owner) => {
    if (at === null || typeof at !== 'object') return
    const { type, key, value } = at
    if (type === 'MethodDefinition' && rare.has(`${owner}.${key.name}`) && isPlainMethod(at, code)) {
      const name = `${owner}$${key.name}`
      const head = `${value.async ? 'async ' : ''}function${value.generator ? '*' : ''} ${name}`
      const instead = `(...given) { return ${name}.apply(this, given) }`
      take(value, 'rarely', name, head + code.slice(value.start, value.end), instead)
    } else if (type === 'CallExpression' && at.callee.name === 'rule' && at.arguments[0]?.type === 'ObjectExpression') {
      const messages = at.arguments[0].properties.find((property) => property.key?.name === 'messages')
      if (messages?.value.type === 'ObjectExpression') {
        const name = `messages$${messages.start}`
        const text = `const ${name} = ${code.slice(messages.value.start, messages.value.end)}`
        take(messages.value, 'messages', name, text, `get messages() { return ${name} }`, messages.start)
      } else if (messages) {
        edits.push([
          messages.start,
          messages.end,
          `get messages() { return ${code.slice(messages.value.start, messages.value.end)} }`,
        ])
      }
    } else {
      const inside = type === 'ClassDeclaration' ? at.id.name : owner
      for (const child of Object.values(at)) visit(child, inside)
    }
  }
  visit(node, '')
  return out
}

/** Called on an object, and asks nothing of its class that a function outside cannot. */
function isPlainMethod({ kind, static: isStatic, computed, value }, code) {
  return kind === 'method' && !isStatic && !computed && !/\bsuper\b|#\w/.test(code.slice(value.start, value.end))
}

const isFunction = (node) => node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression'

/** Identifiers below a node that can be names of the module, shadowed ones too. */
function namesIn(node, skip = new Set(), names = new Set()) {
  if (node === null || typeof node !== 'object' || skip.has(node)) return names
  if (node.type === 'Identifier') names.add(node.name)
  for (const child of childrenOf(node)) namesIn(child, skip, names)
  return names
}

/** Those that are read when the module starts, and in functions those that are handed on and not called: `{ daphne: readFlags }`. */
function namesReadEarly(node, skip = new Set(), inFunction = false, names = new Set()) {
  if (node === null || typeof node !== 'object' || skip.has(node)) return names
  if (node.type === 'Identifier') names.add(node.name)
  const inside = inFunction || isFunction(node) || node.type === 'FunctionDeclaration'
  for (const child of childrenOf(node)) {
    const isCalled = inside && child === node.callee && child.type === 'Identifier'
    if (!isCalled && child !== node.id) namesReadEarly(child, skip, inside, names)
  }
  return names
}

/** Without names of properties and types. */
function childrenOf(node) {
  return Object.entries(node)
    .filter(
      ([field]) =>
        !((field === 'key' || field === 'property') && !node.computed && !node.shorthand) &&
        field !== 'typeAnnotation' &&
        field !== 'returnType',
    )
    .map(([, child]) => child)
}

const isNamespace = ({ type, specifiers }) =>
  type === 'ImportDeclaration' && specifiers.some((one) => one.type === 'ImportNamespaceSpecifier')
const namespacesIn = (body) =>
  body.filter(isNamespace).flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name))

const intersects = (one, other) => [...one].some((name) => other.has(name))

function written(id, code, body, units, edits) {
  const imports = body
    .filter((node) => node.type === 'ImportDeclaration' && !isNamespace(node))
    .map(({ start, end }) => code.slice(start, end))
  const texts = { module: [], rarely: [...imports], messages: [...imports] }
  const given = { module: new Set(), rarely: new Set(), messages: new Set() }
  const pathOf = (part) => JSON.stringify(part === 'module' ? id : `${id}?${part}`)
  for (const part of Object.keys(texts)) {
    const own = units.filter((unit) => unit.part === part)
    for (const other of Object.keys(texts).filter((name) => name !== part)) {
      const wanted = units
        .filter((unit) => unit.part === other)
        .flatMap(({ declares, exported }) =>
          declares.filter((name) => {
            const isRead = own.some(({ names }) => names.has(name))
            if ((isRead && !exported) || other !== 'module') given[other].add(name)
            return isRead
          }),
        )
      if (wanted.length > 0) texts[part].push(`import { ${wanted.join(', ')} } from ${pathOf(other)}`)
      const passedOn = units.filter((unit) => unit.part === other && unit.exported).flatMap(({ declares }) => declares)
      if (part === 'module' && passedOn.length > 0)
        texts.module.push(`export { ${passedOn.join(', ')} } from ${pathOf(other)}`)
    }
    if (part !== 'module') texts[part].push(...own.map(({ text, inner }) => text ?? code.slice(inner.start, inner.end)))
  }
  for (const part of Object.keys(texts)) {
    if (given[part].size > 0) texts[part].push(`export { ${[...given[part]].join(', ')} }`)
  }
  let [rest, from] = ['', 0]
  for (const [start, end, instead] of edits.toSorted(([a], [b]) => a - b)) {
    if (start < from) continue
    rest += code.slice(from, start) + instead
    from = end
  }
  return {
    ...texts,
    module: [rest + code.slice(from), ...texts.module].join('\n'),
    rarely: texts.rarely.join('\n'),
    messages: texts.messages.join('\n'),
  }
}
