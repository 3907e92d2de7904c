/**
 * Speed and memory of `dynolint logs` over a large log: a cold process of the bundle that reads standard input, as
 * behind `heroku logs`. Writes the log to a temporary file first. `node bench/logs.mjs [megabytes] [rounds]`
 */
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const megabytes = Number(process.argv[2] ?? 100)
const rounds = Number(process.argv[3] ?? 5)
const folder = mkdtempSync(join(tmpdir(), 'dynolint-bench-'))
const file = join(folder, 'app.log')

/** Small and repeatable. */
function randoms(seed) {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Of 1000 entries: 560 router lines, 360 lines of the app, 70 of sockets, 8 errors of the router, 2 tracebacks. */
function entry(random, time) {
  const dyno = `web.${1 + random(4)}`
  const id = `${random(1e9).toString(16).padStart(8, '0')}-3a51-4c5a-9c06-${random(1e12).toString(16).padStart(12, '0')}`
  const router = (head, path, tail) =>
    `${time} heroku[router]: ${head}method=GET path="${path}" host=shop-1a2b3c4d5e6f.herokuapp.com request_id=${id} fwd="203.0.113.${random(256)}" dyno=${dyno} connect=0ms ${tail} protocol=https\n`
  const app = (text) => `${time} app[${dyno}]: ${text}\n`
  const kind = random(1000)
  if (kind < 560)
    return router(
      'at=info ',
      `/api/items/${random(1e6)}/?page=${random(90)}`,
      `service=${random(400)}ms status=200 bytes=${random(9000)}`,
    )
  if (kind < 920)
    return app(
      `10.1.${random(256)}.7:${random(60000)} - - [22/Nov/2026:10:00:00] "GET /api/items/${random(1e6)}/" 200 ${random(9000)}`,
    )
  if (kind < 990)
    return router('at=info ', `/ws/chat/?token=${id}`, `service=${random(3600000)}ms status=101 bytes=129`)
  if (kind < 998)
    return router('at=error code=H12 desc="Request timeout" ', '/report/', 'service=30001ms status=503 bytes=0')
  return [
    'Traceback (most recent call last):',
    `  File "/app/chat/consumers.py", line ${10 + random(30)}, in connect`,
    '    await self.channel_layer.group_add("x", self.channel_name)',
    kind === 998 ? "KeyError: 'room'" : "AttributeError: 'NoneType' object has no attribute 'group_add'",
  ]
    .map(app)
    .join('')
}

function writeLog() {
  const random = randoms(7)
  const out = openSync(file, 'w')
  let size = 0
  for (let second = 0; size < megabytes * 1e6; second++) {
    let part = ''
    const time = new Date(Date.UTC(2026, 10, 22) + second * 1000).toISOString().replace('Z', '000+00:00')
    for (let i = 0; i < 2000; i++) part += entry(random, time)
    size += writeSync(out, part)
  }
  closeSync(out)
  return size
}

/** Milliseconds, of the clock and of the processor (from /proc, in ticks of 10 ms), and the peak of resident memory in megabytes. */
function measure(args, stdin) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint()
    const child = spawn(process.execPath, ['dist/dynolint.js', ...args], { stdio: [stdin, 'ignore', 'inherit'] })
    let peak = 0
    let cpu = 0
    const poll = setInterval(() => {
      try {
        peak = Math.max(
          peak,
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
        )
        const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')
        cpu = Math.max(cpu, (Number(fields[11]) + Number(fields[12])) * 10)
      } catch {
        // It has just ended.
      }
    }, 10)
    child.on('exit', (code) => {
      clearInterval(poll)
      const ms = Number(process.hrtime.bigint() - start) / 1e6
      if (code === 0) resolve({ ms, cpu, peak: peak / 1024 })
      else reject(new Error(`dynolint logs ended with ${code}`))
    })
  })
}

async function piped() {
  const cat = spawn('cat', [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  return measure(['logs'], cat.stdout)
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
try {
  const size = writeLog()
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${(size / 1e6).toFixed(0)} MB, ${rounds} rounds`,
  )
  console.log('| how | median ms | MB/s | processor ms | MB/s | peak RSS MB |\n|---|---|---|---|---|---|')
  for (const [name, run] of [
    ['standard input', piped],
    ['--file', () => measure(['logs', '--file', file], 'ignore')],
  ]) {
    const results = []
    for (let round = 0; round < rounds; round++) results.push(await run())
    const ms = median(results.map((result) => result.ms))
    const cpu = median(results.map((result) => result.cpu))
    const peak = Math.max(...results.map((result) => result.peak))
    console.log(
      `| ${name} | ${ms.toFixed(0)} | ${(size / 1e3 / ms).toFixed(0)} | ${cpu} | ${(size / 1e3 / cpu).toFixed(0)} | ${peak.toFixed(0)} |`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
