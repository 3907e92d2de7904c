/**
 * Rewrites src/knowledge/servers/*.generated.ts from the servers themselves: several releases of each are installed under
 * .cache/servers (without their dependencies, which come once), and their own parsers are asked for their options.
 * Needs Python >= 3.12 (PYTHON, default python3) and its package index. Not part of the tests.
 *
 * usage: npm run knowledge:servers
 */
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OptionFact, ServerFacts } from '../src/knowledge/servers/model.ts'

const cache = join(import.meta.dirname, '../.cache/servers')
const python = process.env.PYTHON ?? 'python3'
const dependencies = [
  'click<8.2',
  'h11',
  'twisted',
  'autobahn',
  'asgiref',
  'wsproto',
  'h2',
  'priority',
  'typing_extensions',
  'anyio',
  'packaging',
  'setuptools<80',
  'typer<0.12',
  'toml',
  'watchfiles',
  'uvloop',
]

const releases: Record<string, string> = {
  daphne:
    '1.3.0 1.4.2 2.0.0 2.0.1 2.0.2 2.0.3 2.0.4 2.1.0 2.1.1 2.1.2 2.2.0 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.3.0 2.4.0 2.4.1 2.5.0 3.0.0 3.0.1 3.0.2 4.0.0 4.1.0 4.1.1 4.1.2 4.2.0 4.2.1 4.2.2 4.2.3',
  uvicorn:
    '0.11.0 0.11.8 0.12.0 0.12.3 0.13.0 0.13.4 0.14.0 0.15.0 0.16.0 0.17.6 0.18.0 0.18.3 0.19.0 0.20.0 0.21.0 0.21.1 0.22.0 0.23.0 0.23.2 0.24.0 0.25.0 0.26.0 0.27.0 0.27.1 0.28.0 0.28.1 0.29.0 0.30.0 0.30.6 0.31.0 0.31.1 0.32.0 0.32.1 0.33.0 0.34.0 0.34.3 0.35.0 0.36.0 0.36.1 0.37.0 0.38.0 0.39.0 0.40.0 0.41.0 0.42.0 0.43.0 0.44.0 0.45.0 0.46.0 0.47.0 0.48.0 0.49.0 0.50.0 0.50.2 0.51.0 0.52.0 0.52.4 0.53.0 0.54.0',
  gunicorn:
    '20.0.0 20.0.4 20.1.0 21.0.0 21.1.0 21.2.0 22.0.0 23.0.0 24.0.0 24.1.0 24.1.1 25.0.0 25.0.3 25.1.0 25.2.0 25.3.0 26.0.0 26.1.0 26.2.0 27.0.0 27.0.1',
  hypercorn:
    '0.9.0 0.9.5 0.10.0 0.10.2 0.11.0 0.11.2 0.12.0 0.13.0 0.13.2 0.14.0 0.14.4 0.15.0 0.16.0 0.17.0 0.17.3 0.18.0',
  granian:
    '1.0.2 1.1.2 1.2.3 1.3.2 1.4.4 1.5.2 1.6.4 1.7.6 2.0.0 2.0.1 2.1.0 2.1.2 2.2.0 2.2.6 2.3.0 2.3.4 2.4.0 2.4.2 2.5.0 2.5.7 2.6.0 2.6.1 2.7.0 2.7.9 2.8.0 2.8.7',
  waitress: '1.4.4 2.0.0 2.1.2 3.0.0 3.0.2',
}

interface Read {
  readonly parser: ServerFacts['parser']
  readonly abbreviates: boolean
  readonly options: readonly Raw[]
  readonly positionals: readonly Raw[]
}
type Raw = { readonly [key: string]: unknown; readonly names: string[]; readonly dest: string }

function install(folder: string, requirements: readonly string[], withDependencies: boolean): string {
  const target = join(cache, folder)
  if (!existsSync(target)) {
    const options = ['-q', '--no-compile', '--disable-pip-version-check', '--target', target]
    execFileSync(
      python,
      ['-m', 'pip', 'install', ...options, ...(withDependencies ? [] : ['--no-deps']), ...requirements],
      { stdio: 'inherit' },
    )
  }
  return target
}

function readRelease(server: string, release: string, shared: string): Read {
  const own = install(`${server}-${release}`, [`${server}==${release}`], false)
  const script = join(import.meta.dirname, 'knowledge-servers.py')
  const env = { PATH: process.env.PATH ?? '', PYTHONPATH: `${own}:${shared}`, PYTHONWARNINGS: 'ignore' }
  return JSON.parse(execFileSync(python, [script, server], { env, encoding: 'utf8' })) as Read
}

/** The option without what says nothing: the same text in two releases means the same option. */
function fact(raw: Raw): OptionFact {
  const type = ['int', 'float', 'bool'].includes(String(raw.type)) ? (raw.type as OptionFact['type']) : 'str'
  const negations = (raw.negations as string[] | undefined) ?? []
  const empty =
    raw.default === null ||
    raw.default === '==SUPPRESS==' ||
    raw.default === undefined ||
    (Array.isArray(raw.default) && raw.default.length === 0)
  return {
    names: raw.names,
    ...(negations.length > 0 ? { negations } : {}),
    dest: raw.dest,
    arity: raw.arity as OptionFact['arity'],
    type: raw.arity === 0 ? 'bool' : type,
    ...(Array.isArray(raw.choices) ? { choices: raw.choices as string[] } : {}),
    ...(empty ? {} : { default: raw.default as string }),
    ...(raw.repeats === true ? { repeats: true as const } : {}),
    ...(raw.foldsCase === true ? { foldsCase: true as const } : {}),
    ...(raw.exists === true ? { exists: true as const } : {}),
    ...(typeof raw.min === 'number' ? { min: raw.min } : {}),
    ...(typeof raw.max === 'number' ? { max: raw.max } : {}),
  }
}

/** Options over all releases: the same form in a row of releases is one entry. */
function fold(all: readonly (readonly OptionFact[])[], names: readonly string[]): OptionFact[] {
  const rows = new Map<string, { fact: OptionFact; present: boolean[] }>()
  for (const [index, options] of all.entries()) {
    for (const option of options) {
      const key = JSON.stringify(option)
      const row = rows.get(key) ?? { fact: option, present: names.map(() => false) }
      row.present[index] = true
      rows.set(key, row)
    }
  }
  return [...rows.values()].flatMap(({ fact, present }) =>
    ranges(present).map(([from, to]) => ({
      ...fact,
      ...(from > 0 ? { since: names[from] as string } : {}),
      ...(to < names.length ? { until: names[to] as string } : {}),
    })),
  )
}

function ranges(present: readonly boolean[]): [number, number][] {
  const out: [number, number][] = []
  for (const [index, here] of present.entries()) {
    const last = out.at(-1)
    if (here && last?.[1] === index) last[1] = index + 1
    else if (here) out.push([index, index + 1])
  }
  return out
}

function generate(server: string, shared: string): void {
  const names = (releases[server] as string).split(' ')
  const reads = names.map((release) => readRelease(server, release, shared))
  const last = reads.at(-1) as Read
  const pick = (part: 'options' | 'positionals') =>
    fold(
      reads.map((read) => read[part].map(fact)),
      names,
    )
  const list = (facts: readonly OptionFact[]) => facts.map((entry) => `    ${JSON.stringify(entry)},`).join('\n')
  const text = `// Generated by scripts/knowledge-servers.ts from the releases named below. Do not edit.
import type { ServerFacts } from './model.ts'

export const ${server}: ServerFacts = {
  name: '${server}',
  parser: '${last.parser}',
  abbreviates: ${last.abbreviates},
  releases: ${JSON.stringify(names)},
  options: [
${list(pick('options'))}
  ],
  positionals: [
${list(pick('positionals'))}
  ],
}
`
  writeFileSync(join(import.meta.dirname, `../src/knowledge/servers/${server}.generated.ts`), text)
}

const shared = install('dependencies', dependencies, true)
for (const server of Object.keys(releases)) generate(server, shared)
