import { describe, expect, it } from 'vitest'
import { appOf } from '../../../support/app.ts'

const base = {
  'manage.py': '',
  'backend/mysite/asgi.py': 'application = 1\n',
  'requirements.txt': 'daphne\n',
}

function web(files: Record<string, string>) {
  const process = appOf({ ...base, ...files }).processes.web
  return {
    server: process?.server?.name,
    cwd: process?.server?.step.cwd,
    why: process?.runs.flatMap(({ unknowns }) => unknowns.map(({ why }) => why.en)) ?? [],
    argv: process?.steps.map(({ argv }) => argv.map(({ parts }) => parts.join('')).join(' ')) ?? [],
  }
}

const start = (script: string): string => JSON.stringify({ scripts: { start: script } })

describe('a program that starts itself', () => {
  it.each([
    ['npm start', { Procfile: 'web: npm start\n', 'package.json': start('npm start') }],
    ['npm run, with arguments that grow', { Procfile: 'web: npm start\n', 'package.json': start('npm start -- x') }],
    ['make', { Procfile: 'web: make run\n', Makefile: 'run:\n\tmake run\n' }],
    ['make by turns', { Procfile: 'web: make a\n', Makefile: 'a:\n\tmake b\nb:\n\tmake a\n' }],
    [
      'supervisord',
      { Procfile: 'web: supervisord -c s.conf\n', 's.conf': '[program:x]\ncommand=supervisord -c s.conf\n' },
    ],
    [
      'two managers',
      {
        Procfile: 'web: supervisord -c s.conf\n',
        's.conf': '[program:x]\ncommand=npm start\n',
        'package.json': start('supervisord -c s.conf'),
      },
    ],
    ['a script', { Procfile: 'web: ./run.sh\n', 'run.sh': '#!/bin/sh\nexec ./run.sh\n' }],
    [
      'a script with arguments that grow',
      { Procfile: 'web: ./run.sh\n', 'run.sh': '#!/bin/sh\nexec ./run.sh "$@" x\n' },
    ],
  ] as [string, Record<string, string>][])('is undetermined, with its reason: %s', (_, files) => {
    const { server, why } = web(files)
    expect(server).toBeUndefined()
    expect(why.join()).toMatch(/starts itself again|too deep to follow|not known|too many/)
  })

  it('is not what runs twice, one after the other', () => {
    const { why, server } = web({
      Procfile: 'web: make check check2 run\n',
      Makefile:
        'check:\n\tmake -f other.mk\ncheck2:\n\tmake -f other.mk\nrun:\n\tcd backend && daphne mysite.asgi:application\n',
      'other.mk': 'all:\n\techo ok\n',
    })
    expect({ why, server }).toEqual({ why: [], server: 'daphne' })
  })
})

describe('npm and its like', () => {
  const served = { 'backend/package.json': start('daphne mysite.asgi:application') }

  it.each([
    'npm start --prefix backend',
    'npm --prefix backend start',
    'npm --prefix=backend run start',
    'npm run start --prefix backend',
    'npm -C backend start --silent',
    'npm --silent --prefix ./backend run-script start',
    'yarn --cwd backend start',
    'pnpm -C backend start',
    'pnpm --dir backend run start',
    'bun --cwd backend run start',
  ])('runs the script of the folder that an option names: %s', (command) => {
    expect(web({ ...served, 'package.json': start(command), Procfile: 'web: npm start\n' })).toEqual({
      server: 'daphne',
      cwd: 'backend',
      why: [],
      argv: ['daphne mysite.asgi:application'],
    })
  })

  it('hands on what stands behind the name and the dashes, and keeps its own options', () => {
    const files = (command: string) => ({ Procfile: `web: ${command}\n`, 'package.json': start('daphne -b 0.0.0.0') })
    expect(web(files('npm start --loglevel warn -- -p 8000 x:y')).argv).toEqual(['daphne -b 0.0.0.0 -p 8000 x:y'])
    expect(web(files('npm --if-present start x:y')).argv).toEqual(['daphne -b 0.0.0.0 x:y'])
    expect(web(files('yarn start -p 8000 x:y')).argv).toEqual(['daphne -b 0.0.0.0 -p 8000 x:y'])
  })

  it('is not read where another package is meant, or a folder without one', () => {
    const own = { 'package.json': start('daphne x:y') }
    expect(web({ ...own, Procfile: 'web: npm -w api start\n' }).argv).toEqual(['npm -w api start'])
    expect(web({ ...own, Procfile: 'web: npm --prefix nowhere start\n' }).argv).toEqual(['npm --prefix nowhere start'])
  })
})

/** Each took minutes, or the memory of the machine, before it was bounded: the suite's time limit is the check. */
describe('what grows without end', () => {
  const doubling = Array.from({ length: 40 }, () => 'A=$A$A').join('; ')
  const levels = Array.from({ length: 9 }, (_, n) => `V${n} = ${`$(V${n + 1})`.repeat(30)}`).join('\n')
  it.each([
    ['a variable that doubles itself', { Procfile: `web: A=xx; ${doubling}; daphne $A\n` }],
    ['an unknown one', { Procfile: `web: A=$X; ${doubling}; daphne $A\n` }],
    ['variables of make', { Procfile: 'web: make\n', Makefile: `V9 = x\n${levels}\nrun:\n\tdaphne $(V0)\n` }],
    [
      'stars of a case',
      {
        Procfile: `web: A=${'a'.repeat(3000)}; case $A in ${'*a'.repeat(30)}b) daphne x:y;; esac\n`,
      },
    ],
    ['stars of a prefix', { Procfile: `web: A=${'a'.repeat(3000)}; daphne \${A##${'*a'.repeat(30)}b}\n` }],
    ['stars of a replacement', { Procfile: `web: A=${'a'.repeat(1500)}; daphne \${A//${'*a'.repeat(10)}b/c}\n` }],
    [
      'stars of file names',
      {
        Procfile: `web: daphne ${'*a'.repeat(30)}b\n`,
        ['a'.repeat(200)]: '',
      },
    ],
  ] as [string, Record<string, string>][])('ends: %s', (_, files) => {
    expect(appOf({ ...base, ...files }).processes.all).toHaveLength(1)
  })
})
