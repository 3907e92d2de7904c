/**
 * Wall time of whole processes, in pairs: `node -e 0` and a run of the bundle on a fixture, in turn, so that both see the
 * same machine. Prints medians and the median of the pairs' ratios. `node bench/start.mjs [rounds] [fixture]`
 */
import { spawnSync } from 'node:child_process'

const rounds = Number(process.argv[2] ?? 21)
const fixture = process.argv[3] ?? 'fixtures/guide'
const commands = {
  'node -e 0': ['-e', '0'],
  '--version': ['dist/dynolint.js', '--version'],
  [`check ${fixture}`]: ['dist/dynolint.js', fixture],
}

function time(args) {
  const start = process.hrtime.bigint()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  if (status === null || status > 1) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
for (let round = -2; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const ms = time(args)
    if (round >= 0) times[name].push(ms)
  }
}
console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${rounds} rounds`)
console.log('| command | median ms | ratio to node -e 0 |\n|---|---|---|')
for (const [name, values] of Object.entries(times)) {
  const ratios = values.map((value, round) => value / times['node -e 0'][round])
  console.log(`| ${name} | ${median(values).toFixed(1)} | ${median(ratios).toFixed(2)} |`)
}
