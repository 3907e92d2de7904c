/**
 * `npm run rule -- area/name [-u]`: what a change of one rule needs, in seconds: the derived files, the types, and the test
 * of its page. `-u` rewrites the findings on the page.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const [id = '', ...flags] = process.argv.slice(2)
if (!existsSync(join(root, 'rules', id, 'rule.ts'))) {
  console.error('usage: npm run rule -- area/name [-u]   (a rule that exists)')
  process.exit(2)
}

// The registry first: the types and the page see a new rule through it.
const results = [await run('tsx', 'scripts/generate.ts', '--code-only')]
results.push(
  ...(await Promise.all([
    run('tsc', '--noEmit'),
    run('vitest', 'run', 'test/rules/pages.test.ts', '-t', `^${id} `, ...flags),
  ])),
)
// The pages are among the derived files, and `-u` has just written one.
results.push(await run('tsx', 'scripts/generate.ts'))
process.exitCode = Math.max(...results)

/** Runs a program of the development dependencies; its exit code. */
function run(program: string, ...args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32'
    const path = join(root, 'node_modules/.bin', windows ? `${program}.cmd` : program)
    const child = spawn(windows ? `"${path}"` : path, args, { cwd: root, stdio: 'inherit', shell: windows })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
