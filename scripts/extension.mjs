/**
 * Makes the extension of Visual Studio Code: `npm run extension [-- --out FILE]`. Its own code becomes one file, dist/ is its server, and
 * vsce packs both; `--into FOLDER` makes the file alone, there. Nothing of it is committed.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'

const { values } = parseArgs({ options: { out: { type: 'string' }, into: { type: 'string' } } })
const folder = 'editors/vscode'
const vsce = '@vscode/vsce@3.9.2'

const build = await rolldown({
  input: { extension: join(folder, 'src/extension.ts') },
  platform: 'node',
  external: ['vscode'],
  resolve: { mainFields: ['main'], conditionNames: ['node', 'require', 'default'] },
})
await build.write({ dir: values.into ?? join(folder, 'dist'), format: 'cjs', minify: true, codeSplitting: false })
await build.close()
if (values.into === undefined) pack()

function pack() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const out = resolve(values.out ?? join(folder, `dynolint-${version}.vsix`))
  rmSync(join(folder, 'server'), { recursive: true, force: true })
  cpSync('dist', join(folder, 'server'), { recursive: true })
  mkdirSync(dirname(out), { recursive: true })
  // Fetched when it is needed: its tree has packages with install scripts, and nothing else of the project wants it.
  execFileSync('npx', ['--yes', vsce, 'package', '--no-dependencies', '--out', out], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, npm_config_ignore_scripts: 'true' },
  })
}
