import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands, options } from '../../src/cli/args.ts'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

const script = async (shell: string) => (await dynolint(['completions', shell], { cwd: repository })).out

/** What editors alone hand over. */
const ofServer: ReadonlySet<string> = new Set(['stdio', 'clientProcessId'])

const bash = '/bin/bash'
const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0

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
    for (const name of Object.keys(options).filter((one) => !ofServer.has(one)))
      expect(text).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`)
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

  it.skipIf(!existsSync(bash))('bash offers rules behind a comma, and profiles', async () => {
    expect(await offered('--select', 'settings/debug,settings/redis-t')).toEqual(['settings/debug,settings/redis-tls'])
    expect(await offered('--profile', 's')).toEqual(['strict'])
  })

  it.skipIf(!has('fish'))('fish offers what fits, and says what it is', async () => {
    const program = await script('fish')
    const answers = questions.map(([typed]) => {
      const ran = spawnSync('fish', ['--no-config', '-c', `${program}\ncomplete -C'dynolint ${typed}'`], {
        cwd: repository,
        encoding: 'utf8',
      })
      return ran.stdout.split('\n').filter(Boolean)
    })
    for (const [at, [, word]] of questions.entries())
      expect(answers[at]?.map((one) => one.split('\t')[0])).toEqual([word.split(' ').at(-1)])
    expect(answers[0]).toEqual(['explain\twhy a rule exists'])
  })

  // A terminal of its own, whose line editor is given the beginning of a line, the tabulator key and the end of the line.
  it.skipIf(!has('zsh'))('zsh completes what fits', async () => {
    const setUp = `PROMPT=; dynolint() { print -r -- "ran:<$*>" }; autoload -Uz compinit; compinit -u -D; eval "$COMPLETIONS"`
    const program = `zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner "$SET_UP; print -r -- set:up" && zpty -r -m inner seen $'*\\nset:up*'
for typed in "$@"; do
  zpty -w -n inner "dynolint $typed"$'\\t\\n' && zpty -r -m inner seen $'*\\nran:<*>*'
  print -r -- "\${\${seen##*ran:<}%%>*}"
done
zpty -d inner`
    const ran = spawnSync('zsh', ['-f', '-c', program, 'zsh', ...questions.map(([typed]) => typed)], {
      cwd: repository,
      encoding: 'utf8',
      env: { ...process.env, TERM: 'dumb', SET_UP: setUp, COMPLETIONS: await script('zsh') },
    })
    expect(ran.stdout.split('\n').filter(Boolean)).toEqual(questions.map(([, completed]) => completed))
  })
})

/** What is typed, and the line after the tabulator key. */
const questions = [
  ['expl', 'explain'],
  ['check --select settings/redis-t', 'check --select settings/redis-tls'],
  ['check --profile s', 'check --profile strict'],
  ['check -f sar', 'check -f sarif'],
  ['--format=sar', '--format=sarif'],
  ['explain --lang fr settings/redis-t', 'explain --lang fr settings/redis-tls'],
  ['show set', 'show settings'],
  ['check --config CONTRIBUTING.f', 'check --config CONTRIBUTING.fr.md'],
] as const
