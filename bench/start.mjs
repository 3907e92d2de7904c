/**
 * Wall time of whole processes, in pairs: `node -e 0` and a run of the bundle on a fixture, in turn, so that both see the
 * same machine. A check is timed twice: told again from a kept report, and read anew (the compiled code stays cached).
 * Prints medians and the median of the pairs' ratios. `node bench/start.mjs [rounds] [fixture]`
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const rounds = Number(process.argv[2] ?? 21)
const fixture = process.argv[3] ?? 'fixtures/guide'
const cache = mkdtempSync(join(tmpdir(), 'dynolint-bench-'))
const env = { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache }
const forget = () => rmSync(join(cache, 'dynolint/runs'), { recursive: true, force: true })
const commands = {
  'node -e 0': { args: ['-e', '0'] },
  '--version': { args: ['dist/dynolint.js', '--version'] },
  [`check ${fixture}, read anew`]: { args: ['dist/dynolint.js', fixture], before: forget },
  [`check ${fixture}, unchanged since the last run`]: { args: ['dist/dynolint.js', fixture] },
}

function time({ args, before }) {
  before?.()
  const start = process.hrtime.bigint()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore', env })
  if (status === null || status > 1) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
for (let round = -3; round < rounds; round++) {
  for (const [name, command] of Object.entries(commands)) {
    const ms = time(command)
    if (round >= 0) times[name].push(ms)
  }
}
rmSync(cache, { recursive: true })
console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${rounds} rounds`)
console.log('| command | median ms | ratio to node -e 0 |\n|---|---|---|')
for (const [name, values] of Object.entries(times)) {
  const ratios = values.map((value, round) => value / times['node -e 0'][round])
  console.log(`| ${name} | ${median(values).toFixed(1)} | ${median(ratios).toFixed(2)} |`)
}
