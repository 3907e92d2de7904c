import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { check } from '../src/check.ts'
import { readArguments } from '../src/cli/args.ts'
import { decode } from '../src/files/decode.ts'
import { overlay } from '../src/files/tree.ts'
import { openApp, rootsOf } from '../src/open/open.ts'

const rounds = Number(process.argv[3] ?? 40)
const folder = realpathSync(resolve(process.argv[2] ?? 'fixtures/guide'))
const io = { cwd: folder, today: '2026-11-29', env: {}, terminal: false, out() {}, err() {} }
const args = readArguments([], io)
const roots = await rootsOf(folder, args, folder)
for (const root of roots) {
  const t0 = performance.now()
  const opened = await openApp(root, args, io)
  const first = check(opened)
  const cold = performance.now() - t0
  const settings = first.app.settings.file ?? 'x'
  console.log(
    root,
    settings,
    opened.tree.kind(settings),
    'cold',
    cold.toFixed(1),
    'findings',
    first.report.findings.length,
    'py',
    first.app.project.python.length,
  )
  const times: number[] = []
  const text = (opened.tree.read(settings) as any).text
  for (let i = 0; i < rounds; i++) {
    const file = decode(settings, new TextEncoder().encode(text + '\n# ' + 'x'.repeat(i)))
    const a = performance.now()
    check({ ...opened, tree: overlay(opened.tree, new Map([[settings, file]])) })
    times.push(performance.now() - a)
  }
  const s = times.slice().sort((x, y) => x - y)
  console.log(
    times
      .slice(0, 8)
      .map((t) => t.toFixed(1))
      .join(' '),
    '| median',
    s[s.length >> 1]!.toFixed(2),
    'min',
    s[0]!.toFixed(2),
  )
}
