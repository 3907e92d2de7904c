import type { Place } from '../../contracts/place.ts'
import { itemsOf, plain } from '../../evaluate/python/value.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { codeOf, homeOf, placeIn } from '../asgi/python-code.ts'

/** What `HttpRequest.scheme` asks: `_get_scheme()`, which reads the environ of WSGI, or the scope of ASGI. */
const schemeMarks: ReadonlySet<string> = new Set(['_get_scheme', 'wsgi.url_scheme', 'scheme'])

/** What `CsrfViewMiddleware` looks at before it compares anything. */
const csrfMarks: ReadonlySet<string> = new Set(['_dont_enforce_csrf_checks', 'csrf_processing_done'])

/** A middleware of the project that may tell Django the scheme that the browser used. */
export const schemeMiddleware = (app: App): Place | undefined => middlewareWith(app, schemeMarks)

/** A middleware of the project that may take requests out of the check of CSRF. */
export const csrfExemption = (app: App): Place | undefined => middlewareWith(app, csrfMarks)

/** The first middleware of the project in whose module one of the names stands: as an attribute, or as a key or a name in quotes. */
function middlewareWith(app: App, marks: ReadonlySet<string>): Place | undefined {
  const code = codeOf(app)
  for (const { value } of app.settings.get('MIDDLEWARE')?.alternatives ?? []) {
    for (const item of itemsOf(value) ?? []) {
      const dotted = plain(item)
      const home = dotted === undefined ? undefined : homeOf(code, dotted)
      let found: Place | undefined
      if (home !== undefined)
        walk(home.file.tree, (node) => {
          const isAttribute = node.kind === 'Attribute' && node.attr !== 'scheme' && marks.has(node.attr)
          const isText = marks.has(literalText(node) ?? '')
          if (isAttribute || isText) found ??= placeIn(home.file, node)
          return found === undefined
        })
      if (found !== undefined) return found
    }
  }
  return undefined
}
