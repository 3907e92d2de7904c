/**
 * `npm run new-rule -- area/name`: a small rule that works, with its page in both languages and the cases that the reality
 * rig asks for. It finds uvicorn and says so: everything in it is there to be replaced, one piece after the other.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { scaffoldOf } from './scaffold.ts'

const root = join(import.meta.dirname, '..')
const id = process.argv[2] ?? ''
const areas = ['procfile', 'deps', 'settings', 'asgi', 'app', 'frontend', 'engine']
if (!areas.includes(id.split('/')[0] ?? '') || !/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
  console.error(`usage: npm run new-rule -- area/name   (area: ${areas.join(', ')}; name: like-this)`)
  process.exit(2)
}
const files = scaffoldOf(id)
const existing = Object.keys(files).filter((path) => existsSync(join(root, path)))
if (existing.length > 0) {
  console.error(`${existing.join(', ')} exists already`)
  process.exit(2)
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const { status } = spawnSync('npm', ['run', 'rule', '--', id, '-u'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
const cases = Object.keys(files).filter((path) => path.startsWith('test/reality/cases/'))
console.log(`
${status === 0 ? 'It works.' : 'It is written, and does not pass: see above.'} Now make it yours, in rules/${id}:
  rule.ts                the record of each message, then check(); CONTRIBUTING.md says what helps to ask the model
  rule.md, rule.fr.md    write both; \`npm run rule -- ${id} -u\` writes their findings, and README.md and docs
and in test/reality/cases, where two cases have to fire and two near misses must not:
  ${cases.map((path) => path.replace('test/reality/cases/', '')).join('\n  ')}
What no run can show stands in test/reality/coverage.ts instead, with its reason.
To undo it: remove rules/${id} and these cases, then \`npm run generate\`.`)
process.exitCode = status ?? 1
