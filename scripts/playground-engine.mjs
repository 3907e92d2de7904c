/**
 * The engine of the playground: the files of `program.mjs` over the worker's entry. What a check of the guide's project asks for is one
 * file, which is all that comes before the first result; the others are loaded when something in them is first asked for, at once
 * (`importScripts`), as `require` does it in Node.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { runInThisContext } from 'node:vm'
import { chunksOf, minified } from './program.mjs'
import { rarelyCalledIn } from './recorded.mjs'

const entry = 'worker.js'
const folder = 'fixtures/guide'

/** The files of fixtures/guide by path. */
export function guideFiles() {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const texts = found.map((one) => {
    const path = join(one.parentPath, one.name)
    return [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]
  })
  return Object.fromEntries(texts.sort())
}

/** By name: `engine.js`, and `engine-NAME.js` for what may be asked for later. */
export async function engineFiles() {
  const input = { worker: 'playground/src/worker.ts' }
  const { chunks } = await chunksOf({ input, platform: 'browser', plugins: [], rarelyIn: rarelyCalledIn })
  const parts = new Map([...chunks].map(([name, code]) => [name, defined(name, minified(name, code))]))
  const first = await askedFor(parts)
  const engine = [loader, ...first.map((name) => parts.get(name)), start]
  const later = [...parts].filter(([name]) => !first.includes(name))
  return [['engine.js', engine.join('\n')], ...later.map(([name, part]) => [`engine-${name}`, part])]
}

const start = `dynolint.require("./${entry}")`

/** A file of CommonJS that a script gives to the loader. */
const defined = (name, code) => `dynolint.define("./${name}",function(exports,require,module){${code}\n})`

const loader = `var dynolint=(()=>{
const parts={},loaded={}
const require=(path)=>{
if(loaded[path])return loaded[path].exports
if(!parts[path])importScripts(path.replace("./","./engine-"))
const module=loaded[path]={exports:{}}
parts[path](module.exports,require,module)
return module.exports}
return{define(path,part){parts[path]=part},require}})()`

/** The files that the first result needs: what the engine loads for a check of the guide's project, in that order. */
async function askedFor(parts) {
  const first = []
  const worker = {
    addEventListener: (_, listen) => (worker.listen = listen),
    postMessage: (answer) => (worker.answer = answer),
  }
  const run = (code) => runInThisContext(code)
  globalThis.self = worker
  globalThis.importScripts = (path) => {
    const name = path.replace('./engine-', '')
    first.push(name)
    run(parts.get(name))
  }
  run(loader)
  run(start)
  const ask = { project: { files: {}, env: {}, addons: undefined }, language: 'fr' }
  await worker.listen({ data: { id: 1, kind: 'check', ask, changes: { set: guideFiles(), gone: [] } } })
  if (worker.answer.error !== undefined)
    throw new Error(`the engine does not check its project: ${worker.answer.error}`)
  delete globalThis.self
  delete globalThis.importScripts
  return first
}
