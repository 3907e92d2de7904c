import type { Place } from '../../contracts/place.ts'
import type { TextPart } from '../../evaluate/javascript/values.ts'
import { readFilterExpression } from '../../syntax/html/template-expressions.ts'
import type { TemplateHole } from '../../syntax/html/templates.ts'
import type { FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import type { App } from '../app.ts'
import { isProperty } from '../asgi/followed.ts'
import type { ProjectFunction } from '../asgi/project-functions.ts'
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
  const found = name === 'get_absolute_url' ? undefined : onlyMethod(codeOf(app), name)
  // A template hands nothing over, and another decorator may make something else of what is returned.
  const isPlain = found?.node.decorators.every((one) => isProperty(one, found.file)) === true
  const method = isPlain && asksNothing(found.node) ? found.node : undefined
  const last = method?.body.at(-1)
  const returned = last?.kind === 'Return' && method?.body.slice(0, -1).every(isDocstring) ? last.value : undefined
  if (method === undefined || returned === undefined) return undefined
  const parts = partsOfText(returned, { function: method, attributes: new Map() })
  return parts?.map((part) =>
    typeof part === 'string' ? { text: part, at, verbatim: false } : { name: part.name, kind: 'server' as const, at },
  )
}

function asksNothing({ args: { posonly, args, kwonly } }: FunctionDef): boolean {
  const [, ...places] = [...posonly, ...args]
  return [...places, ...kwonly].every((one) => one.default !== undefined)
}

const isDocstring = (one: FunctionDef['body'][number]): boolean => one.kind === 'Expr' && one.value.kind === 'Constant'

/** The one method of this name; undefined as soon as another class has something of the name. */
function onlyMethod(code: Code, name: string): Pick<ProjectFunction, 'node' | 'file'> | undefined {
  const found = code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    if (file === undefined) return []
    return [...file.classes.values()].flatMap((owner) =>
      (bindingsOf(owner).get(name) ?? []).map(({ by: node }) => ({ node, file })),
    )
  })
  const [only] = found
  return found.length === 1 && only?.node.kind === 'FunctionDef' ? { node: only.node, file: only.file } : undefined
}
