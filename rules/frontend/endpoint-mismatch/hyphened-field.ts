import type { App } from '../../../src/app/app.ts'
import { type CodeFile, codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'
import { isFunction } from '../../../src/syntax/python/walk.ts'

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
      for (const kind of file === undefined ? [] : boundIn(node.body, attribute, file))
        kinds.add(kind === undefined || kind === 'UUIDField' || !has(node.body, 'save') ? kind : undefined)
  }
  return kinds.size === 1 ? [...kinds][0] : undefined
}

/** Options of a slug by which the project says itself what it holds: as much as a model that overrides `save` may. */
const decides = new Set(['validators', 'default', 'db_default', 'choices', 'editable', 'slugify', 'slugify_function'])

const has = (body: Body, name: string): boolean => body.some((one) => isFunction(one) && one.name === name)

type Body = NonNullable<ReturnType<CodeFile['classes']['get']>>['body']

/** What a class binds the name to; serializers and forms, whose texts come from models, are left alone. */
function boundIn(body: Body, attribute: string, file: CodeFile): (string | undefined)[] {
  return body.flatMap((one) => {
    if (has([one], attribute)) return [undefined]
    const targets = one.kind === 'Assign' ? one.targets : one.kind === 'AnnAssign' ? [one.target] : []
    const value = one.kind === 'Assign' || one.kind === 'AnnAssign' ? one.value : undefined
    if (!targets.some((target) => target.kind === 'Name' && target.id === attribute)) return []
    const dotted = value?.kind === 'Call' ? (dottedOf(value.func, file) ?? '') : ''
    if (/(?:^|\.)(?:forms|serializers|fields)\.\w+$/.test(dotted) && !hyphened.test(dotted)) return []
    const kind = hyphened.exec(dotted)?.[1]
    const isOwn = value?.kind === 'Call' && value.keywords.some(({ arg }) => arg === undefined || decides.has(arg))
    return [kind === 'UUIDField' || !isOwn ? kind : undefined]
  })
}
