import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands, options } from '../../src/cli/args.ts'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

const script = async (shell: string) => (await dynolint(['completions', shell], { cwd: repository })).out

const bash = '/bin/bash'

/** What bash would offer for the last word. */
async function offered(...line: string[]): Promise<string[]> {
  const words = line.map((word) => `'${word}'`).join(' ')
  const program = `${await script('bash')}
COMP_WORDS=(dynolint ${words}); COMP_CWORD=${line.length}; _dynolint; printf '%s\\n' "\${COMPREPLY[@]}"`
  return spawnSync(bash, ['--norc', '-c', program], { cwd: repository, encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
}

describe('completions', () => {
  it.each(['bash', 'zsh', 'fish'])('%s knows every option and command', async (shell) => {
    const text = await script(shell)
    for (const name of Object.keys(options)) expect(text).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`)
    for (const command of commands) expect(text).toContain(command)
    expect(text).toContain('settings/redis-tls')
  })

  it('a shell that is not known is named', async () => {
    expect(await dynolint(['completions', 'tcsh'], { cwd: repository })).toMatchObject({
      code: 2,
      err: 'dynolint: completions needs a shell: bash, zsh, fish\n',
    })
  })

  it.skipIf(!existsSync(bash))('bash offers what fits', async () => {
    expect(await offered('expl')).toEqual(['explain'])
    expect(await offered('explain', 'settings/redis-t')).toEqual(['settings/redis-tls'])
    expect(await offered('--format', 'sa')).toEqual(['sarif'])
    expect(await offered('check', '-f', 'js')).toEqual(['json'])
    expect((await offered('check', '--uns')).sort()).toEqual(['--unsafe-fixes', '--unset'])
    expect(await offered('--config', 'package.j')).toEqual(['package.json'])
    expect((await offered('check', 'READM')).sort()).toEqual(['README.fr.md', 'README.md'])
  })
})
