import { toJsonSchema } from '@valibot/to-json-schema'
import { snapshotSchema } from '../src/snapshot/schema.ts'

/** The JSON Schema of the file that `dynolint snapshot` writes. */
export function snapshotSchemaDocument(): string {
  const document = {
    ...toJsonSchema(snapshotSchema(), { errorMode: 'ignore' }),
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'dynolint snapshot',
    description:
      'What a deployed app has, as `dynolint snapshot` writes it: shapes of config vars, never their values.',
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}
