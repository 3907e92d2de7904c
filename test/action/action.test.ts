import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../src/action/inputs.ts'
import { bundled } from '../support/built.ts'
import { filesBelow, repository } from '../support/trees.ts'

/** The action as a runner starts it: `main` of action.yml, the inputs as INPUT_*, and the files it hands over. */

const folder = bundled()
let scratch: string
let workspace: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-action-'))
  workspace = join(scratch, 'espace de travail')
  mkdirSync(workspace)
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly using: string; readonly main: string }
}
const action: ActionFile = parse(readFileSync(join(repository, 'action.yml'), 'utf8'))

interface Step {
  readonly code: number | null
  readonly log: string
  readonly err: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Runs the step: every input of action.yml is handed over, with its default where nothing is given. */
function step(given: Readonly<Record<string, string>> = {}): Step {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    given[name] ?? input.default,
  ])
  const files = { GITHUB_OUTPUT: join(scratch, 'output'), GITHUB_STEP_SUMMARY: join(scratch, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder(), '..', mainOf(folder()))], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      HOME: scratch,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: scratch,
      ...files,
      ...Object.fromEntries(inputs),
    },
    encoding: 'utf8',
    timeout: 60_000,
  })
  const written = readFileSync(files.GITHUB_OUTPUT, 'utf8')
  return {
    code: status,
    log: stdout,
    err: stderr,
    outputs: Object.fromEntries(
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  }
}

/** `main` names a file of dist/; what the sources make now stands in a folder of another name. */
function mainOf(built: string): string {
  expect(action.runs.main).toMatch(/^dist\//)
  return action.runs.main.replace(/^dist/, built.split('/').at(-1) as string)
}

const fill = (fixture: string): void => cpSync(join(repository, 'fixtures', fixture), workspace, { recursive: true })

const commandsIn = (log: string, command: string): string[] =>
  log.split('\n').filter((line) => line.startsWith(`::${command} `))

describe('action.yml', () => {
  it('starts the runner’s newest Node', () => {
    expect(action.runs.using).toBe('node24')
  })

  it('names the inputs that are read, and no other', () => {
    const read = new Set<string>()
    const env = new Proxy({} as Record<string, string>, {
      get(_, name) {
        read.add(String(name))
        return undefined
      },
    })
    readInputs(env, '/', 'report.json')
    expect([...read].sort()).toEqual(
      Object.keys(action.inputs)
        .map((name) => `INPUT_${name.toUpperCase()}`)
        .sort(),
    )
  })

  it('names the outputs that are written, and no other', () => {
    fill('guide-sound')
    expect(Object.keys(step().outputs).sort()).toEqual(Object.keys(action.outputs).sort())
  })
})

describe('the step', () => {
  it('fails for an error, and says in outputs, annotations and summary what and where', () => {
    fill('guide')
    const { code, log, err, outputs, summary } = step({ sarif: 'dynolint.sarif' })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const [error, ...others] = commandsIn(log, 'error')
    expect(others).toEqual([])
    expect(error).toContain('file=backend/backend/settings.py,line=70,')
    expect(error).toContain('title=settings/redis-tls::')
    expect(commandsIn(log, 'warning')).toHaveLength(Number(outputs.warnings))
    expect(outputs.errors).toBe('1')
    const [app] = JSON.parse(outputs.chain as string)
    expect(app).toMatchObject({ root: '.', breaks: 'message', hops: { http: 'holds', message: 'breaks' } })
    expect(summary).toContain('message ✗')
    expect(summary).toContain('settings/redis-tls')
    expect(outputs.sarif).toBe(join(workspace, 'dynolint.sarif'))
    const sarif = JSON.parse(readFileSync(outputs.sarif as string, 'utf8'))
    expect(sarif.runs[0].results.some(({ level }: { level: string }) => level === 'error')).toBe(true)
  })

  it('passes on a sound project', () => {
    fill('guide-sound')
    const { code, log, outputs } = step()
    expect(code).toBe(0)
    expect(commandsIn(log, 'error')).toEqual([])
    expect(outputs).toMatchObject({ errors: '0', sarif: '' })
    expect(JSON.parse(outputs.chain as string)[0].breaks).toBe(null)
  })

  it('passes where nothing fails it, in the language that is asked for', () => {
    fill('guide')
    const { code, log, summary } = step({ 'fail-on': 'never', lang: 'fr' })
    expect(code).toBe(0)
    expect(log).toContain('la chaîne casse à')
    expect(summary).toContain('| sévérité |')
  })

  it('annotates ten errors and ten warnings, and counts the others, which log and summary have', () => {
    const base = filesBelow('test/pages/bases/channels')
    for (const [path, bytes] of Object.entries(base)) put(path, bytes)
    const names = Array.from({ length: 14 }, (_, index) => `dynolint-absent-${index}`)
    put('requirements.txt', `${names.map((name) => `${name}==1.0\n${name}==2.0`).join('\n')}\n`)
    const { log, outputs, summary } = step()
    expect(Number(outputs.errors)).toBeGreaterThan(10)
    expect(commandsIn(log, 'error')).toHaveLength(10)
    expect(commandsIn(log, 'notice').at(-1)).toMatch(/^::notice title=dynolint::and \d+ more/)
    for (const name of names) expect(summary).toContain(name)
    for (const name of names) expect(log).toContain(name)
  })

  it('takes paths and further options a line each, blanks and all', () => {
    const other = join(workspace, 'une autre')
    cpSync(join(repository, 'fixtures/guide'), other, { recursive: true })
    cpSync(join(repository, 'fixtures/guide-sound'), join(workspace, 'sound'), { recursive: true })
    const { code, outputs } = step({ paths: 'une autre\n\nsound\n' })
    expect(code).toBe(1)
    const roots = JSON.parse(outputs.chain as string).map(({ root }: { root: string }) => root)
    expect(roots).toEqual(['sound', 'une autre'])
    // Without TLS there is no certificate to refuse.
    const plain = step({ paths: 'une autre', args: '--env\nREDIS_URL=redis://x.example:6379\n' })
    expect(plain.code).toBe(0)
  })

  it.each([
    [{ lang: 'de' }, '--lang is one of en, fr, not “de”'],
    [{ 'fail-on': 'sometimes' }, '--fail-on is one of'],
    [{ paths: 'nowhere' }, 'nowhere'],
    [{ args: '--no-such-option' }, 'unknown option --no-such-option'],
    [{ sarif: 'a\nb' }, 'the input sarif takes one line'],
    [{ config: 'absent.toml' }, 'absent.toml'],
    [{ since: 'main' }, '--since'],
  ])('says as an annotation what is wrong with %j, and fails with 2', (given, message) => {
    fill('guide-sound')
    const { code, log, err, outputs } = step(given as Record<string, string>)
    expect({ code, err, outputs }).toEqual({ code: 2, err: '', outputs: {} })
    const [error, ...others] = commandsIn(log, 'error')
    expect(others).toEqual([])
    expect(error).toMatch(/^::error title=dynolint::/)
    expect(error).toContain(message)
  })

  it('does not call an empty workspace sound', () => {
    const { code, log } = step()
    expect(code).toBe(2)
    expect(log).toBe(
      '::error title=dynolint::the workspace is empty: a step with actions/checkout has to come before this one\n',
    )
  })

  it('writes nothing into the workspace', () => {
    fill('guide')
    const held = () => readdirSync(workspace, { recursive: true }).sort()
    const before = held()
    step()
    expect(held()).toEqual(before)
  })
})

const hasGit = spawnSync('git', ['--version']).status === 0

describe.skipIf(!hasGit)('the step in a pull request', () => {
  function git(cwd: string, ...args: string[]): string {
    const env = { PATH: process.env.PATH, HOME: scratch, GIT_CONFIG_NOSYSTEM: '1' }
    const named = ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', '-c', 'init.defaultBranch=main']
    const { status, stdout, stderr } = spawnSync('git', [...named, ...args], { cwd, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout.trim()
  }

  /** A base with the guide’s project, and a change on top of it; answers the base’s commit. */
  function pullRequest(): string {
    fill('guide')
    git(workspace, 'init', '-q')
    git(workspace, 'add', '-A')
    git(workspace, 'commit', '-q', '-m', 'base')
    const base = git(workspace, 'rev-parse', 'HEAD')
    put('Procfile', 'web: gunicorn backend.wsgi --chdir backend\n')
    git(workspace, 'commit', '-q', '-a', '-m', 'change')
    return base
  }

  it('shows what the change brings', () => {
    const base = pullRequest()
    const { code, log } = step({ since: base })
    expect(code).toBe(1)
    expect(commandsIn(log, 'error').some((line) => line.includes('title=procfile/wsgi-server'))).toBe(true)
    expect(log).not.toContain('title=settings/redis-tls')
  })

  it('says what a checkout without history lacks', () => {
    const base = pullRequest()
    const origin = workspace
    workspace = join(scratch, 'shallow')
    git(scratch, 'clone', '-q', '--depth', '1', `file://${origin}`, workspace)
    expect(existsSync(join(workspace, 'Procfile'))).toBe(true)
    const { code, log } = step({ since: base })
    expect(code).toBe(2)
    expect(log).toContain('this clone is shallow (actions/checkout: fetch-depth: 0)')
  })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(join(workspace, path, '..'), { recursive: true })
  writeFileSync(join(workspace, path), content)
}
