import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundled, type Ended, runBuilt } from '../support/built.ts'
import { repository } from '../support/trees.ts'

/** A check reads projects; it starts nothing, asks no network and runs no code but its own. */

const folder = bundled()
let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-sealed-'))
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function sealed(args: readonly string[], cwd: string): Ended & { broken: string } {
  const log = join(scratch, 'log')
  const ended = runBuilt(folder(), args, { cwd, preload: 'sealed.cjs', env: { SEALED_LOG: log } })
  return { ...ended, broken: existsSync(log) ? readFileSync(log, 'utf8') : '' }
}

const fixtures = readdirSync(join(repository, 'fixtures'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'expected')
  .map((entry) => entry.name)

describe('a check in a sealed process', () => {
  it.each(fixtures)('reports on %s as it does in an open one', (name) => {
    const cwd = join(repository, 'fixtures', name)
    const args = ['check', '--format', 'json', '--verbose']
    const { code, out, err, broken } = sealed(args, cwd)
    expect({ broken, err }).toEqual({ broken: '', err: '' })
    const open = runBuilt(folder(), args, { cwd })
    expect({ code, out }).toEqual({ code: open.code, out: open.out })
  })

  it.each(['show all', 'rules', 'explain settings/debug', 'pins', 'check --format sarif'])('runs %s too', (command) => {
    const { code, err, broken } = sealed(command.split(' '), join(repository, 'fixtures/guide'))
    expect({ broken, err }).toEqual({ broken: '', err: '' })
    expect(code).toBeLessThan(2)
  })

  it('is one that notices', () => {
    const probe = join(scratch, 'dynolint.js')
    writeFileSync(probe, "try { require('node:child_process').spawnSync('true') } catch {}\n")
    const log = join(scratch, 'log')
    runBuilt(scratch, [], { preload: 'sealed.cjs', env: { SEALED_LOG: log } })
    expect(readFileSync(log, 'utf8')).toBe('node:child_process.spawnSync\n')
  })
})

describe('the built files', () => {
  interface Node {
    readonly type: string
    readonly [key: string]: unknown
  }

  function nodesOf(value: unknown, visit: (node: Node) => void): void {
    if (value === null || typeof value !== 'object') return
    if ('type' in value) visit(value as Node)
    for (const inner of Object.values(value)) nodesOf(inner, visit)
  }

  it('load nothing but each other and parts of Node, each by a written name', () => {
    const names = readdirSync(folder()).filter((name) => name.endsWith('.js'))
    const wrong: string[] = []
    for (const name of names) {
      const { program } = parseSync(name, readFileSync(join(folder(), name), 'utf8').replace(/^#!.*/, ''), {
        sourceType: 'script',
      })
      nodesOf(program, (node) => {
        if (node.type === 'ImportExpression') wrong.push(`${name}: import()`)
        if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return
        const callee = node.callee as Node
        if (callee.type === 'Identifier' && (callee.name === 'eval' || callee.name === 'Function')) {
          wrong.push(`${name}: ${callee.name}`)
        }
        if (callee.type !== 'Identifier' || callee.name !== 'require') return
        const [argument] = node.arguments as Node[]
        const asked =
          argument?.type === 'Literal'
            ? String(argument.value)
            : argument?.type === 'TemplateLiteral'
              ? template(argument)
              : '?'
        if (names.includes(asked.replace(/^\.\//, '')) || partsOfNode.has(asked)) return
        // The heroku CLI of `snapshot`; the git of --staged, --rev and --since.
        const asksOthers = ['commands.js', 'git.js'].includes(name) && asked === 'node:child_process'
        // The package of the protocol has other ways to a client than standard input; `dynolint lsp` takes none of them.
        const otherWays = name === 'lsp.js' && ['child_process', 'net'].includes(asked)
        // When functions are optimized.
        const waits = name === 'cli.js' && asked === 'node:v8'
        if (!asksOthers && !otherWays && !waits) wrong.push(`${name}: require ${asked}`)
      })
    }
    expect(wrong).toEqual([])
  })

  /** Without processes, threads, sockets and compilers; `dynolint snapshot` alone starts the heroku CLI. */
  const partsOfNode = new Set(
    [
      'buffer',
      'crypto',
      'events',
      'fs',
      'module',
      'os',
      'path',
      'process',
      'readline',
      'stream',
      'timers/promises',
      'url',
      'tty',
      'util',
    ].flatMap((name) => [name, `node:${name}`]),
  )

  function template({ quasis }: Node): string {
    const [only, ...others] = quasis as { value: { cooked: string } }[]
    return others.length === 0 && only !== undefined ? only.value.cooked : '?'
  }
})
