import { perFile } from '../../files/per-file.ts'
import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { parsedFile } from '../../syntax/python/file.ts'
import { walk } from '../../syntax/python/walk.ts'
import type { Lineage } from './lineage.ts'
import type { Code } from './python-code.ts'

/** What a class gets besides what its body defines. */
export interface GivenMethods {
  /** Attributes that its methods set on `self`: `self.chat_message = self.send_json` is a handler as well. */
  readonly assigned: ReadonlySet<string>
  /** Others may be given to it under names that nobody can tell. */
  readonly open: boolean
}

export function givenMethods(code: Code, { own }: Lineage): GivenMethods {
  const assigned = new Set<string>()
  let open = own.some(({ node }) => isMadeOtherwise(node))
  for (const { node } of own) {
    walk(node, (inner) => {
      if (inner.kind === 'Assign' && mayBeMethod(inner.value))
        for (const target of inner.targets)
          if (target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === 'self')
            assigned.add(target.attr)
      if (inner.kind === 'Call' && inner.func.kind === 'Name') open ||= givers.has(inner.func.id)
    })
  }
  const names = new Set(own.map(({ node }) => node.name))
  open ||= code.files.some((path) => {
    const source = code.source(path)
    return source !== undefined && [...changedElsewhere(source)].some((name) => names.has(name))
  })
  return { assigned, open }
}

/** What is read from a message, or written out, is no method. */
function mayBeMethod(node: Expression): boolean {
  if (node.kind === 'IfExp') return mayBeMethod(node.body) || mayBeMethod(node.orelse)
  if (node.kind === 'BoolOp') return node.values.some(mayBeMethod)
  return callable.has(node.kind)
}

const callable = new Set<Expression['kind']>(['Attribute', 'Name', 'Lambda', 'Call'])

/** `setattr(self, name, …)`, `locals()[name] = …` in the body of a class. */
const givers = new Set(['setattr', 'locals', 'vars'])

/** A metaclass, or `__init_subclass__`, may add what it likes. */
function isMadeOtherwise({ keywords, body }: ClassDef): boolean {
  return keywords.length > 0 || body.some((one) => one.kind === 'FunctionDef' && one.name === '__init_subclass__')
}

const telling = /\bsetattr\(|^[ \t]*(?:\w+\.)*[A-Z]\w*\.\w+[ \t]*=[^=]/m

/** Names of classes that a file gives attributes: `setattr(consumers.ChatConsumer, name, …)`, `ChatConsumer.chat_message = …`. */
const changedElsewhere = perFile((source): ReadonlySet<string> => {
  const found = new Set<string>()
  if (!telling.test(source.text)) return found
  const add = (one: Expression | undefined): void => {
    if (one?.kind === 'Name') found.add(one.id)
    if (one?.kind === 'Attribute') found.add(one.attr)
  }
  walk(parsedFile(source).module, (node) => {
    if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'setattr') add(node.args[0])
    if (node.kind === 'Assign') for (const target of node.targets) if (target.kind === 'Attribute') add(target.value)
  })
  return found
})
