import type { App } from '../../../src/app/app.ts'
import { importEdit } from '../../../src/app/project/imports.ts'
import { expressionAt, quotedAround, sourceText, usualQuote } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'

/**
 * A port that a Python file names, `8000` or the end of `'0.0.0.0:8000'`, becomes the dyno's, and stays what it was where there is
 * none.
 */
export function portInPython(app: App, at: Place, port: string): readonly Edit[] | undefined {
  if (!app.project.python.includes(at.file)) return undefined
  if (expressionAt(app.tree, at)?.kind === 'Constant' && sourceText(app.tree, at) === port) {
    const quote = usualQuote(app.tree, at.file)
    return withOs(app, { ...at, text: `int(os.environ.get(${quote}PORT${quote}, ${port}))` })
  }
  const literal = quotedAround(app.tree, at)
  if (literal === undefined) return undefined
  const { place, quote } = literal
  const host = /^([\w.*-]*|\[[\da-f:]*\]):$/i.exec((sourceText(app.tree, place) ?? '').slice(1, -1 - port.length))?.[1]
  if (host === undefined || !sourceText(app.tree, place)?.endsWith(`:${port}${quote}`)) return undefined
  // The router reaches neither of the two without the other.
  const reached = /^(?:127\.0\.0\.1|localhost)$/.test(host) ? '0.0.0.0' : host
  return withOs(app, formatted(place, quote, `${reached}:{os.environ.get('PORT', '${port}')}`))
}

/** A file socket that a Python file names gives way to the dyno's port. */
export function socketInPython(app: App, at: Place, path: string): readonly Edit[] | undefined {
  const literal = quotedAround(app.tree, at)
  if (literal === undefined || sourceText(app.tree, literal.place)?.slice(1, -1) !== path) return undefined
  return withOs(app, formatted(literal.place, literal.quote, "0.0.0.0:{os.environ['PORT']}"))
}

/** An f-string in the quotes that the text had, with the other ones inside. */
function formatted(place: Place, quote: string, text: string): Edit {
  return { ...place, text: `f${quote}${quote === '"' ? text : text.replaceAll("'", '"')}${quote}` }
}

function withOs(app: App, edit: Edit): readonly Edit[] {
  const imported = importEdit(app, edit.file, 'os')
  return imported === undefined ? [edit] : [imported, edit]
}
