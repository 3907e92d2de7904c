/**
 * `node bench/watch.mjs [--rounds 41] [--project fixtures/guide] [--tool dist/dynolint.js] [--node PATH]`: how long after a file is
 * saved `check --watch` has written the next report. The settings are saved with DEBUG on and off in turn, so that each report is
 * another; wall time from before the write until the report is read here. Milliseconds.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '41' },
    project: { type: 'string', default: 'fixtures/guide' },
    file: { type: 'string', default: 'backend/backend/settings.py' },
    tool: { type: 'string', default: 'dist/dynolint.js' },
    node: { type: 'string', default: process.execPath },
  },
})
const project = mkdtempSync(join(tmpdir(), 'dynolint-watch-'))
cpSync(values.project, project, { recursive: true })
const file = join(project, values.file)
const text = readFileSync(file, 'utf8')
const child = spawn(values.node, [resolve(values.tool), 'check', '--watch'], {
  cwd: project,
  env: { PATH: process.env.PATH, LANG: 'C' },
})
let heard = () => {}
child.stderr.on('data', (line) => heard(String(line)))
child.stdout.resume()
const next = () => new Promise((resolve) => (heard = resolve))

await next()
const times = []
for (let round = 0; round < Number(values.rounds); round++) {
  await pause(120)
  const start = performance.now()
  const told = next()
  writeFileSync(file, `${text}\n${round % 2 === 0 ? 'DEBUG = True\nALLOWED_HOSTS = []\n' : ''}`)
  await told
  times.push(performance.now() - start)
}
child.kill('SIGINT')
rmSync(project, { recursive: true })
// The first rounds run what the compiler has not seen often yet.
const later = times.slice(Math.min(5, times.length - 1)).sort((a, b) => a - b)
const at = (share) => later[Math.floor((later.length - 1) * share)].toFixed(0)
console.log(`median ${at(0.5)}, a tenth below ${at(0.1)}, a tenth above ${at(0.9)}`)
