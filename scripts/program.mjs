/**
 * The files of dist/: the whole tool without dependencies, as an entry and files of CommonJS that are read when something in
 * them is first asked for. `chunks.mjs` says which module stands in which, `split.mjs` takes modules apart.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { minifySync, parseSync } from 'rolldown/utils'
import { chunkOf, isOftenLoaded, unusedEntries } from './chunks.mjs'
import { compiledEarly } from './eager.mjs'
import { licensesOf } from './licenses.mjs'
import { isOftenCalled, modulesWithRare, rarelyCalledIn } from './recorded.mjs'
import { splitModules } from './split.mjs'

/** Microsoft's protocol packages have an entry for Node alone, under a condition that would change how others are read. */
const forNode = {
  name: 'for-node',
  resolveId: {
    filter: { id: /^vscode-[a-z-]+\/node$/ },
    handler: (id, importer) => createRequire(importer).resolve(id),
  },
}

/** What starts the tool. */
export const entry = 'dynolint.js'

/**
 * Every file by its name.
 * @param {boolean} [readable] - as record.mjs reads them: functions where they are written, with their names
 */
export async function programFiles(readable = false) {
  const { chunks, modules } = await chunksOf({
    input: { cli: 'src/cli/start.ts', 'run-action': 'src/action/start.ts' },
    platform: 'node',
    plugins: [forNode],
    rarelyIn: readable ? () => new Set() : rarelyCalledIn,
  })
  const unused = unusedEntries(modules.map(pathOf))
  if (unused.length > 0) throw new Error(`scripts/chunks.mjs names no module of the bundle by ${unused.join(', ')}`)
  // CommonJS: Node starts it without its loader of ES modules, which takes longer than reading the program.
  const made = new Map([
    [entry, readFileSync('scripts/launcher.js', 'utf8')],
    ['action.js', readFileSync('scripts/launcher-action.js', 'utf8')],
    ['licenses.txt', licensesOf(modules)],
    ['package.json', '{ "type": "commonjs" }\n'],
  ])
  for (const [name, code] of chunks) {
    const early = isOftenLoaded(name.replace(/\.js$/, '')) ? compiledEarly(code, isOftenCalled) : code
    made.set(name, readable ? code : ascii(recognisable(minified(name, early))))
  }
  return made
}

/**
 * The files, in the order of their names, before they are made smaller, and the paths of the modules in them. Each loads another one
 * when it first uses it.
 * @param {{ input: Record<string, string>, platform: 'node' | 'browser', plugins: object[], rarelyIn: (path: string) => Set<string> }} of
 */
export async function chunksOf({ input, platform, plugins, rarelyIn }) {
  const build = await rolldown({
    input,
    platform,
    // The modules that bundlers are meant to read: plain ESM, without UMD wrappers or node-only entry points.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    plugins: [...plugins, splitModules(pathOf, rarelyIn, modulesWithRare)],
    checks: { bundlerTimings: false },
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
  const sorted = output.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))
  return {
    chunks: new Map(sorted.map(({ fileName, code }) => [fileName, lateExpressions(onDemand(plainExports(code)))])),
    modules: output.flatMap(({ moduleIds = [] }) => moduleIds).map((id) => id.replace(/\?\w+$/, '')),
  }
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

/** @param {string} name - for the error */
export function minified(name, code) {
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
