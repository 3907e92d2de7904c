/**
 * Makes the playground: `npm run playground [-- --into FOLDER] [-- --serve [PORT]]`. A page that needs no server but for its files,
 * the engine in a worker, and a service worker that keeps both. Nothing of it is committed. `--serve` shows it at 127.0.0.1.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { engineFiles, guideFiles } from './playground-engine.mjs'

/** What of the engine is loaded before the first result may weigh so much, compressed. */
const mostEngineBytes = 640_000

/** `guide-project`: the files of fixtures/guide by path. */
const guideProject = {
  name: 'guide-project',
  resolveId: { filter: { id: /^guide-project$/ }, handler: () => '\0guide-project' },
  load: {
    filter: { id: /^\0guide-project$/ },
    handler() {
      return `export default ${JSON.stringify(guideFiles())}`
    },
  },
}

const { values, positionals } = parseArgs({
  options: { into: { type: 'string' }, serve: { type: 'boolean' } },
  allowPositionals: true,
})
const into = values.into ?? 'playground/dist'
const files = await made()
rmSync(into, { recursive: true, force: true })
mkdirSync(into, { recursive: true })
for (const [name, text] of files) writeFileSync(join(into, name), text)
for (const [name, text] of files) {
  console.log(`${String(text.length).padStart(8)} ${String(weight(text)).padStart(8)} gzip  ${into}/${name}`)
}
const engine = weight(files.get('engine.js'))
if (engine > mostEngineBytes) {
  console.error(`the engine weighs ${engine} bytes compressed, more than ${mostEngineBytes}`)
  process.exitCode = 1
}
if (values.serve) serve(Number(positionals[0] ?? 8000))

function weight(text) {
  return gzipSync(text, { level: 9 }).length
}

/** Every file of the page by its name. */
async function made() {
  const out = new Map([
    ['index.html', readFileSync('playground/index.html', 'utf8')],
    ['page.css', await style()],
    ['page.js', await bundled('playground/src/main.ts')],
    ...(await engineFiles()),
  ])
  const hash = createHash('sha256')
  for (const text of out.values()) hash.update(text)
  out.set(
    'offline.js',
    await bundled('playground/src/offline.ts', {
      storeName: JSON.stringify(`dynolint-${hash.digest('hex').slice(0, 16)}`),
      storeFiles: JSON.stringify(['./', ...out.keys()]),
    }),
  )
  return out
}

async function bundled(input, define = {}) {
  const build = await rolldown({
    input,
    platform: 'browser',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    transform: { define },
    plugins: [guideProject],
    onLog(level, log, handler) {
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message)
      handler(level, log)
    },
  })
  const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false })
  await build.close()
  const [chunk, ...others] = output
  if (others.length > 0) throw new Error(`${input} makes more than one file`)
  if (chunk.imports.length > 0) throw new Error(`${input} imports ${chunk.imports.join(', ')}`)
  return chunk.code
}

/** Colours and pictures as in the HTML report; which of the two colours is the page's to say. */
async function style() {
  const report = await bundled('src/report/html/style.ts')
  const { palette, pictureStyle, findingStyle } = await import(
    `data:text/javascript;base64,${Buffer.from(report).toString('base64')}`
  )
  const colours = Object.entries(palette).map(([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`)
  const own = readFileSync('playground/page.css', 'utf8')
  return `:root { color-scheme: light dark; ${colours.join(' ')} }\n${pictureStyle}${findingStyle}${own}`
}

function serve(port) {
  const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' }
  const server = createServer(({ url }, response) => {
    const asked = new URL(url, 'http://localhost').pathname.slice(1)
    const name = asked === '' ? 'index.html' : asked
    const text = files.get(name)
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${types[extname(name)]}; charset=utf-8` })
    response.end(text)
  })
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`))
}
