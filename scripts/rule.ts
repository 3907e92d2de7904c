/**
 * `npm run rule -- area/name [-u]`: what a change of one rule needs, in seconds: the derived files, its form, the types, and
 * the test of its page. `-u` rewrites the findings on the page, and the form.
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
const registry = await run('tsx', 'scripts/generate.ts', '--code-only')
const update = flags.includes('-u') ? ['--write'] : []
const [form, types, page] = await Promise.all([
  run('biome', 'check', ...update, `rules/${id}`),
  // What did not change since the last time is not checked again: that is four fifths of the time.
  run('tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', join(root, '.cache/types.tsbuildinfo')),
  run('vitest', 'run', 'test/rules/pages.test.ts', '-t', `^${id} `, '--hideSkippedTests', ...flags),
])
// The pages are among the derived files, and `-u` has just written one.
const derived = await run('tsx', 'scripts/generate.ts')
const results = { 'the registry': registry, 'its form': form, types, 'its page': page, 'the derived files': derived }
const failed = Object.entries(results).flatMap(([what, code]) => (code === 0 ? [] : [what]))
console.log(failed.length === 0 ? `${id}: all is well` : `${id}: see above, not yet well: ${failed.join(', ')}`)
process.exitCode = Math.max(...Object.values(results))

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
