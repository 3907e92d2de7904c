import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readApp } from '../../../src/app/read-app.ts'
import { allWorlds } from '../../../src/app/settings/worlds.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { diskTree } from '../../../src/files/disk.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { overlay, readText, type SourceFile } from '../../../src/files/tree.ts'
import { today } from '../../support/app.ts'
import { argv } from './collect.ts'
import { plausible } from './environments.ts'
import type { Project } from './project.ts'
import { type Answer, type Harness, openHarness, prepareOverlays } from './python.ts'
import { compareAll, run } from './tool.ts'

/** One process of a project: what CPython runs first, and the line of a Procfile that starts it. */
interface Entry {
  readonly kind: 'manage' | 'asgi' | 'wsgi' | 'celery'
  readonly process: string
  readonly line: string
  readonly entry: NonNullable<Parameters<Harness['ask']>[0]['entry']>
}

export interface WorldCounts {
  /** The same settings module, and no value that is another. */
  agreed: number
  /** The model says of this process that it does not know its settings. */
  open: number
  /** CPython raised before it had chosen, or where the chosen module is run. */
  raised: number
  readonly wrong: string[]
}

/** The processes that a project's files make possible, by the modules beside its settings. */
function entriesOf({ folder, base, modules }: Project): Entry[] {
  const [settings = ''] = modules
  const cd = base === '.' ? '' : `cd ${base} && `
  const top = settings.split('.')[0] ?? ''
  const has = (path: string) => existsSync(join(folder, base, path))
  const packages = [top, settings.split('.').slice(0, -1).join('.')].filter((name) => name !== '')
  const found: Entry[] = []
  if (has('manage.py'))
    found.push({
      kind: 'manage',
      process: 'release',
      line: `${cd}python manage.py check`,
      entry: { script: 'manage.py' },
    })
  for (const [kind, process, start] of [
    ['asgi', 'web', 'daphne -b 0.0.0.0 -p $PORT '],
    ['wsgi', 'second', 'gunicorn '],
    ['celery', 'worker', 'celery -A '],
  ] as const) {
    const module = packages.map((name) => `${name}.${kind}`).find((one) => has(`${one.replaceAll('.', '/')}.py`))
    if (module === undefined) continue
    const target = kind === 'celery' ? `${module} worker` : `${module}:application`
    found.push({ kind, process, line: `${cd}${start}${target}`, entry: { module } })
  }
  return found
}

/** Compares, for every process, the module that CPython chose and what it holds with the world that the model gives it. */
export async function judgeWorlds(project: Project, real: ReadonlySet<string>): Promise<WorldCounts> {
  const counts: WorldCounts = { agreed: 0, open: 0, raised: 0, wrong: [] }
  const entries = entriesOf(project)
  if (entries.length === 0) return counts
  const { folders, versions } = prepareOverlays(project.pins)
  const harness = openHarness(project.folder, project.untracked)
  const base = project.base === '.' ? '/app' : `/app/${project.base}`
  try {
    for (const config of [undefined, project.modules.at(-1)]) {
      for (const one of entries) {
        const env: Record<string, string> = config === undefined ? {} : { DJANGO_SETTINGS_MODULE: config }
        const ask = () =>
          harness.ask({
            ...{ module: '', cwd: base, root: '/app', path: base === '/app' ? ['/app'] : [base, '/app'], argv, env },
            ...{ stubs: project.stubs, hidden: [], overlays: folders, timeout: 20, entry: one.entry },
          })
        let answer = await ask()
        // Give it what it asks for until it starts, or asks for nothing new.
        for (let round = 0; round < 8 && !answer.ok; round++) {
          const asked = answer.reads.filter((name) => !(name in env) && !/^(?:PATH|HOME|DJANGO_\w*|\*)$/.test(name))
          if (asked.length === 0) break
          for (const name of asked) env[name] = plausible(name)
          answer = await ask()
        }
        judge(counts, project, one, entries, answer, env, { real, versions })
      }
    }
  } finally {
    harness.close()
  }
  return counts
}

function judge(
  counts: WorldCounts,
  project: Project,
  one: Entry,
  entries: readonly Entry[],
  answer: Answer,
  env: Readonly<Record<string, string>>,
  { real, versions }: { readonly real: ReadonlySet<string>; readonly versions: ReadonlyMap<string, string> },
): void {
  const label = `${project.name} ${one.kind}${env.DJANGO_SETTINGS_MODULE === undefined ? '' : ' with the config var'}`
  if (answer.module === undefined) {
    counts.raised++
    return
  }
  const disk = diskTree(project.folder)
  const procfile = entries.map(({ process, line }) => `${process}: ${line}\n`).join('')
  const written = readText(memoryTree({ Procfile: procfile }), 'Procfile') as SourceFile
  const unset = Object.fromEntries(answer.reads.map((name) => [name, false as const]))
  const app = readApp({
    tree: overlay(disk, new Map([['Procfile', written]])),
    config: { ...defaultConfig, env: { DJANGO_SETTINGS_MODULE: false, ...unset, ...env } },
    today,
  })
  const world = allWorlds(app).find(({ process }) => process === one.process)
  const chosen = world?.choice?.assumed === true ? null : (world?.choice?.module ?? null)
  // A module that is not there, or holds nothing, is settings/module's: no process reads it.
  if (chosen === null && (!answer.ok || Object.keys(answer.names).length === 0)) {
    counts.raised++
    return
  }
  if (world === undefined && answer.module !== null) {
    counts.open++
    return
  }
  if (chosen !== answer.module) {
    counts.wrong.push(`${label}: ${String(chosen)} instead of ${String(answer.module)}`)
    return
  }
  if (answer.module === null) {
    counts.agreed++
    return
  }
  const stubs = new Set(project.stubs)
  const side = {
    ...{ tree: disk, base: project.base === '.' ? '' : project.base, argv, versions, python: answer.python },
    searchPath: world?.settings.searchPath,
    installed: (name: string): boolean => stubs.has(name) || real.has(name),
    isPresent: (path: string): boolean =>
      !project.untracked.some((gone) => path === gone || path.startsWith(gone.replace(/\/?$/, '/'))),
  }
  const full = { ...env, DJANGO_SETTINGS_MODULE: answer.module }
  const { names, crash } = compareAll(run(side, answer.module, full), answer)
  if (!answer.ok) counts.raised++
  const wrong = [...names].filter(([, { verdict }]) => verdict === 'wrong').map(([name]) => name)
  if (crash === 'ours alone') wrong.push('raises for us alone')
  if (wrong.length > 0) counts.wrong.push(`${label}: ${answer.module}: ${wrong.join(', ')}`)
  else if (answer.ok) counts.agreed++
}
