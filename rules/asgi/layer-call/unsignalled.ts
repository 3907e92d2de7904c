import type { App } from '../../../src/app/app.ts'
import { classOf, withCalled } from '../../../src/app/asgi/called-function.ts'
import type { LayerUse } from '../../../src/app/asgi/model.ts'
import {
  eachStanding,
  functionAt,
  type OwnClass,
  type ProjectFunction,
} from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass, placeIn } from '../../../src/app/asgi/python-code.ts'
import { modelBehind } from '../../../src/app/asgi/query-sets.ts'
import { usersOf } from '../../../src/app/asgi/users-of.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, ClassDef, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { children, isFunction, literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** Rows whose receiver sends through the layer, and that are made in a way of which no signal tells. */
export interface Unsignalled {
  readonly model: string
  readonly receiver: string
  readonly receiverAt: Place
  /** `Alert.objects.bulk_create(…)` */
  readonly at: Place
}

/** `bulk_create()` calls neither `save()` nor a receiver of `post_save`; told where no other code of the project makes such rows. */
export function unsignalled(app: App): Unsignalled[] {
  const code = codeOf(app)
  const sends = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_send' || kind === 'send')
  const makes = (path: string) => code.source(path)?.text.includes('bulk_create') === true
  if (sends.length === 0 || !code.files.some(makes)) return []
  return receiversOf(code).flatMap(({ model, receiver }): Unsignalled[] => {
    const told = sentBy(code, [receiver], sends)
    if (told.length === 0) return []
    const made = creations(code, model)
    const [first] = made
    if (first === undefined || made.some(({ bulk, around }) => !bulk || tells(code, around, told))) return []
    if (isSentByHand(code)) return []
    const { node, file } = receiver
    // Who does not ask whether a row is new may be there for those that change.
    if (mindsRow(node) || (!hasName(node, 'created') && savesRow(code, model))) return []
    return [{ model: model.node.name, receiver: node.name, receiverAt: placeIn(file, node.nameSpan), at: first.at }]
  })
}

interface Receiver {
  readonly model: OwnClass
  readonly receiver: ProjectFunction
}

/** Functions of modules that hear of a model's `post_save`, by their decorator or `post_save.connect(…)`. */
function receiversOf(code: Code): Receiver[] {
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('post_save') === true ? code.file(path) : undefined
    const found: Receiver[] = []
    const add = (receiver: ProjectFunction | undefined, { keywords, args }: Call): void => {
      const sender = keywords.find(({ arg }) => arg === 'sender')?.value ?? args[1]
      const model = sender && file && findClass(code, dottedOf(sender, file) ?? '')
      if (model !== undefined && receiver !== undefined) found.push({ model, receiver })
    }
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (isFunction(node))
          for (const one of node.decorators)
            if (one.kind === 'Call' && isReceiver(one, file)) add({ node, file, owner: undefined }, one)
        if (node.kind === 'Call' && signal.test(dottedOf(node.func, file)?.replace(/\.connect$/, '') ?? '')) {
          const [given] = node.args
          const dotted = given?.kind === 'Name' ? (file.imports.get(given.id) ?? `${file.module}.${given.id}`) : ''
          if (node.func.kind === 'Attribute' && node.func.attr === 'connect') add(functionAt(code, dotted), node)
        }
        return true
      })
    return found
  })
}

const signal = /^django\.db\.models\.signals\.post_save$/

/** `@receiver(post_save, …)`, also in a list of signals. */
function isReceiver({ func, args }: Call, file: CodeFile): boolean {
  const [given] = args
  const signals = given?.kind === 'List' || given?.kind === 'Tuple' ? given.elts : given === undefined ? [] : [given]
  const isDecorator = /^django\.dispatch\.(?:dispatcher\.)?receiver$/.test(dottedOf(func, file) ?? '')
  return isDecorator && signals.some((one) => signal.test(dottedOf(one, file) ?? ''))
}

/** What functions, and those that they call, send. */
function sentBy(code: Code, functions: readonly ProjectFunction[], sends: readonly LayerUse[]): LayerUse[] {
  const run = withCalled(code, functions, 3)
  return sends.filter(({ call: { file, span } }) =>
    run.some((one) => one.file.path === file && one.node.start <= span.start && span.end <= one.node.end),
  )
}

/** Whether a function that makes the rows, or one that calls it, sends what the receiver would. */
function tells(code: Code, around: ProjectFunction | undefined, told: readonly LayerUse[]): boolean {
  if (around === undefined) return true
  const callers = around.owner === undefined ? usersOf(code, around, () => true) : []
  return sentBy(code, [around, ...callers], told).length > 0
}

/** The receiver waits for a row that changes: `if created: return`, `if not kwargs["created"]:`, `if instance.is_public:`. */
function mindsRow({ body }: FunctionDef): boolean {
  let minds = false
  const enter = (node: PythonNode): void => {
    if (node.kind === 'If') {
      const names = (name: string) => hasName(node.test, name)
      const negated = node.test.kind === 'UnaryOp'
      const ends = node.body.at(-1)?.kind === 'Return'
      minds ||= names('instance') || names('update_fields')
      minds ||= names('created') && (negated !== ends || node.orelse.length > 0)
    }
    for (const one of children(node)) enter(one)
  }
  for (const one of body) enter(one)
  return minds
}

/** A name, or the text of it: `created`, `kwargs['created']`. */
function hasName(around: PythonNode, name: string): boolean {
  let found = false
  walk(around, (node) => {
    found ||= (node.kind === 'Name' && node.id === name) || literalText(node) === name
    return !found
  })
  return found
}

/** Code of the project saves rows of a model that it was given or has found. */
function savesRow(code: Code, { node: model }: OwnClass): boolean {
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes('save(') === true && !aside.test(path) ? code.file(path) : undefined
    let saves = false
    if (file !== undefined)
      eachStanding(file, (node, standing) => {
        if (saves || node.kind !== 'Call' || node.func.kind !== 'Attribute' || !/^a?save$/.test(node.func.attr)) return
        saves = classOf(code, node.func.value, standing)?.node === model
      })
    return saves
  })
}

interface Creation {
  readonly at: Place
  readonly bulk: boolean
  readonly around: ProjectFunction | undefined
}

const makers = /^a?(?:create|get_or_create|update_or_create)$/
const bulky = /^a?bulk_create$/

/** Code beside the work of the app; its admin is for those who work there. */
const aside =
  /(?:^|\/)(?:tests?|migrations)(?:\/|\.py$)|(?:^|\/)(?:test_\w+|\w+_tests?|conftest|admin|\w*(?:seed|demo|fixture|sample|populate)\w*)\.py$/

/** What is handed a model and makes no row of it. */
const readers =
  /(?:^|\.)(?:a?get_object_or_404|a?get_list_or_404|isinstance|issubclass|ForeignKey|OneToOneField|ManyToManyField|register|connect|receiver)$/

/** Every place that may make rows of a model; one that may make any row counts for none in bulk. */
function creations(code: Code, model: OwnClass): Creation[] {
  const relations = relatedNames(model)
  return code.files.flatMap((path) => {
    const { text = '' } = code.source(path) ?? {}
    const isMentioned =
      text.includes(model.node.name) || relations.some((name) => text.includes(name)) || /Manager|QuerySet/.test(text)
    const file = isMentioned && !aside.test(path) ? code.file(path) : undefined
    const found: Creation[] = []
    if (file === undefined) return found
    const isModel = (node: Expression | undefined): boolean =>
      node !== undefined && findClass(code, dottedOf(node, file) ?? '')?.node === model.node
    eachStanding(file, (node, { functions: [outer], owner }, parents) => {
      const add = (bulk: boolean): void => {
        found.push({ at: placeIn(file, node), bulk, around: outer && { node: outer, file, owner } })
      }
      // A form, a serializer, a generic view.
      if (node.kind === 'Assign' && isNamed(node.targets, 'model') && isModel(node.value)) add(false)
      if (node.kind !== 'Call') return
      const { func, args } = node
      if (isModel(func) && !goesIntoList(parents)) add(false)
      if (args.some(isModel) && !readers.test(dottedOf(func, file) ?? '')) add(false)
      // A method of the model, or of a manager, which may be that of this one.
      const isInside =
        owner === model.node || (owner !== undefined && isManager(owner) && !isOfAnother(code, owner, model))
      const isOwnClass = func.kind === 'Name' ? func.id === 'cls' : func.kind === 'Attribute' && func.attr === 'model'
      if (isInside && isOwnClass && !goesIntoList(parents)) add(false)
      if (func.kind !== 'Attribute') return
      if (isInside && makers.test(func.attr) && /^(?:self|cls|super)$/.test(rootOf(func))) add(false)
      if (func.attr === 'get_model' && args.some((one) => literalText(one)?.endsWith(model.node.name))) add(false)
      const isOwn = isModel(modelBehind(func.value))
      const isRelated = func.value.kind === 'Attribute' && relations.includes(func.value.attr)
      if (bulky.test(func.attr) && isOwn) add(true)
      if (makers.test(func.attr) && (isOwn || isRelated)) add(false)
      if (bulky.test(func.attr) && isRelated) add(false)
    })
    return found
  })
}

const isManager = ({ bases }: ClassDef): boolean =>
  bases.some((base) => /(?:Manager|QuerySet)$/.test(nameOf(base.kind === 'Call' ? base.func : base)))

/** Another model has the manager, and this one has not. */
function isOfAnother(code: Code, { name }: ClassDef, model: OwnClass): boolean {
  const has = ({ body }: ClassDef) => body.some((one) => one.kind === 'Assign' && hasName(one.value, name))
  if (has(model.node)) return false
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    return file !== undefined && [...file.classes.values()].some(has)
  })
}

const nameOf = (node: Expression): string =>
  node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : ''

/** `self` of `self.get_queryset().create`. */
function rootOf(node: Expression): string {
  if (node.kind === 'Attribute') return rootOf(node.value)
  return node.kind === 'Call' ? rootOf(node.func) : node.kind === 'Name' ? node.id : ''
}

const isNamed = (targets: readonly Expression[], name: string): boolean =>
  targets.some((one) => one.kind === 'Name' && one.id === name)

/** `[Alert(…) for …]`, `rows.append(Alert(…))`: what is handed to `bulk_create` in the end. */
function goesIntoList(parents: readonly PythonNode[]): boolean {
  return parents.some(
    (one) =>
      ['ListComp', 'GeneratorExp', 'List'].includes(one.kind) ||
      (one.kind === 'Call' &&
        one.func.kind === 'Attribute' &&
        (one.func.attr === 'append' || bulky.test(one.func.attr))),
  )
}

/** The names by which other models reach the rows: `person.alerts`, `person.alert_set`. */
function relatedNames({ node }: OwnClass): string[] {
  const given = node.body.flatMap((one) =>
    one.kind === 'Assign' && one.value.kind === 'Call'
      ? one.value.keywords.flatMap(({ arg, value }) => (arg === 'related_name' ? (literalText(value) ?? []) : []))
      : [],
  )
  return [...given, `${node.name.toLowerCase()}_set`]
}

/** `post_save.send(…)`, or a `bulk_create` of the project's own. */
function isSentByHand(code: Code): boolean {
  return code.files.some((path) => {
    const { text = '' } = code.source(path) ?? {}
    const file = /post_save|bulk_create/.test(text) ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        const isOwn = isFunction(node) && bulky.test((node as FunctionDef).name)
        found ||=
          isOwn || (node.kind === 'Call' && /post_save\.send(?:_robust)?$/.test(dottedOf(node.func, file) ?? ''))
        return !found
      })
    return found
  })
}
