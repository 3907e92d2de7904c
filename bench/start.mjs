/**
 * Wall time and memory of whole processes as a table: `npm run bench -- [--rounds 21] [--node PATH]… [--peer NAME=COMMAND]…`
 *
 * Every round runs each row once, after `node -e 0` of the same Node, so that both see the same machine; a row's ratio is the
 * median of the rounds' ratios. Standard output is a pipe, as in a hook and in CI. The project is a copy of fixtures/guide,
 * the home a folder of its own; a peer is a command line that is run in the repository.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    node: { type: 'string', multiple: true, default: [process.execPath] },
    peer: { type: 'string', multiple: true, default: [] },
    project: { type: 'string', default: 'fixtures/guide' },
  },
})
const rounds = Number(values.rounds)
const scratch = mkdtempSync(join(tmpdir(), 'dynolint-bench-'))
const project = join(scratch, 'project')
cpSync(values.project, project, { recursive: true })
const preload = join(scratch, 'measure.cjs')
// A home of its own, whoever runs this, and the peak of memory when it is asked for.
writeFileSync(
  preload,
  `const os = require('node:os')
const { userInfo } = os
os.userInfo = () => ({ ...userInfo(), homedir: ${JSON.stringify(scratch)} })
if (process.env.BENCH_PEAK) process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS))
})
`,
)
const peak = join(scratch, 'peak')
const tool = resolve('dist/dynolint.js')
const settings = join(project, 'backend/backend/settings.py')

for (const node of values.node) table(node)
rmSync(scratch, { recursive: true })

function table(node) {
  const rows = {
    'node -e 0': ['-e', '0'],
    '--version': [tool, '--version'],
    '--help': [tool, '--help'],
    'check, nothing cached': [tool, 'check', '--no-cache'],
    'check, after an edit of settings.py': [tool, 'check'],
    'check, unchanged': [tool, 'check'],
  }
  const times = Object.fromEntries(Object.keys(rows).map((name) => [name, []]))
  for (const peer of values.peer) times[peer.split('=')[0]] = []
  for (let round = -3; round < rounds; round++) {
    const took = {}
    for (const [name, args] of Object.entries(rows)) {
      if (name.includes('edit')) edit(round)
      took[name] = time(node, ['--require', preload, ...args], project)
    }
    for (const peer of values.peer) {
      const [name, ...command] = peer.split('=')
      const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
      took[name] = time('sh', ['-c', command.join('=')], process.cwd(), { ...process.env, PATH })
    }
    if (round >= 0) for (const [name, ms] of Object.entries(took)) times[name].push(ms)
  }
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  const [cpu] = cpus()
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${version}, ${cpus().length} x ${cpu.model}, ${rounds} rounds\n`,
  )
  console.log('| what | median ms | ratio to node -e 0 | peak memory |\n|---|---|---|---|')
  const bare = memory(node, rows['node -e 0'])
  for (const [name, all] of Object.entries(times)) {
    const ratio = median(all.map((ms, round) => ms / times['node -e 0'][round]))
    const used = rows[name] === undefined ? '' : (memory(node, rows[name]) / bare).toFixed(2)
    console.log(`| ${name} | ${median(all).toFixed(0)} | ${ratio.toFixed(2)} | ${used} |`)
  }
  console.log()
}

/** Something else each time, of the same length. */
function edit(round) {
  const text = readFileSync(settings, 'utf8').replace(/(# edit \d+\n)?$/, `# edit ${round + 10}\n`)
  writeFileSync(settings, text)
}

function time(command, args, cwd, env = process.env) {
  const start = process.hrtime.bigint()
  const { status } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
  if (status === null || status > 1) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** In kilobytes, the middle of five. */
function memory(node, args) {
  return median(
    [1, 2, 3, 4, 5].map(() => {
      spawnSync(node, ['--require', preload, ...args], { cwd: project, env: { ...process.env, BENCH_PEAK: peak } })
      return Number(readFileSync(peak, 'utf8'))
    }),
  )
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}
