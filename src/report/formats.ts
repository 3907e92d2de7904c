import { concise } from './concise.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import { commands, document, lines } from './masking.ts'
import type { Format } from './report.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/**
 * Every output format by its name on the command line, each behind the door that lets no secret and no control through;
 * named where it is called, so that a run loads its own.
 */
export const formats = {
  text: lines((report, options) => text(report, options)),
  concise: lines((report, options) => concise(report, options)),
  json: document((report, options) => json(report, options)),
  github: commands((report, options) => github(report, options)),
  sarif: document((report, options) => sarif(report, options)),
} satisfies Record<string, Format>
