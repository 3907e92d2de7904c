import type { Call, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf, isParameter, onlyAssignment } from '../../syntax/python/bindings.ts'
import { lineageOf, methodOf } from './called-function.ts'
import { returnedBy } from './consumer-code.ts'
import { managedBy } from './managers.ts'
import { isModelClass, namedModel } from './model-classes.ts'
import { bodyOf, type OwnClass, type Standing, selfOf, surelyDotted } from './project-functions.ts'
import { type Code, findClass } from './python-code.ts'
import type { HeldValue, Row } from './rows.ts'

const rowIn = (model: OwnClass | undefined, state: Row['state'], unsaved = false): HeldValue | undefined =>
  model && { type: 'model', row: { model, state, unsaved } }

/** `self.get_object()` of a view that names its model, `serializer.save()`, `form.save()`. */
export function savedRow(code: Code, call: Call, standing: Standing): HeldValue | undefined {
  const { func } = call
  if (func.kind !== 'Attribute') return undefined
  if (func.attr === 'get_object') {
    const self = isSelfName(func.value) ? selfOf(standing) : undefined
    const isOwn = self !== undefined && methodOf(code, self, 'get_object') !== undefined
    return self === undefined || isOwn ? undefined : rowIn(viewModel(code, self), 'loaded')
  }
  if (func.attr !== 'save') return undefined
  const writer = writerOf(code, func.value, standing)
  if (writer === undefined || methodOf(code, writer, 'save') !== undefined) return undefined
  const isLater = call.keywords.some(({ arg }) => arg === 'commit') || call.args.length > 0
  return rowIn(writtenModel(code, writer), 'any', isLater)
}

/** `serializer.instance`, `form.instance`; `self.object` of a view that edits its model. */
export function shownRow(
  code: Code,
  { value, attr }: Extract<Expression, { kind: 'Attribute' }>,
  standing: Standing,
): HeldValue | undefined {
  if (attr === 'instance') {
    const writer = writerOf(code, value, standing)
    return writer && rowIn(writtenModel(code, writer), 'any')
  }
  const self = attr === 'object' && isSelfName(value) ? selfOf(standing) : undefined
  return self && isDjangoView(code, self) ? rowIn(viewModel(code, self), 'any') : undefined
}

const isSelfName = (node: Expression): boolean => node.kind === 'Name' && node.id === 'self'

const viewBase = /^(?:django\.views\.generic\.|rest_framework\.(?:generics|viewsets|mixins)\.)/
const isDjangoView = (code: Code, of: OwnClass): boolean =>
  lineageOf(code, of).bases.some((base) => base.startsWith('django.views.generic.'))

/** What a class, or the first of its ancestors that does so, binds a name to, once. */
function attributeOf(code: Code, of: OwnClass, name: string): { node: Expression; standing: Standing } | undefined {
  const holder = lineageOf(code, of).own.find(({ node }) => bindingsOf(node).has(name))
  const [only, ...more] = (holder && bindingsOf(holder.node).get(name)) ?? []
  return holder !== undefined && only?.value !== undefined && more.length === 0
    ? { node: only.value, standing: { file: holder.file, functions: [], owner: undefined } }
    : undefined
}

/** The model of which a generic view of Django’s or of Django REST framework’s shows a row. */
function viewModel(code: Code, view: OwnClass): OwnClass | undefined {
  if (!lineageOf(code, view).bases.some((base) => viewBase.test(base))) return undefined
  const asked = methodOf(code, view, 'get_queryset')
  if (asked !== undefined)
    return same(
      returnedBy(asked.node).map((value) => {
        const rows = value && managedBy(code, value, bodyOf(asked))
        return rows?.of === 'rows' ? rows.model : undefined
      }),
    )
  const queryset = attributeOf(code, view, 'queryset')
  const rows = queryset && managedBy(code, queryset.node, queryset.standing)
  const model = attributeOf(code, view, 'model')
  return rows?.model ?? (model && namedModel(code, model.node, model.standing))
}

function same(models: readonly (OwnClass | undefined)[]): OwnClass | undefined {
  const [first] = models
  return models.every((one) => one?.node === first?.node) ? first : undefined
}

/** The serializer or form of the project that an expression is an object of. */
function writerOf(code: Code, node: Expression, standing: Standing, depth = 0): OwnClass | undefined {
  const around = standing.functions.at(-1)
  if (depth > 3) return undefined
  if (node.kind === 'Name' && around !== undefined) {
    const value = onlyAssignment(around, node.id)
    if (value !== undefined) return writerOf(code, value, standing, depth + 1)
    return isParameter(node.id, around) && bindingsOf(around).get(node.id)?.length === 1
      ? handedWriter(code, node.id, around.name, standing)
      : undefined
  }
  const self = selfOf(standing)
  if (isSelfName(node)) return self
  // With `many` it writes a list.
  if (node.kind !== 'Call' || node.keywords.some(({ arg }) => arg === 'many' || arg === undefined)) return undefined
  const { func } = node
  if (self !== undefined && func.kind === 'Attribute' && isSelfName(func.value)) {
    if (func.attr === 'get_serializer' || func.attr === 'serializer_class')
      return ofView(code, self, 'serializer_class')
    return func.attr === 'get_form' || func.attr === 'form_class' ? ofView(code, self, 'form_class') : undefined
  }
  const dotted = surelyDotted(func, standing)
  return dotted === undefined ? undefined : findClass(code, dotted)
}

/** What the generic views hand to the methods that they ask. */
function handedWriter(code: Code, name: string, method: string, standing: Standing): OwnClass | undefined {
  const self = selfOf(standing)
  if (self === undefined) return undefined
  if (name === 'serializer' && /^perform_(?:create|update)$/.test(method)) return ofView(code, self, 'serializer_class')
  return name === 'form' && method === 'form_valid' ? ofView(code, self, 'form_class') : undefined
}

/** The class that a generic view names under an attribute, or that its `get_…` returns one of, all of the same model. */
function ofView(code: Code, view: OwnClass, attribute: 'serializer_class' | 'form_class'): OwnClass | undefined {
  if (!lineageOf(code, view).bases.some((base) => viewBase.test(base))) return undefined
  const found = attributeOf(code, view, attribute)
  const named = (node: Expression, standing: Standing): OwnClass | undefined => {
    const dotted = surelyDotted(node, standing)
    return dotted === undefined ? undefined : findClass(code, dotted)
  }
  const own = found && named(found.node, found.standing)
  const chosen = methodOf(code, view, `get_${attribute}`)
  if (chosen === undefined) return own
  const classes = returnedBy(chosen.node).map((value) =>
    value === undefined
      ? undefined
      : value.kind === 'Call' || (value.kind === 'Attribute' && isSelfName(value.value))
        ? own
        : named(value, bodyOf(chosen)),
  )
  const model = same(classes.map((one) => one && writtenModel(code, one)))
  return model && classes[0]
}

const writerBase =
  /^(?:rest_framework\.serializers\.\w*ModelSerializer|django\.(?:contrib\.gis\.)?forms\.(?:models\.)?ModelForm|django\.contrib\.auth\.forms\.\w+Form)$/

/** The model of `class Meta` in a ModelSerializer or ModelForm. */
function writtenModel(code: Code, writer: OwnClass): OwnClass | undefined {
  const { own, bases } = lineageOf(code, writer)
  if (!bases.some((base) => writerBase.test(base))) return undefined
  for (const { node, file } of own) {
    const meta = node.body.find((one) => one.kind === 'ClassDef' && one.name === 'Meta')
    if (meta?.kind !== 'ClassDef') continue
    const [only, ...more] = bindingsOf(meta).get('model') ?? []
    const standing: Standing = { file, functions: [], owner: undefined }
    const model = only?.value === undefined || more.length > 0 ? undefined : namedModel(code, only.value, standing)
    return model !== undefined && isModelClass(code, model) ? model : undefined
  }
  return undefined
}
