import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as vm from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../src/library/library.ts'
import { today } from '../support/app.ts'
import { filesBelow, repository } from '../support/trees.ts'

/** The library as it is published: one module without Node, and its declarations. */

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-library-'))
  const made = join(folder, 'node_modules/dynolint')
  execFileSync(process.execPath, ['scripts/bundle.mjs', '--library', join(made, 'lib')], { cwd: repository })
  writeFileSync(join(made, 'package.json'), readFileSync(join(repository, 'package.json')))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const guide = filesBelow('fixtures/guide')

describe('the published library', () => {
  it('runs where there is nothing of Node, and says the same', async () => {
    // A context of its own has the language alone; a browser has these besides.
    const context = vm.createContext({ TextEncoder, TextDecoder, URL, Uint8Array })
    const source = readFileSync(join(folder, 'node_modules/dynolint/lib/index.js'), 'utf8')
    const run = `(async () => { ${asScript(source)}; return JSON.stringify(await library.check(files, { today })) })()`
    Object.assign(context, { files: guide, today })
    const answer: string = await vm.runInContext(run, context)
    expect(JSON.parse(answer)).toEqual(JSON.parse(JSON.stringify(await check(guide, { today }))))
  })

  it('is found by its name, by import and by require', () => {
    const file = join(folder, 'use.mjs')
    writeFileSync(
      file,
      "import { check, version } from 'dynolint'\nconst { summary } = await check({})\nconsole.log(version, typeof summary.error)\n",
    )
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^\d+\.\d+\.\d+ number\n$/)
  })

  it('has declarations that a strict program compiles with', () => {
    const names = readdirSync(join(folder, 'node_modules/dynolint/lib'))
    expect(names.filter((name) => name.endsWith('.d.ts')).length).toBeGreaterThan(1)
    writeFileSync(
      join(folder, 'use.ts'),
      `import { check, type Hop, type JsonReport, rules } from 'dynolint'
const report: JsonReport = await check({ Procfile: new Uint8Array() }, { language: 'fr', env: { DEBUG: false } })
const hops: Hop[] = report.findings.map(({ hop }) => hop)
const line: number = report.findings[0]?.start.line ?? 0
export const all: [Hop[], number, string[]] = [hops, line, rules().map(({ id }) => id)]
// @ts-expect-error: there is no such key
export const nothing = report.nothing
`,
    )
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2022',
      '--types',
      '',
    ]
    mkdirSync(join(folder, 'types'), { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, 'use.ts'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  }, 60_000)
})

/** A module as a script that binds `library`: contexts take no modules without a flag of Node. */
function asScript(source: string): string {
  const [, list = ''] = /export\s*\{([^}]*)\};?\s*$/.exec(source) ?? []
  const pairs = list.split(',').map((one) => one.trim().split(/\s+as\s+/))
  const bound = pairs.map(([local = '', name = local]) => `${JSON.stringify(name)}: ${local}`)
  return `${source.replace(/export\s*\{[^}]*\};?\s*$/, '')}; const library = { ${bound.join(', ')} }`
}
