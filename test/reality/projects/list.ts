import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'
import { type Case, CaseError, hops } from '../case.ts'

const schema = v.record(
  v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/u, 'OWNER/NAME of a public repository')),
  v.strictObject({
    commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u, 'a commit')),
    /** `3.9`: stands in where the build of today would refuse, or where this machine lacks the project's own. */
    python: v.optional(v.string()),
    /** Requirements that stand in for the line of the same package; the project's file stays as it is. */
    pins: v.optional(v.array(v.string()), []),
    /**
     * Config vars its deployer would set. `rig-tls`, `rig-plain`: a Redis of the rig; `rig-postgres`: the URL of its Postgres,
     * `rig-postgres-host`, `-port`, `-user`, `-password`, `-name`: a part of it; `rig-sqlite`: a file; false: not set.
     */
    env: v.optional(v.record(v.string(), v.union([v.string(), v.literal(false)])), {}),
    /** As in a case. */
    drive: v.optional(
      v.strictObject({
        path: v.string(),
        send: v.optional(v.string()),
        expect: v.optional(v.string()),
        page: v.optional(v.string()),
      }),
    ),
    until: v.optional(v.picklist(hops)),
    /** The first hop that breaks once something has been installed. */
    breaks: v.picklist([...hops, 'none']),
    /** What it shows, one sentence of ours. */
    why: v.string(),
  }),
)

export type Entry = v.InferOutput<typeof schema>[string]

/** A public project that the rig can play. */
export interface ListedProject extends Entry {
  /** `OWNER/NAME` */
  readonly repository: string
}

const file = join(import.meta.dirname, '../projects.yaml')

/** The projects of projects.yaml, by repository. Throws a CaseError with the place of a mistake. */
export function listedProjects(text: string = readFileSync(file, 'utf8')): ListedProject[] {
  const read = v.safeParse(schema, parse(text))
  if (!read.success) {
    const issue = read.issues[0]
    throw new CaseError('projects.yaml', v.getDotPath(issue) ?? '', issue.message)
  }
  return Object.entries(read.output).map(([repository, entry]) => ({ repository, ...entry }))
}

/** The entry of a folder named OWNER__NAME, whatever case the letters have. */
export function listedFor(folder: string, all: readonly ListedProject[]): ListedProject | undefined {
  const name = basename(folder).toLowerCase()
  return all.find(({ repository }) => repository.replace('/', '__').toLowerCase() === name)
}

/** The project as the hops know a case. `venv` is what has been installed for it (absolute); undefined: the build is the hop's. */
export function caseOf(project: ListedProject, venv: string | undefined): Case {
  const { repository, env, drive, until, breaks, why } = project
  return {
    ...{ name: repository, source: '', base: 'project', why, fast: false, prepared: false, time: {} },
    ...{ python: [], files: {}, edits: [], remove: [], untracked: [], env, routes: [] },
    ...(drive === undefined ? {} : { drive }),
    ...(until === undefined ? {} : { until }),
    ...(venv === undefined ? {} : { venv }),
    expect: { breaks, rules: [], silent: [], unknown: [] },
  }
}
