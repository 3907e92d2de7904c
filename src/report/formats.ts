import { concise } from './concise.ts'
import { github } from './github.ts'
import { commands, document, lines } from './guard.ts'
import { json } from './json.ts'
import type { Format } from './report.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/** Every output format by its name on the command line, each behind the door that lets no secret and no control through. */
export const formats = {
  text: lines(text),
  concise: lines(concise),
  json: document(json),
  github: commands(github),
  sarif: document(sarif),
} satisfies Record<string, Format>
