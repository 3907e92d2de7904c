import type { App } from '../../../src/app/app.ts'
import { type CodeFile, codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'

/** Fields of Django whose texts may hold a hyphen, by what makes them: a slug may, a UUID always does when it is written out. */
const hyphened =
  /^(?:django\.db\.models\.(?:fields\.)?|autoslug\.|autoslug\.fields\.|django_extensions\.db\.fields\.)((?:Auto)?SlugField|UUIDField)$/

/**
 * The kind of an attribute of models: `SlugField`, `AutoSlugField`, `UUIDField`, where every class of the project that binds the name to a
 * field of a model binds it to that. Undefined: none does, or they do not agree.
 */
export function hyphenedField(app: App, attribute: string): string | undefined {
  const code = codeOf(app)
  const kinds = new Set<string | undefined>()
  for (const path of code.files) {
    const file = code.source(path)?.text.includes(attribute) === true ? code.file(path) : undefined
    for (const node of file?.classes.values() ?? [])
      for (const kind of file === undefined ? [] : boundIn(node.body, attribute, file)) kinds.add(kind)
  }
  return kinds.size === 1 ? [...kinds][0] : undefined
}

/** What a class binds the name to; serializers and forms, whose texts come from models, are left alone. */
function boundIn(
  body: NonNullable<ReturnType<CodeFile['classes']['get']>>['body'],
  attribute: string,
  file: CodeFile,
): (string | undefined)[] {
  return body.flatMap((one) => {
    if ((one.kind === 'FunctionDef' || one.kind === 'AsyncFunctionDef') && one.name === attribute) return [undefined]
    const targets = one.kind === 'Assign' ? one.targets : one.kind === 'AnnAssign' ? [one.target] : []
    const value = one.kind === 'Assign' || one.kind === 'AnnAssign' ? one.value : undefined
    if (!targets.some((target) => target.kind === 'Name' && target.id === attribute)) return []
    const dotted = value?.kind === 'Call' ? (dottedOf(value.func, file) ?? '') : ''
    if (/(?:^|\.)(?:forms|serializers|fields)\.\w+$/.test(dotted) && !hyphened.test(dotted)) return []
    return [hyphened.exec(dotted)?.[1]]
  })
}
