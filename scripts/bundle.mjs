/**
 * Makes dist/dynolint.js: the whole tool in one file without dependencies. It is committed, so that `npx github:…`, the
 * pre-commit hook and an action need no build. `--check` bundles into memory and fails when the committed file differs.
 */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'

const target = 'dist/dynolint.js'
/** Stands for the end of a comment inside the program, which itself stands in a comment. */
const star = '*\u0001/'

/** What the source loads by `createRequire` comes into the bundle, and still runs with its first use only. */
const lazyPackages = {
  name: 'lazy-packages',
  transform: {
    filter: { code: 'createRequire(import.meta.url)(' },
    handler: (source) => source.replaceAll('createRequire(import.meta.url)(', 'require('),
  },
}

const code = launcher(await program())

if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== code) {
    console.error(`${target} is stale; run: npm run bundle`)
    process.exit(1)
  }
} else {
  mkdirSync('dist', { recursive: true })
  writeFileSync(target, code)
  // The launcher is CommonJS: Node starts it without its loader of ES modules, which takes longer than reading the program.
  writeFileSync('dist/package.json', '{ "type": "commonjs" }\n')
  chmodSync(target, 0o755)
  console.log(`${target}: ${(code.length / 1024).toFixed(0)} kB`)
}

/** The modules as one function expression of CommonJS, in ASCII: V8 reads that as one byte per character. */
async function program() {
  const build = await rolldown({
    input: 'src/cli/main.ts',
    platform: 'node',
    // The modules that bundlers are meant to read: plain ESM, without UMD wrappers or node-only entry points.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    plugins: [lazyPackages],
    onLog(level, log, handler) {
      if (level === 'warn') throw new Error(log.message)
      handler(level, log)
    },
  })
  const { output } = await build.generate({ format: 'cjs', codeSplitting: false, minify: true })
  await build.close()
  if (output.length !== 1) throw new Error(`expected one file, got ${output.map((chunk) => chunk.fileName).join(', ')}`)
  const ascii = output[0].code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `(function(exports,require,module){${ascii}\n})`
}

function launcher(text) {
  if (text.includes(star)) throw new Error('the program holds the text that stands for */')
  const [start, end] = ['dynolint:program\n', '\ndynolint:end']
  if (text.includes(start) || text.includes(end)) throw new Error('the program holds the marks around itself')
  const build = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const escaped = (value) => JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'")
  const head = readFileSync('scripts/launcher.js', 'utf8')
    .replaceAll('__BUILD__', build)
    .replaceAll('__START__', escaped(start))
    .replaceAll('__END__', escaped(end))
    .replaceAll('__STAR__', escaped(star))
  return `${head}\nfunction holder() {/*${start}${text.replaceAll('*/', star)}${end}*/}\n`
}
