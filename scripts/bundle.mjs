/**
 * Makes dist/dynolint.js: the whole tool in one file without dependencies. It is committed, so that `npx github:…`, the
 * pre-commit hook and an action need no build. `--check` bundles into memory and fails when the committed file differs.
 */
import { chmodSync, existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { rolldown } from 'rolldown'

const target = 'dist/dynolint.js'
const build = await rolldown({
  input: 'src/cli/bin.ts',
  platform: 'node',
  resolve: { conditionNames: ['import', 'node', 'default'] },
  onLog(level, log, handler) {
    if (level === 'warn') throw new Error(log.message)
    handler(level, log)
  },
})
const { output } = await build.generate({ format: 'esm', codeSplitting: false, minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } }, comments: { legal: true } })
await build.close()
if (output.length !== 1) throw new Error(`expected one file, got ${output.map((chunk) => chunk.fileName).join(', ')}`)
const code = output[0].code.endsWith('\n') ? output[0].code : `${output[0].code}\n`
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== code) {
    console.error(`${target} is stale; run: npm run bundle`)
    process.exit(1)
  }
} else {
  mkdirSync('dist', { recursive: true })
  writeFileSync(target, code)
  chmodSync(target, 0o755)
  console.log(`${target}: ${(code.length / 1024).toFixed(0)} kB`)
}
