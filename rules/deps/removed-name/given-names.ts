import type { App } from '../../../src/app/app.ts'
import { codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/** Where the project gives a module the name itself: `timezone.utc = datetime.timezone.utc`; of a name that is computed, any. */
export function givenAt(app: App, module: string, member: string): Place | undefined {
  const code = codeOf(app)
  for (const path of code.files) {
    const file = code.source(path)?.text.includes(member) === true ? code.file(path) : undefined
    if (file === undefined) continue
    const isModule = (node: Expression | undefined) => node !== undefined && dottedOf(node, file) === module
    let found: Place | undefined
    walk(file.tree, (node) => {
      const targets = node.kind === 'Assign' ? node.targets : []
      if (targets.some((one) => one.kind === 'Attribute' && one.attr === member && isModule(one.value)))
        found = placeIn(file, node)
      if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'setattr') {
        const [of, name] = node.args
        if (isModule(of) && (literalText(name) ?? member) === member) found = placeIn(file, node)
      }
      return found === undefined
    })
    if (found !== undefined) return found
  }
  return undefined
}
