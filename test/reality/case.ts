import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import * as v from 'valibot'
import { LineCounter, parseDocument } from 'yaml'

/** The hops reality shows, in the order they are tried. */
export const hops = ['build', 'release', 'boot', 'http', 'handshake', 'message', 'stay', 'safety'] as const
export type Hop = (typeof hops)[number]

const path = v.pipe(
  v.string(),
  v.regex(/^[^/].*$/u, 'a path relative to the project'),
  v.check((text) => !text.split('/').includes('..'), 'a path inside the project'),
)
const ruleId = v.pipe(v.string(), v.regex(/^[a-z]+\/[a-z0-9-]+$/u, 'a rule id such as deps/syntax'))

const file = v.union([
  v.string(),
  v.strictObject({
    text: v.string(),
    /** The bytes it is stored in; `utf-16le` has no byte order mark, `utf-16` has one. */
    encoding: v.optional(v.picklist(['utf-8', 'utf-8-bom', 'utf-16', 'utf-16le', 'latin1'])),
    /** Whether git records it as executable. Default: when it starts with `#!`. */
    executable: v.optional(v.boolean()),
  }),
])

const schema = v.strictObject({
  /** A folder of fixtures/, `empty`, or `tutorials/NAME`: a project that was never deployed. */
  base: v.string(),
  /** Pins that replace the line of the same package in requirements.txt, or are added to it. */
  python: v.optional(v.array(v.string()), []),
  /** Files to write, whole. */
  files: v.optional(v.record(path, file), {}),
  /** Each replaces every occurrence of `find`; it is an error when there is none. */
  edits: v.optional(v.array(v.strictObject({ file: path, find: v.string(), replace: v.string() })), []),
  remove: v.optional(v.array(path), []),
  /** Files that stay in the author's folder because git does not track them: the dyno has none of them. */
  untracked: v.optional(v.array(path), []),
  /**
   * Config vars. `rig-tls`/`rig-plain` as REDIS_URL start a Redis; `rig-sqlite` as DATABASE_URL names a file; false: the
   * variable is not set. What app.json says (env, add-ons) holds besides.
   */
  env: v.optional(v.record(v.string(), v.union([v.string(), v.literal(false)])), {}),
  /** Played as `dynolint prepare --write` leaves it. */
  prepared: v.optional(v.boolean(), false),
  expect: v.strictObject({
    /** The first hop that breaks. */
    breaks: v.picklist([...hops, 'none']),
    /** Rules that must report something. */
    rules: v.optional(v.array(ruleId), []),
    /** Rules that must not: what a near miss is about. */
    silent: v.optional(v.array(ruleId), []),
    /**
     * What names the cause of the break: a rule, or those the author accepts; `[]`: no rule is about it. Only where it
     * breaks. The default is what `rules` holds, where that is one.
     */
    cause: v.optional(
      v.union([
        v.pipe(
          ruleId,
          v.transform((id) => [id]),
        ),
        v.array(ruleId),
      ]),
    ),
    /** Hops of which nobody could tell from the files: a `?` is right there. */
    unknown: v.optional(v.array(v.picklist(hops)), []),
  }),
  /** What the case shows, one sentence. */
  why: v.string(),
  /** Belongs to the subset that runs on every change. */
  fast: v.optional(v.boolean(), false),
  /** Hops not to run, with everything after the last one that is named in `until`. */
  until: v.optional(v.picklist(hops)),
  /** Sockets of the app, besides those that the running application tells of. */
  routes: v.optional(v.array(v.pipe(v.string(), v.startsWith('/'))), []),
  /** The page of another site, and whether the socket acts as the visitor: where that cannot be seen in a consumer of Channels. */
  foreign: v.optional(v.strictObject({ origin: v.optional(v.string()), visitor: v.optional(v.boolean()) })),
  /** How to make the app speak; by default the rig knows the routes and consumers of the bases. */
  drive: v.optional(
    v.strictObject({
      path: v.string(),
      send: v.optional(v.string()),
      /** Python for a one-off dyno, after which `expect` has to arrive: USER is the key of the user logged in, TOKEN a text. */
      push: v.optional(v.string()),
      expect: v.optional(v.string()),
      origin: v.optional(v.string()),
      cookie: v.optional(v.string()),
      protocols: v.optional(v.array(v.string())),
      /** The page the browser opens. Default `/`. */
      page: v.optional(v.string()),
    }),
  ),
  time: v.optional(
    v.strictObject({
      idleMs: v.optional(v.number()),
      bootMs: v.optional(v.number()),
      silenceMs: v.optional(v.number()),
    }),
    {},
  ),
})

export type CaseFile = v.InferOutput<typeof schema>
export type WrittenFile = CaseFile['files'][string]

export interface Case extends CaseFile {
  /** `area/name`, from its place under cases/. */
  readonly name: string
  /** The text it was read from: what its stored result belongs to. */
  readonly source: string
  /** What has been installed for it already (absolute), in place of the build's own choice of Python. */
  readonly venv?: string
}

/** A mistake in a case, with the file and the key. */
export class CaseError extends Error {
  constructor(name: string, where: string, message: string) {
    super(`${name}${where === '' ? '' : `: ${where}`}: ${message}`)
    this.name = 'CaseError'
  }
}

/** Reads one case. Throws a CaseError. */
export function readCase(name: string, source: string): Case {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines })
  const mistake = document.errors[0]
  if (mistake !== undefined) {
    throw new CaseError(name, `line ${lines.linePos(mistake.pos[0]).line}`, mistake.message.split('\n')[0] as string)
  }
  const read = v.safeParse(schema, document.toJS())
  if (read.success) return { ...read.output, name, source }
  const issue = read.issues[0]
  throw new CaseError(name, v.getDotPath(issue) ?? '', issue.message)
}

/** Every case below `folder`, or only those whose name, file or folder is named. Sorted by name. */
export function loadCases(folder: string, named: readonly string[] = []): Case[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((entry) => entry.split(sep).join('/'))
    .filter((entry) => entry.endsWith('.yaml') && statSync(join(folder, entry)).isFile())
    .map((entry) => entry.slice(0, -'.yaml'.length))
    .sort()
  const wanted = named.map((one) => plain(folder, one))
  const missing = wanted.find((one) => !names.some((name) => within(name, one)))
  if (missing !== undefined) throw new CaseError(missing, '', 'no case and no folder of cases has this name')
  return names
    .filter((name) => wanted.length === 0 || wanted.some((one) => within(name, one)))
    .map((name) => readCase(name, readFileSync(join(folder, `${name}.yaml`), 'utf8')))
}

/** `test/reality/cases/build/x.yaml`, `build/x.yaml`, `build/x` and `build/` all name the same kind of thing. */
function plain(folder: string, named: string): string {
  const inside = relative(folder, named).split(sep).join('/')
  return (inside.startsWith('..') ? named : inside).replace(/\.yaml$/u, '').replace(/\/+$/u, '')
}

function within(name: string, wanted: string): boolean {
  return wanted === '' || name === wanted || name.startsWith(`${wanted}/`)
}
