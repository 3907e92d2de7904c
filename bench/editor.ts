import { realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readArguments } from '../src/cli/args.ts'
import { openBuffers, uriOf } from '../src/lsp/buffers.ts'
import { editorProject } from '../src/lsp/project.ts'
import { rootsOf } from '../src/open/open.ts'

/**
 * `npx tsx bench/editor.ts [--rounds 41] [--file PATH] [folder…]`: what a keystroke in the settings (or another file) costs in a
 * process that keeps what did not change, beside the first check of the same project in that process. Milliseconds of
 * processor time, which other work on the machine changes less than time by the clock.
 */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '41' }, file: { type: 'string' } },
  allowPositionals: true,
})
const rounds = Number(values.rounds)
const args = readArguments([], { cwd: '.', today: '', env: {}, terminal: false, out() {}, err() {} })

for (const folder of positionals.length > 0 ? positionals : ['fixtures/guide']) {
  const path = realpathSync(resolve(folder))
  for (const root of await rootsOf(path, args, path)) console.log(await row(root))
}

async function row(root: string): Promise<string> {
  const buffers = openBuffers(() => 'utf-16')
  const project = editorProject({
    root,
    buffers,
    today: () => '2026-11-29',
    settings: () => args,
    watched: () => true,
  })
  const began = process.cpuUsage()
  const { app } = await project.current()
  const cold = spent(began)
  const file = values.file ?? app.settings.file ?? 'Procfile'
  const source = app.tree.read(file)
  const text = typeof source === 'string' ? '' : source.text
  const uri = uriOf(join(root, file))
  buffers.open(uri, 0, text)
  const times: number[] = []
  for (let round = 1; round <= rounds; round++) {
    buffers.change(uri, round, [{ text: `${text}\n# ${'x'.repeat(round)}` }])
    project.edited(join(root, file))
    const start = process.cpuUsage()
    await project.current()
    times.push(spent(start))
  }
  // The first rounds run what the compiler has not seen often yet.
  const later = times.slice(Math.min(5, times.length - 1)).sort((a, b) => a - b)
  const middle = later[later.length >> 1] as number
  return `${relative(process.cwd(), root)} ${file}: first ${cold.toFixed(0)}, keystroke ${middle.toFixed(1)} (${(middle / cold).toFixed(2)} of it), best ${(later[0] as number).toFixed(1)}`
}

/** User and system, of every thread. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}
