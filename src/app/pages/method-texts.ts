import type { Place } from '../../contracts/place.ts'
import type { TextPart } from '../../evaluate/javascript/values.ts'
import { readFilterExpression } from '../../syntax/html/template-expressions.ts'
import type { TemplateHole } from '../../syntax/html/templates.ts'
import type { FunctionDef } from '../../syntax/python/ast.ts'
import { isFunction } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { type Code, codeOf } from '../asgi/python-code.ts'
import { partsOfText } from '../asgi/text-parts.ts'

/**
 * What `{{ room.get_socket_url }}` writes: the text that the method returns, where just one class of the project has something of
 * that name and all that it does is to return a text. Undefined: it cannot be told.
 */
export function methodText(app: App, { kind, source }: TemplateHole, at: Place): readonly TextPart[] | undefined {
  const expression = kind === 'variable' ? readFilterExpression(source) : undefined
  const [, name] = /^\w+(?:\.\w+)*\.([a-z]\w*)$/.exec(expression?.variable ?? '') ?? []
  if (name === undefined || expression?.filters.some((filter) => filter.name !== 'safe')) return undefined
  // Models of Django and of packages have one too.
  const method = name === 'get_absolute_url' ? undefined : onlyMethod(codeOf(app), name)
  const last = method?.body.at(-1)
  const returned = last?.kind === 'Return' && method?.body.slice(0, -1).every(isDocstring) ? last.value : undefined
  if (method === undefined || returned === undefined) return undefined
  const parts = partsOfText(returned, { function: method, attributes: new Map() })
  return parts?.map((part) =>
    typeof part === 'string' ? { text: part, at, verbatim: false } : { name: part.name, kind: 'server' as const, at },
  )
}

const isDocstring = (one: FunctionDef['body'][number]): boolean => one.kind === 'Expr' && one.value.kind === 'Constant'

/** The one method of this name; undefined as soon as another class has something of the name. */
function onlyMethod(code: Code, name: string): FunctionDef | undefined {
  const found = code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    return [...(file?.classes.values() ?? [])].flatMap((node) =>
      node.body.filter((one) => {
        if (isFunction(one)) return one.name === name
        const targets = one.kind === 'Assign' ? one.targets : one.kind === 'AnnAssign' ? [one.target] : []
        return targets.some((target) => target.kind === 'Name' && target.id === name)
      }),
    )
  })
  const [only] = found
  return found.length === 1 && only?.kind === 'FunctionDef' ? only : undefined
}
