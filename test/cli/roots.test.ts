import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { repository as root } from '../support/trees.ts'

let repository = ''
beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'dynolint-roots-'))
  execFileSync('git', ['init', '-q', repository])
  cpSync(join(root, 'test/pages/bases/channels'), join(repository, 'site'), { recursive: true })
  execFileSync('git', ['-C', repository, 'add', '-A'])
})
afterAll(() => rmSync(repository, { recursive: true, force: true }))

const push = async () => {
  const { out } = await dynolint(['check', '--format', 'json'], { cwd: repository })
  const [app] = JSON.parse(out).apps
  return { root: app.root, push: app.chain.find(({ hop }: { hop: string }) => hop === 'push').state }
}

it('a root below the repository’s is `?` until something makes it the root', async () => {
  expect(await push()).toEqual({ root: 'site', push: 'undetermined' })
  const buildpacks = [{ url: 'https://github.com/lstoll/heroku-buildpack-monorepo' }, { url: 'heroku/python' }]
  writeFileSync(join(repository, 'app.json'), JSON.stringify({ buildpacks, env: { APP_BASE: 'site' } }))
  expect(await push()).toEqual({ root: 'site', push: 'holds' })
  rmSync(join(repository, 'app.json'))
  writeFileSync(join(repository, 'dynolint.toml'), 'root = "site"\n')
  expect(await push()).toEqual({ root: 'site', push: 'holds' })
})
