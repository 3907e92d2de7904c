import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tellingFaults } from '../../src/cli/debug.ts'
import type { Io } from '../../src/cli/io.ts'
import { tellFault } from '../../src/evaluate/python/faults.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { takeFaults } from '../support/faults.ts'
import { repository } from '../support/trees.ts'

async function told(language: 'en' | 'fr', run: () => void) {
  let err = ''
  const io: Io = {
    cwd: '/',
    today,
    env: {},
    terminal: false,
    out() {},
    err: (text) => {
      err += text
    },
  }
  const code = await tellingFaults(
    async () => {
      run()
      return 1
    },
    language,
    io,
  )
  takeFaults()
  return { code, err: err.replace(/(?:^ {4}at .*\n)+/gm, '    at …\n') }
}

it('tells each fault once with its count and stack, and how many there were', async () => {
  const error = new TypeError('not written for this')
  const fault = { model: 'shlex.split', file: 'mysite/settings.py', line: 12, error }
  const { code, err } = await told('en', () => {
    tellFault(fault)
    tellFault({ model: undefined, file: '', line: undefined, error: new RangeError('too deep') })
    tellFault(fault)
  })
  expect(code).toBe(1)
  expect(err).toBe(
    [
      'dynolint: mysite/settings.py:12: `shlex.split`: TypeError: not written for this (×2)',
      '    at …',
      'dynolint: the interpreter: RangeError: too deep (×1)',
      '    at …',
      'dynolint: failures of the evaluator: 3 (https://github.com/dynolint/dynolint/issues)',
      '',
    ].join('\n'),
  )
  expect((await told('fr', () => tellFault(fault))).err).toContain('dynolint : défaillances de l’évaluateur : 1 (')
  expect((await told('fr', () => {})).err).toBe('dynolint : défaillances de l’évaluateur : 0\n')
})

it('belongs to every command', async () => {
  const cwd = join(repository, 'fixtures/guide-sound')
  const plain = await dynolint([], { cwd })
  expect(plain.err).toBe('')
  expect(await dynolint(['--debug'], { cwd })).toEqual({ ...plain, err: 'dynolint: failures of the evaluator: 0\n' })
  const shown = await dynolint(['show', 'settings', '--debug', '--lang', 'fr'], { cwd })
  expect(shown).toMatchObject({ code: 0, err: 'dynolint : défaillances de l’évaluateur : 0\n' })
})
