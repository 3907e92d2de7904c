import { concise } from './concise.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import type { Format } from './report.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/** Every output format by its name on the command line; named where it is called, so that a run loads its own. */
export const formats = {
  text,
  concise: (report, options) => concise(report, options),
  json: (report, options) => json(report, options),
  github: (report, options) => github(report, options),
  sarif: (report, options) => sarif(report, options),
} satisfies Record<string, Format>
