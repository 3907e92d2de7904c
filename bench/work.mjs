/**
 * The work of one check of fixtures/guide in counts that do not depend on the machine: files of the tool that are read,
 * their characters, functions that are compiled because they run, and calls. `node bench/work.mjs` prints them; `--check`
 * fails when one is above its limit. A limit is raised by hand, with the reason in the commit.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const limits = { files: 15, characters: 1_830_000, functions: 4_640, calls: 205_000 }

const folder = mkdtempSync(join(tmpdir(), 'dynolint-work-'))
const { status, stderr } = spawnSync(process.execPath, ['dist/dynolint.js', 'check', 'fixtures/guide'], {
  encoding: 'utf8',
  env: { ...process.env, NODE_V8_COVERAGE: folder, DYNOLINT_NO_CACHE: '1' },
})
if (status !== 1) throw new Error(`the check ended with ${status}: ${stderr}`)

const [file] = readdirSync(folder)
const scripts = JSON.parse(readFileSync(join(folder, file), 'utf8')).result.filter(({ url }) => url.includes('/dist/'))
rmSync(folder, { recursive: true })
const counts = scripts.flatMap(({ functions }) => functions.map(({ ranges }) => ranges[0].count))
const work = {
  files: scripts.length,
  characters: scripts.reduce((sum, { functions }) => sum + functions[0].ranges[0].endOffset, 0),
  functions: counts.filter((count) => count > 0).length,
  calls: counts.reduce((sum, count) => sum + count, 0),
}

console.log('| count | now | limit |\n|---|---|---|')
for (const [name, limit] of Object.entries(limits)) console.log(`| ${name} | ${work[name]} | ${limit} |`)
const above = Object.entries(limits).filter(([name, limit]) => work[name] > limit)
if (process.argv.includes('--check') && above.length > 0) {
  console.error(`above its limit: ${above.map(([name]) => name).join(', ')}`)
  process.exitCode = 1
}
