import * as v from 'valibot'
import { profiles } from './config.ts'

const severity = v.picklist(['off', 'info', 'warning', 'error'])

/** A list is an object to JavaScript; where a table is due it is a mistake. */
const notAList = { ...v.custom<Record<string, unknown>>((input) => !Array.isArray(input)), expects: 'Object' } as const

function table<K extends v.BaseSchema<string, string, v.BaseIssue<unknown>>, V extends v.GenericSchema>(
  key: K,
  value: V,
) {
  return v.pipe(notAList, v.record(key, value))
}

/** Version texts are checked where they are compared; here only that they are texts. */
const pinsTable = table(v.string(), v.string())

/** A rule, or several: `*` stands for any letters. */
const ruleGlob = v.pipe(v.string(), v.regex(/\*/))

/** The shape of dynolint.toml, `[tool.dynolint]` and dynolint.yaml. The published JSON Schema is made from it. */
export function configSchema(ruleIds: readonly string[]) {
  return v.strictObject({
    root: v.optional(
      v.pipe(
        v.union([v.string(), v.array(v.string())]),
        v.description('App root(s), relative to this file: the folder that Heroku deploys.'),
      ),
    ),
    platform: v.optional(
      v.pipe(
        v.picklist(['heroku-classic', 'heroku-fir', 'heroku-container', 'dokku', 'render', 'railway']),
        v.description('Where the app runs. Default: heroku-classic.'),
      ),
    ),
    profile: v.optional(
      v.pipe(
        v.picklist(profiles),
        v.description('How much is asked: guide (default: what breaks WebSockets on a dyno), strict, pedantic.'),
      ),
    ),
    rules: v.optional(
      v.pipe(
        table(ruleName(ruleIds), severity),
        v.description('Rule id, or a glob of ids such as "settings/*", to severity or "off". An id wins over globs.'),
      ),
    ),
    'per-file-ignores': v.optional(
      v.pipe(
        table(v.string(), v.array(ruleName(ruleIds))),
        v.description(
          'Glob of files, relative to the app root, to rules (ids or globs) whose findings are accepted there.',
        ),
      ),
    ),
    ignore: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            path: v.pipe(v.string(), v.description('File or glob, relative to the app root.')),
            rule: v.pipe(ruleName(ruleIds), v.description('Rule id or glob of ids.')),
            reason: v.pipe(v.string(), v.minLength(1), v.description('Why it is accepted.')),
          }),
        ),
        v.description('Findings that are accepted, for files that carry no comments, such as JSON.'),
      ),
    ),
    exclude: v.optional(
      v.pipe(v.array(v.string()), v.description('Globs, relative to the app root, of files that are not read.')),
    ),
    env: v.optional(
      v.pipe(
        table(v.string(), v.union([v.string(), v.literal(false)])),
        v.description('Config vars on the dyno: a text, or false for a variable that is surely not set.'),
      ),
    ),
    pins: v.optional(
      v.pipe(
        v.union([v.literal('guide'), pinsTable]),
        v.description('Pins policy: package to version, or "guide" for the four pins of the French guide.'),
      ),
    ),
    addons: v.optional(
      v.pipe(v.array(v.string()), v.description('Add-ons attached to the app, as "service" or "service:plan".')),
    ),
    snapshot: v.optional(
      v.pipe(
        v.string(),
        v.description('A file that `dynolint snapshot` wrote, relative to this file: what the deployed app has.'),
      ),
    ),
    baseline: v.optional(
      v.pipe(
        v.string(),
        v.description('A file of accepted findings, relative to this file, as `--update-baseline` writes it.'),
      ),
    ),
    'worker-only': v.optional(v.pipe(v.boolean(), v.description('The app has no web process on purpose.'))),
  })
}

/** In the JSON Schema the ids stand one by one, so that editors complete them. */
function ruleName(ruleIds: readonly string[]) {
  return v.union([v.picklist(ruleIds), ruleGlob])
}

export type ConfigFile = v.InferOutput<ReturnType<typeof configSchema>>
