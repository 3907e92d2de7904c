import type { App } from '../../../src/app/app.ts'
import { eachOwn, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { parametersIn } from '../../../src/app/asgi/pattern/parameters.ts'
import { samePlace } from '../../../src/contracts/place.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'

/** A parameter of a socket's route is looked for as the id of a row, or made a number: `Game.objects.get(id=…)`, `int(…)`. */
export function takesRowId(app: App, { app: node, patterns }: Route): boolean {
  const consumer = node.kind === 'consumer' ? node.consumer : undefined
  const code = servedConsumers(app).find((one) => consumer !== undefined && samePlace(one.consumer.at, consumer.at))
  const parameters = new Set(patterns.flatMap((one) => parametersIn(one) ?? []))
  // The parameters, and the names that they are given to.
  const names = new Set<string>()
  const isOne = (value: Expression): boolean => {
    if (value.kind === 'Name') return names.has(value.id)
    if (value.kind === 'Attribute') return names.has(value.attr)
    const key = value.kind === 'Subscript' ? value.slice : value.kind === 'Call' ? value.args[0] : undefined
    const text = literalText(key)
    return text !== undefined && parameters.has(text)
  }
  let found = false
  for (const { node: method } of code?.functions ?? [])
    eachOwn(method, (inner) => {
      for (const target of inner.kind === 'Assign' && isOne(inner.value) ? inner.targets : [])
        names.add(target.kind === 'Name' ? target.id : target.kind === 'Attribute' ? target.attr : '')
    })
  for (const { node: method } of code?.functions ?? [])
    eachOwn(method, (inner) => {
      if (inner.kind !== 'Call') return
      const isNumber = inner.func.kind === 'Name' && inner.func.id === 'int'
      found ||= isNumber && inner.args.some(isOne)
      found ||= inner.keywords.some(
        ({ arg, value }) => arg !== undefined && /^(?:id|pk|\w+_id)$/.test(arg) && isOne(value),
      )
    })
  return found
}
