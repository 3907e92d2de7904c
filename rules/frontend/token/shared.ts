import type { App } from '../../../src/app/app.ts'
import { codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { isFunction, literalText, walk } from '../../../src/syntax/python/walk.ts'

/** Where a parameter of the query is compared with one secret of the app, which every socket then shows: `settings.SCREEN_TOKEN`. */
export function sharedSecret(app: App, parameter: string): Place | undefined {
  const code = codeOf(app)
  for (const path of code.files) {
    const file = code.source(path)?.text.includes('query_string') === true ? code.file(path) : undefined
    let found: Place | undefined
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (found !== undefined || !isFunction(node) || !says(node, 'query_string') || !says(node, parameter)) return
        walk(node, (inner) => {
          const compared =
            inner.kind === 'Call' && comparing.test(dottedOf(inner.func, file) ?? '')
              ? inner.args
              : inner.kind === 'Compare' && inner.ops.every((op) => op === '==' || op === '!=')
                ? [inner.left, ...inner.comparators]
                : []
          const [one, other, ...more] = compared
          if (one === undefined || other === undefined || more.length > 0) return
          if (isOfApp(one, node) !== isOfApp(other, node)) found ??= placeIn(file, inner)
        })
      })
    if (found !== undefined) return found
  }
  return undefined
}

const comparing = /^(?:django\.utils\.crypto\.constant_time_compare|(?:hmac|secrets)\.compare_digest)$/

function says(node: FunctionDef, text: string): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= literalText(inner) === text
    return !found
  })
  return found
}

/** Something by the name of a secret, which rests on nothing that the function is given or makes. */
function isOfApp(node: Expression, around: FunctionDef): boolean {
  const bound = bindingsOf(around)
  let isSecret = false
  let isOwn = true
  walk(node, (inner) => {
    const name = inner.kind === 'Name' ? inner.id : inner.kind === 'Attribute' ? inner.attr : literalText(inner)
    isSecret ||= name !== undefined && secret.test(name)
    if (inner.kind === 'Name') isOwn &&= !bound.has(inner.id)
  })
  // The name of a parameter is no secret, however it is called.
  return isSecret && isOwn && literalText(node) === undefined
}

const secret = /(?:^|_)(?:TOKEN|SECRET|PASSWORD|KEY)$/i
