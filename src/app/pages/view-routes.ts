import type { Place } from '../../contracts/place.ts'
import type { Call, Expression } from '../../syntax/python/ast.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import { type Code, type CodeFile, dottedOf, placeIn } from '../asgi/python-code.ts'

/** A route of a page, as a module of URL patterns writes it: `path('chat/<room_name>/', views.room)`. */
export interface ViewRoute {
  readonly pattern: string
  /** The pattern. */
  readonly at: Place
  /** What answers, as written. */
  readonly view: Expression
  readonly file: CodeFile
}

/** Every route of a page whose pattern is written out, whether or not it is included anywhere. */
export function viewRoutes(code: Code): ViewRoute[] {
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('urlpatterns') === true ? code.file(path) : undefined
    const found: ViewRoute[] = []
    if (file === undefined) return found
    walk(file.tree, (node) => {
      const [pathText, view] = node.kind === 'Call' && isRoute(node, file) ? node.args : []
      const pattern = literalText(pathText)
      if (pathText !== undefined && pattern !== undefined && view !== undefined)
        found.push({ pattern, at: placeIn(file, pathText), view, file })
    })
    return found
  })
}

const isRoute = ({ func }: Call, file: CodeFile): boolean =>
  /^django\.(?:urls\.(?:conf\.)?(?:re_)?path|conf\.urls\.(?:url|re_path))$/.test(dottedOf(func, file) ?? '')
