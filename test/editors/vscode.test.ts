import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChainNode, chainTree } from '../../editors/vscode/src/chain-tree.ts'
import { serverScript } from '../../editors/vscode/src/server.ts'
import { actionKinds } from '../../src/lsp/actions.ts'
import { bundled } from '../support/built.ts'
import { repository } from '../support/trees.ts'

const extension = join(repository, 'editors/vscode')
const json = (name: string) => JSON.parse(readFileSync(join(extension, name), 'utf8'))

describe('the extension of Visual Studio Code', () => {
  const server = bundled()
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dynolint-extension-'))
    execFileSync(process.execPath, ['scripts/extension.mjs', '--into', join(folder, 'dist')], { cwd: repository })
    symlinkSync(server(), join(folder, 'server'))
    mkdirSync(join(folder, 'broken'))
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** In a process of its own, with a stand-in for the module `vscode`. */
  function run(script: string): string {
    const start = `
      const { vscode, seen, settings } = require(${JSON.stringify(join(repository, 'test/editors/vscode.cjs'))})
      vscode.workspace.workspaceFolders = [{ uri: vscode.Uri.file(${JSON.stringify(join(repository, 'fixtures/guide'))}), name: 'guide', index: 0 }]
      const extension = require(${JSON.stringify(join(folder, 'dist/extension.js'))})
      const context = { extensionPath: ${JSON.stringify(folder)}, subscriptions: [] }
      ;(async () => {${script}})().then(() => process.exit(0), (error) => { console.error(error); process.exit(1) })`
    return execFileSync(process.execPath, ['-e', start], { encoding: 'utf8', timeout: 60_000 })
  }

  it('starts the server in it, shows the chain, checks the project when told to, and ends', () => {
    const out = run(`
      await extension.activate(context)
      const view = seen.views.get('dynolint.chain')
      const nodes = await view.getChildren()
      const items = nodes.map((node) => view.getTreeItem(node))
      const broken = nodes.find((node) => node.children.length > 0)
      const reason = view.getTreeItem((await view.getChildren(broken))[0])
      await vscode.commands.executeCommand('dynolint.checkProject')
      await vscode.commands.executeCommand('dynolint.restart')
      const again = await view.getChildren()
      await extension.deactivate()
      console.log(JSON.stringify({
        context: seen.context, commands: [...seen.commands.keys()], hops: items.map(({ label, description }) => label + ' ' + description),
        command: reason.command.command, target: String(reason.command.arguments[0]), again: again.length,
        messages: seen.messages.filter(([kind]) => kind !== 'diagnostics'),
      }))`)
    const seen = JSON.parse(out)
    expect(seen.hops).toHaveLength(9)
    expect(seen.hops).toContain('message breaks')
    expect(seen).toMatchObject({
      context: { 'dynolint.active': true },
      command: 'vscode.open',
      target: expect.stringMatching(/settings\.py$/),
      again: 9,
      messages: [['status', expect.stringMatching(/^dynolint: findings: \d+, projects: 1$/)]],
    })
    expect(seen.commands).toEqual(expect.arrayContaining(['dynolint.restart', 'dynolint.showChain']))
  }, 60_000)

  it('says that a server cannot be started, and ends all the same', () => {
    const out = run(`
      settings.server = ${JSON.stringify(join(folder, 'nowhere.js'))}
      await extension.activate(context)
      console.log(JSON.stringify(await seen.views.get('dynolint.chain').getChildren()))
      await extension.deactivate()
      console.log(seen.messages.some(([kind, text]) => kind === 'error' && text.includes('could not be started')))`)
    expect(out).toBe('[]\ntrue\n')
  }, 60_000)
})

describe('its manifest', () => {
  const { contributes, version, l10n } = json('package.json')

  it('has the version of the tool', () => {
    expect(version).toBe(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version)
  })

  it('names what both languages have words for', () => {
    const used = [...readFileSync(join(extension, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(
      ([, key]) => key,
    )
    for (const file of ['package.nls.json', 'package.nls.fr.json']) {
      expect(Object.keys(json(file)).sort()).toEqual([...new Set(used)].sort())
    }
    const source = readFileSync(join(extension, 'src/extension.ts'), 'utf8')
    const said = [...source.matchAll(/l10n\.t\(\s*'([^']+)'/g)].map(([, text]) => text)
    expect(readdirSync(join(extension, l10n))).toEqual(['bundle.l10n.fr.json'])
    expect(Object.keys(json('l10n/bundle.l10n.fr.json')).sort()).toEqual(said.sort())
  })

  it('offers the commands that the extension or the server answers, and the settings that the server reads', () => {
    const source = readFileSync(join(extension, 'src/extension.ts'), 'utf8')
    const commands: string[] = contributes.commands.map(({ command }: { command: string }) => command)
    for (const command of commands.filter((one) => one !== 'dynolint.checkProject'))
      expect(source).toContain(`'${command}'`)
    const read = readFileSync(join(repository, 'src/lsp/settings.ts'), 'utf8')
    const settings = Object.keys(contributes.configuration.properties).map((name) => name.replace('dynolint.', ''))
    for (const name of settings.filter((one) => one !== 'server' && one !== 'trace.server'))
      expect(read).toContain(`  ${name}: v.`)
    expect(actionKinds).toContain('source.fixAll.dynolint')
  })
})

describe('its parts', () => {
  it('find the server', () => {
    expect(serverScript('', '/ext', '/app')).toBe(join('/ext', 'server', 'dynolint.js'))
    expect(serverScript('/x/dynolint.js', '/ext', '/app')).toBe('/x/dynolint.js')
    expect(serverScript('node_modules/dynolint/dist/dynolint.js', '/ext', '/app')).toBe(
      join('/app', 'node_modules/dynolint/dist/dynolint.js'),
    )
  })

  it('show several projects by their names, in French too', () => {
    const links = [{ hop: 'boot', state: 'breaks' as const, reasons: [{ text: 'why', at: null }] }]
    const [a, b] = chainTree(
      [
        { uri: 'file:///x/caf%C3%A9', text: '', links },
        { uri: 'file:///x/b', text: '', links: [] },
      ],
      'fr',
    )
    expect(a).toMatchObject({
      label: 'café',
      children: [{ label: 'boot', description: 'casse', children: [{ label: 'why' }] }],
    })
    expect(b?.children).toEqual([] satisfies ChainNode[])
  })
})
