import { concise } from './concise.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import type { Format } from './report.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/** Every output format by its name on the command line. */
export const formats = { text, concise, json, github, sarif } satisfies Record<string, Format>
