import * as v from 'valibot'
import { shapePattern } from './shapes.ts'

const slug = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/))
const variable = v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,199}$/))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The file that `dynolint snapshot` writes. The published JSON Schema is made from it. */
export function snapshotSchema() {
  return v.strictObject({
    $schema: v.optional(v.string()),
    snapshot: v.pipe(v.literal(1), v.description('Version of the format.')),
    app: v.optional(v.pipe(slug, v.description('The name of the app.'))),
    taken: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.description('Day on which it was taken.'))),
    stack: v.optional(v.pipe(slug, v.description('The stack, as `heroku stack` names it.'))),
    buildpacks: v.optional(
      v.pipe(
        v.array(v.string()),
        v.description(
          'Buildpacks in order: names of the registry, repositories on GitHub, or "url" for any other address.',
        ),
      ),
    ),
    domains: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            name: v.pipe(v.string(), v.regex(/^(?:\*\.)?[A-Za-z0-9.-]+$/)),
            kind: v.picklist(['heroku', 'custom']),
          }),
        ),
        v.description('Domain names that lead to the app.'),
      ),
    ),
    addons: v.optional(
      v.pipe(
        v.array(v.strictObject({ service: slug, plan: v.optional(slug), variables: v.array(variable) })),
        v.description('Attached add-ons, and the config vars they set.'),
      ),
    ),
    dynos: v.optional(
      v.pipe(
        v.array(v.strictObject({ type: slug, size: v.optional(slug), up: count, down: count })),
        v.description('Dynos of the formation by process type; a type that is not listed has none.'),
      ),
    ),
    config: v.optional(
      v.pipe(
        v.record(variable, v.pipe(v.string(), v.regex(shapePattern))),
        v.description('Every config var, and the shape of its value. Never a value.'),
      ),
    ),
  })
}
