import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { about } from '../../src/about.generated.ts'
import { parseDockerfile } from '../../src/syntax/dockerfile/dockerfile.ts'
import { bundled } from '../support/built.ts'
import { repository } from '../support/trees.ts'

/** What the documents tell people to put into their CI, and the component of GitLab, run. */

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block)

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<
    Record<string, { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
  >
}
interface Step {
  readonly id?: string
  readonly uses?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, unknown>>
}

const action = parse(read('action.yml')) as {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}
const own = new URL(about.repository).pathname.slice(1)
const documents = ['README.md', 'README.fr.md', 'docs/ci.md', 'docs/ci.fr.md']

describe.each(documents)('the workflow in %s', (document) => {
  const text = blocksOf(read(document), 'yaml').find((block) => /^jobs:$/m.test(block)) ?? ''
  const workflow: Workflow = parse(text)
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps)

  it('gives no permission but those that a job names, and those are read, or of code scanning', () => {
    expect(workflow.permissions).toEqual({})
    for (const { permissions, steps: its } of jobs) {
      const uploads = its.some(({ uses = '' }) => uses.includes('/upload-sarif@'))
      expect(permissions).toEqual({ contents: 'read', ...(uploads && { 'security-events': 'write' }) })
    }
  })

  it('pins what others wrote by commit, with the version behind it, and this project by its version', () => {
    for (const [, name = '', revision = '', comment = ''] of text.matchAll(/uses: ([^@\s]+)@(\S+)(.*)$/gm)) {
      if (name === own) expect(revision).toBe(`v${about.version}`)
      else expect(`${revision}${comment}`).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    }
  })

  it('checks out before it checks', () => {
    expect(steps[0]?.uses).toMatch(/^actions\/checkout@/)
  })

  it('hands over inputs that there are', () => {
    const mine = steps.filter(({ uses }) => uses?.startsWith(`${own}@`))
    expect(mine).toHaveLength(1)
    for (const name of Object.keys(mine[0]?.with ?? {})) expect(action.inputs).toHaveProperty(name)
    for (const [, name = ''] of text.matchAll(/steps\.dynolint\.outputs\.([\w-]+)/g)) {
      expect(action.outputs).toHaveProperty(name)
    }
  })
})

it.each(documents)('%s hides no exit code', (document) => {
  expect(read(document).replaceAll('`|| true`', '')).not.toMatch(/\|\| true|continue-on-error|allow_failure/)
})

it.each(['docs/ci.md', 'docs/ci.fr.md'])('%s tells of every input and output of the action', (document) => {
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)]) {
    expect(read(document)).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'))
  }
})

describe('templates/dynolint.yml', () => {
  const [header, body] = parseAllDocuments(read('templates/dynolint.yml')).map((one) => one.toJS())
  const job = body.dynolint
  const inputs = header.spec.inputs as Readonly<Record<string, { readonly default: string }>>
  const folder = bundled()
  let scratch: string
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'dynolint-gitlab-'))
  })
  afterEach(() => {
    rmSync(scratch, { recursive: true, force: true })
  })

  it('uses each of its inputs, and no other', () => {
    const used = [...JSON.stringify(body).matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name)
    expect(used.sort()).toEqual(Object.keys(inputs).sort())
  })

  it('has documents that name its inputs', () => {
    for (const document of ['docs/ci.md', 'docs/ci.fr.md'])
      for (const name of Object.keys(inputs)) expect(read(document)).toContain(`\`${name}\``)
  })

  /** Runs the script of the job in `sh`, as a runner does, with the built tool in place of the package. */
  function run(fixture: string, given: Readonly<Record<string, string>> = {}) {
    const project = join(scratch, 'project')
    cpSync(join(repository, 'fixtures', fixture), project, { recursive: true })
    const bin = join(scratch, 'bin')
    mkdirSync(bin)
    writeFileSync(
      join(bin, 'npx'),
      `#!/bin/sh\n[ "$1 $2" = "--yes dynolint@${about.version}" ] || exit 99\nshift 2\nexec "${process.execPath}" "${folder()}/dynolint.js" "$@"\n`,
    )
    chmodSync(join(bin, 'npx'), 0o755)
    const filled = (text: string): string =>
      text.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => given[name] ?? inputs[name]?.default ?? '')
    const variables = Object.entries(job.variables as Record<string, unknown>).map(([name, value]) => [
      name,
      filled(String(value)),
    ])
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', (job.script as string[]).join('\n')], {
      cwd: project,
      env: { PATH: `${bin}:${process.env.PATH}`, HOME: scratch, ...Object.fromEntries(variables) },
      encoding: 'utf8',
      timeout: 60_000,
    })
    const report = (name: string): string => readFileSync(join(project, name), 'utf8')
    return { code: status, log: stdout, err: stderr, report }
  }

  it('fails for an error, and leaves the reports that its artifacts name', () => {
    const { code, log, err, report } = run('guide')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(log).toContain('the chain breaks at message')
    const issues = JSON.parse(report(job.artifacts.reports.codequality)) as Readonly<Record<string, unknown>>[]
    const keys = ['check_name', 'description', 'fingerprint', 'location', 'severity']
    for (const issue of issues) expect(Object.keys(issue)).toEqual(expect.arrayContaining(keys))
    expect(issues.map(({ check_name }) => check_name)).toContain('settings/redis-tls')
    expect(report(job.artifacts.reports.junit)).toContain('<testsuites')
    expect(job.artifacts.when).toBe('always')
  })

  it('takes its inputs as one option each', () => {
    const { code, log } = run('guide', {
      'fail-on': 'never',
      lang: 'fr',
      paths: 'Procfile backend',
      args: '-v --no-cache',
    })
    expect(code).toBe(0)
    expect(log).toContain('la chaîne casse')
  })

  it('does not hide that the result is not to be trusted', () => {
    expect(run('guide-sound', { since: 'main' }).code).toBe(2)
  })
})

describe('the Dockerfile', () => {
  const instructions = parseDockerfile(read('Dockerfile'))
  const last = (name: string): string => instructions.findLast((one) => one.name === name)?.text.trim() ?? ''

  it('starts what it copies, as nobody in particular', () => {
    const [from = '', to = ''] = last('COPY').split(' ')
    const [program, entry = ''] = JSON.parse(last('ENTRYPOINT')) as string[]
    expect(program).toBe('node')
    expect(existsSync(join(repository, entry.replace(to, from)))).toBe(true)
    expect(last('USER')).toBe('node')
    expect(
      read('.dockerignore')
        .split('\n')
        .filter((line) => line !== ''),
    ).toEqual(['*', `!${from}`])
  })
})
