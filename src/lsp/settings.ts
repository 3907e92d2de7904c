import * as v from 'valibot'
import type { Language } from '../contracts/text.ts'
import type { OpenOptions } from '../open/options.ts'

/** The section `dynolint` of the editor's settings, and `initializationOptions`. */
export interface EditorSettings extends Pick<OpenOptions, 'config' | 'env' | 'facts'> {
  readonly enable: boolean
  /** Undefined: the editor's own. */
  readonly language: Language | undefined
}

const text = v.optional(v.nullable(v.string()))

/** What is no setting of these counts as not given: an editor hands over whatever its user wrote. */
const schema = v.object({
  enable: v.fallback(v.optional(v.nullable(v.boolean())), undefined),
  language: v.fallback(v.optional(v.nullable(v.picklist(['en', 'fr']))), undefined),
  env: v.fallback(v.optional(v.nullable(v.record(v.string(), v.union([v.string(), v.literal(false)])))), undefined),
  config: v.fallback(text, undefined),
  snapshot: v.fallback(text, undefined),
})

/** @param given what the client said, whatever it is */
export function readSettings(given: unknown): EditorSettings {
  const result = v.safeParse(schema, given ?? {})
  const read: v.InferOutput<typeof schema> = result.success ? result.output : {}
  return {
    enable: read.enable ?? true,
    language: read.language ?? undefined,
    env: read.env ?? {},
    config: path(read.config),
    facts: { snapshot: path(read.snapshot), configVars: undefined, addons: undefined, ps: undefined },
  }
}

const path = (given: string | null | undefined): string | undefined =>
  given === null || given === undefined || given === '' ? undefined : given
