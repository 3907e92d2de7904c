import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/trees.ts'

/** Imports only point down this list; folders of one line do not see each other. */
const order: readonly (readonly string[])[] = [
  ['src/contracts'],
  [
    'src/nearest.ts',
    'src/get-or-insert.ts',
    'src/linearize.ts',
    'src/unique-by.ts',
    'src/digest.ts',
    'src/first-where.ts',
    'src/stopwatch.ts',
    'src/terminal',
  ],
  ['src/about.generated.ts', 'src/pages.generated.ts'],
  ['src/privacy'],
  ['src/knowledge'],
  ['src/files'],
  ['src/syntax'],
  ['src/evaluate/parts.ts', 'src/evaluate/condition.ts'],
  ['src/evaluate/environment.ts'],
  ['src/evaluate/python', 'src/evaluate/shell', 'src/evaluate/javascript'],
  ['src/config', 'src/snapshot'],
  ['src/app'],
  ['src/engine'],
  ['src/report', 'src/logs'],
  ['src/show'],
  ['rules'],
  ['src/check.ts'],
  ['src/open'],
  ['src/mend'],
  ['src/lsp', 'src/library'],
  ['src/cli'],
  ['src/action'],
]

function place(file: string): { rank: number; unit: string } {
  for (const [rank, units] of order.entries()) {
    const unit = units.find((name) => file === name || file.startsWith(`${name}/`))
    if (unit !== undefined) return { rank, unit }
  }
  throw new Error(`${file} belongs to no layer`)
}

function sources(): string[] {
  return ['src', 'rules'].flatMap((folder) =>
    readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(repository, join(entry.parentPath, entry.name))),
  )
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts|node:[^']+)'/g)].map((match) => match[1] as string)
}

/** The files of the project that are loaded with a file. */
function loadedBy(file: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8')
  const imports = [...text.matchAll(/^(?:import|export) (?!type )([^'"]*?)from '(\.[^']+\.ts)'/gm)]
  const loaded = imports.filter(([, names = '']) => !/^\{(?:\s*type \w+,?)+\s*\}/.test(names))
  return loaded.map(([, , target = '']) => join(dirname(file), target))
}

/** Packages that a file names in an import, of types too, or in a `require`. */
function packagesOf(file: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8')
  return [...text.matchAll(/(?:from|import|\))\s*\(?\s*'([@a-z][^':]*)'/g)].map((match) => match[1] as string)
}

describe('layers', () => {
  const files = sources().sort()

  it('only import from the left: contracts, files, syntax, evaluate, app, engine, report, rules', () => {
    const wrong: string[] = []
    for (const file of files) {
      const from = place(file)
      for (const target of importsOf(file)) {
        if (target.startsWith('node:')) continue
        const to = place(join(dirname(file), target))
        if (to.unit === from.unit || to.rank < from.rank) continue
        wrong.push(`${file} -> ${target}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('touch the world through doors alone: one to read files, one to write them', () => {
    const touching = files.filter((file) => importsOf(file).some((target) => /^node:fs/.test(target)))
    // The compiled program is looked at before anything is read, output goes to the descriptors; the log that `dynolint logs --file` reads may be a pipe: a stream of the user's own naming.
    expect(touching).toEqual([
      'src/cli/compile-cache.ts',
      'src/cli/kept-program.ts',
      'src/cli/logs.ts',
      'src/cli/start.ts',
      'src/files/fs.ts',
      'src/files/write.ts',
    ])
    const writing = files.filter((file) => importsOf(file).some((target) => target.endsWith('files/write.ts')))
    expect(writing).toEqual([
      'src/action/start.ts',
      'src/cli/fix.ts',
      'src/cli/init.ts',
      'src/cli/outputs.ts',
      'src/cli/pins.ts',
      'src/cli/snapshot.ts',
      'src/cli/write-baseline.ts',
    ])
    const others = files.filter((file) =>
      importsOf(file).some((target) => /^node:(child_process|net|https?|dgram|tls|os|worker_threads|vm)/.test(target)),
    )
    // A folder for the action’s report; the real home folder; the user's own `git`, asked on request; their `heroku`, asked by `dynolint snapshot`; the tool's own files, as V8 compiled them before; their pager, for `explain`;
    // the home folder, for git's `~`.
    expect(others).toEqual([
      'src/action/start.ts',
      'src/cli/compile-cache.ts',
      'src/cli/git.ts',
      'src/cli/heroku.ts',
      'src/cli/kept-program.ts',
      'src/cli/pager.ts',
      'src/files/git/repository.ts',
    ])
  })

  it('give the library and the playground nothing of Node: they run in a browser', () => {
    const closure = new Set(['src/library/library.ts', 'playground/src/worker.ts'])
    // A set gives what is added while it is walked. Imports of types alone are gone when it runs.
    for (const file of closure) for (const target of loadedBy(file)) closure.add(target)
    expect(closure.size).toBeGreaterThan(300)
    expect([...closure].filter((file) => importsOf(file).some((target) => target.startsWith('node:')))).toEqual([])
    const globals = /\bBuffer\.|\bprocess\.(?:env|cwd|getBuiltinModule|platform|versions|std\w+)\b|\bsetImmediate\(/
    expect([...closure].filter((file) => globals.test(readFileSync(join(repository, file), 'utf8')))).toEqual([])
  })

  it('read a format through one door: parsers from elsewhere are known in src/syntax alone', () => {
    const parsers = ['js-tokens', 'jsonc-parser', 'toml-eslint-parser', 'unbash', 'yaml']
    const users = (name: string) => files.filter((file) => packagesOf(file).includes(name))
    expect(parsers.filter((name) => users(name).length === 0)).toEqual([])
    expect(parsers.flatMap(users).filter((file) => !file.startsWith('src/syntax/'))).toEqual([])
  })

  it('keep with a rule what it alone reads', () => {
    const readers = new Map<string, Set<string>>()
    for (const file of files) {
      for (const target of importsOf(file)) {
        if (target.startsWith('node:')) continue
        const read = join(dirname(file), target)
        readers.set(read, (readers.get(read) ?? new Set()).add(ruleOf(file) ?? file))
      }
    }
    const alone = [...readers].filter(
      ([file, by]) => file.startsWith('src/app/') && by.size === 1 && [...by].every((one) => isRule(one)),
    )
    expect(alone.map(([file, by]) => `${file} is read by ${[...by].join()} alone`)).toEqual([])
  })

  it('export no two types of one name, but for the nodes of two languages', () => {
    const places = new Map<string, string[]>()
    for (const file of files) {
      for (const name of typesOf(file)) places.set(name, [...(places.get(name) ?? []), file])
    }
    const twice = [...places].filter(
      ([, where]) => where.filter((file) => !file.startsWith('src/syntax/')).length > 0 && where.length > 1,
    )
    expect(twice.map(([name, where]) => `${name}: ${where.join(', ')}`)).toEqual([])
  })

  it('ask no clock: the day comes with the check, from the command line or the library’s caller', () => {
    const asking = files.filter((file) =>
      /\bnew Date\(\)|\bDate\.now\(|\bperformance\.now\(|\bDate\(\)/.test(readFileSync(join(repository, file), 'utf8')),
    )
    expect(asking.filter((file) => !file.includes('.generated.'))).toEqual([
      'src/cli/start.ts',
      'src/library/library.ts',
    ])
  })

  it('keep every file under 400 lines', () => {
    const long = files.filter((file) => !file.includes('.generated.') && lines(file) > 400)
    expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })
})

function lines(file: string): number {
  return readFileSync(join(repository, file), 'utf8').split('\n').length
}

/** `rules/asgi/http-route/rule.ts` -> `rules/asgi/http-route`. */
function ruleOf(file: string): string | undefined {
  return /^rules\/[^/]+\/[^/]+(?=\/)/.exec(file)?.[0]
}

const isRule = (reader: string): boolean => reader.startsWith('rules/') && !reader.endsWith('.ts')

function typesOf(file: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8')
  return [...text.matchAll(/^export (?:class|interface|type) (\w+)/gm)].map((match) => match[1] as string)
}
