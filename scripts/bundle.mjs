/**
 * Makes dist/: the whole tool without dependencies, as an entry and files of CommonJS that are read when something in them
 * is first asked for (`chunks.mjs` says which module stands in which). It is committed, so that `npx github:…`, the
 * pre-commit hook and an action need no build. And lib/, the library (`library.mjs`). `--check` bundles into memory and fails when
 * a committed file differs; `--into <folder>` writes what dist/ holds somewhere else (tests run what the sources make now),
 * `--library <folder>` what lib/ holds.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { minifySync, parseSync } from 'rolldown/utils'
import { chunkOf, unusedEntries } from './chunks.mjs'
import { libraryFiles } from './library.mjs'
import { licensesOf } from './licenses.mjs'

/** Microsoft's protocol packages have an entry for Node alone, under a condition that would change how others are read. */
const forNode = {
  name: 'for-node',
  resolveId: {
    filter: { id: /^vscode-[a-z-]+\/node$/ },
    handler: (id, importer) => createRequire(importer).resolve(id),
  },
}

const entry = 'dynolint.js'
/** The folders to write, with the files of each by name. `--into` and `--library` name one of them elsewhere, alone. */
const folders = [
  [optionOf('--into') ?? 'dist', '--into', bundle],
  [optionOf('--library') ?? 'lib', '--library', libraryFiles],
].filter(([, option]) => !process.argv.some((word) => word !== option && ['--into', '--library'].includes(word)))

for (const [folder, , make] of folders) {
  const files = await make()
  if (process.argv.includes('--check')) check(folder, files)
  else write(folder, files)
}

function optionOf(name) {
  const at = process.argv.indexOf(name)
  return at === -1 ? undefined : process.argv[at + 1]
}

function check(folder, files) {
  const there = existsSync(folder) ? readdirSync(folder) : []
  const stale = [...new Set([...there, ...files.keys()])].filter(
    (name) => !there.includes(name) || readFileSync(join(folder, name), 'utf8') !== files.get(name),
  )
  if (stale.length === 0) return
  console.error(`stale in ${folder}/: ${stale.sort().join(', ')}; run: npm run bundle`)
  process.exitCode = 1
}

function write(folder, files) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  if (files.has(entry)) chmodSync(join(folder, entry), 0o755)
  for (const [name, text] of files) console.log(`${String(text.length).padStart(8)} ${folder}/${name}`)
}

/** Every file of dist/ by its name. */
async function bundle() {
  const build = await rolldown({
    input: { cli: 'src/cli/start.ts', 'run-action': 'src/action/start.ts' },
    platform: 'node',
    // The modules that bundlers are meant to read: plain ESM, without UMD wrappers or node-only entry points.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    plugins: [forNode],
    preserveEntrySignatures: 'allow-extension',
    onLog(level, log, handler) {
      // Every module has its place in chunks.mjs, whichever way it is imported.
      if (log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') return
      if (level === 'warn') throw new Error(log.message)
      handler(level, log)
    },
  })
  const { output } = await build.generate({
    format: 'cjs',
    minify: false,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'chunks', name: (id) => chunkOf(pathOf(id)), test: /./ }],
    },
  })
  await build.close()
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds)
  const unused = unusedEntries(modules.map(pathOf))
  if (unused.length > 0) throw new Error(`scripts/chunks.mjs names no module of the bundle by ${unused.join(', ')}`)
  // CommonJS: Node starts it without its loader of ES modules, which takes longer than reading the program.
  const made = new Map([
    [entry, readFileSync('scripts/launcher.js', 'utf8')],
    ['action.js', readFileSync('scripts/launcher-action.js', 'utf8')],
    ['licenses.txt', licensesOf(modules)],
    ['package.json', '{ "type": "commonjs" }\n'],
  ])
  for (const { fileName, code } of output.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
    const lazy = lateExpressions(onDemand(lateMessages(plainExports(code))))
    made.set(fileName, ascii(recognisable(minified(fileName, lazy))))
  }
  return made
}

/** From the project's folder, or from the node_modules that holds it. */
function pathOf(id) {
  const path = id.split(sep).join('/')
  const installed = path.lastIndexOf('/node_modules/')
  return installed === -1 ? relative(process.cwd(), id).split(sep).join('/') : path.slice(installed + 1)
}

/**
 * Turns the imports at the top of a file into ones that load the other file when it is first used. Nothing in the sources
 * depends on the order in which modules start (package.json: no side effects).
 */
function onDemand(code) {
  const imported = []
  const body = code
    .replace(/^(?:const|let) ([\w$]+) = require\(("[^"]+")\);\n/gm, (_, name, path) => {
      imported.push([name, path])
      return ''
    })
    // `import * as fs`: the module itself serves, as long as nobody asks for its default export.
    .replace(/^([\w$]+) = [\w$.]*__toESM\(\1, 1\);\n/gm, (_, name) => {
      if (code.includes(`${name}.default`)) throw new Error(`${name}: import it as a namespace or by names`)
      return ''
    })
  const names = new Map(imported.map(([name]) => [name, `load_${name}`]))
  const used = replaced(
    body,
    (node) => node.type === 'Identifier' && names.has(node.name),
    ({ name }) => `(${names.get(name)}())`,
  )
  const loaders = imported.map(
    ([name, path]) => `let ${name}; const ${names.get(name)} = () => ${name} ??= require(${path});\n`,
  )
  return `${loaders.join('')}${used}`
}

/** What a file gives to the others, as plain properties: a getter each would be a function more to compile. */
function plainExports(code) {
  return code.replace(
    /Object\.defineProperty\(exports, "([\w$]+)", \{\n {2}enumerable: true,\n {2}get: function \(\) \{\n {4}return ([\w$]+);\n {2}\}\n\}\);/g,
    'exports.$1 = $2;',
  )
}

/**
 * V8 reads every regular expression of a file when it loads the file; for one with a property of Unicode that takes up to a
 * millisecond. Those are made when the code that holds them runs.
 */
function lateExpressions(code) {
  return replaced(
    code,
    (node) => node.type === 'Literal' && node.regex?.pattern.includes('\\p{'),
    ({ regex }) => `new RegExp(${JSON.stringify(regex.pattern)}, "${regex.flags}")`,
  )
}

/**
 * The messages of a rule as a getter, which makes them when the rule first reports: they are a tenth of what a check loads,
 * and V8 only skims a function that is not called. `rule({ … })` gives back the object it is handed.
 */
function lateMessages(code) {
  const isRule = ({ type, callee }) =>
    type === 'CallExpression' && /^rule(?:\$\d+)?$/.test(callee.name ?? callee.property?.name ?? '')
  const messagesOf = (call) => call.arguments[0]?.properties?.find(({ key }) => key?.name === 'messages')
  const late = replaced(
    code,
    (node) => isRule(node) && messagesOf(node)?.value.type === 'ObjectExpression',
    (node) => {
      const { start, end, value } = messagesOf(node)
      const made = `get messages() { return ofItself(this, ${code.slice(value.start, value.end)}) }`
      return code.slice(node.start, start) + made + code.slice(end, node.end)
    },
  )
  if (late === code) return code
  return `${late}\nfunction ofItself(rule, value) {
  Object.defineProperty(rule, "messages", { value, enumerable: true })
  return value
}
`
}

/** The code with the nodes that are `wanted`, none inside another, written anew. */
function replaced(code, wanted, write) {
  const found = []
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return
    if (wanted(node)) found.push(node)
    else for (const value of Object.values(node)) visit(value)
  }
  visit(parseSync('chunk.js', code, { sourceType: 'script' }).program)
  let [out, from] = ['', 0]
  for (const node of found.sort((a, b) => a.start - b.start)) {
    out += code.slice(from, node.start) + write(node)
    from = node.end
  }
  return out + code.slice(from)
}

function minified(name, code) {
  const { code: small, errors } = minifySync(name, code, {
    module: true,
    compress: { target: 'es2022' },
    mangle: { toplevel: true },
  })
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`)
  return small
}

/** A line of its own for what a file gives: tools that tell CommonJS from ES modules by their text look for it there. */
function recognisable(code) {
  const at = code.lastIndexOf('exports.')
  return at === -1 ? code : `${code.slice(0, at)}\n${code.slice(at)}`
}

/** V8 reads ASCII as one byte per character. */
function ascii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
