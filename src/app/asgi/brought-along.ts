import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { children, isFunction, literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { methodsOf } from './called-function.ts'
import { type ProjectFunction, selfOf } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'
import { isDjangoModel } from './query-sets.ts'

/**
 * What a relation refers to is kept with the instance once it was read or set, and is not asked for again. Whether some code that may
 * run before a coroutine reads it does so: it assigns the relation, names it in a call (`aprefetch_related_objects([room], "owner")`),
 * or reads it in a plain function, which a thread may run. Of a `visitor`, also what puts the user into the scope.
 */
export function mayBeThere(code: Code, relation: string, { from, visitor, many, through }: Reading): boolean {
  const own = filesOf(code, from)
  if (visitor) {
    const loading = visitorFiles(code)
    if (loading.some(followsAhead)) return true
    for (const file of loading) own.add(file)
  }
  // Whoever reads the property in a thread reads what it reads.
  const names = [relation, ...through.map(({ name }) => name)]
  // The user of the scope is another instance for each socket.
  const first = visitor ? from.first : undefined
  const unread = first === undefined || from.node.kind !== 'FunctionDef' ? through : [...through, from.node]
  return unitsThatRun(code, own, first).some(({ node, file }) => {
    if (unread.some((one) => one === node) || !names.some((name) => file.text.includes(name))) return false
    // To ask a manager keeps nothing with the instance: only what is prefetched is there.
    return isGiven(node, relation) || (!many && names.some((name) => readsAside(node, name)))
  })
}

/**
 * The backend keeps what a user may do with the user, whichever method asked. Whether some code that may run before does so: a plain
 * function other than the one that asks in the event loop, which a thread may run, or an asynchronous twin (`ahas_perm`).
 */
export function mayKnowPermissions(
  code: Code,
  asking: ReadonlySet<string>,
  { from, visitor }: Pick<Reading, 'from' | 'visitor'>,
): boolean {
  const own = filesOf(code, from)
  if (visitor) for (const file of visitorFiles(code)) own.add(file)
  return unitsThatRun(code, own, visitor ? from.first : undefined).some(({ node }) => asksAside(node, asking, from))
}

/**
 * A piece of code asks in a thread, perhaps, or awaits the answer: all but a direct call in a coroutine, which comes to nothing where a loop
 * runs. So does what runs, or hands over, the plain function in which such a call stands.
 */
function asksAside(unit: PythonNode, asking: ReadonlySet<string>, from: ProjectFunction): boolean {
  const itself = from.node.kind === 'FunctionDef' ? from.node : undefined
  const asks = (node: PythonNode): boolean => {
    if (node.kind === 'Attribute') return asking.has(node.attr) || node.attr === itself?.name
    return node.kind === 'Name' && node.id === itself?.name && from.owner === undefined
  }
  const visit = (node: PythonNode, plain: boolean): boolean => {
    if (node === itself) return false
    if (asks(node) || (node.kind === 'Attribute' && asking.has(node.attr.replace(/^a/, '')))) return true
    const failing = node.kind === 'Call' && !plain && asks(node.func) ? node.func : undefined
    const isPlain = plain || node.kind === 'FunctionDef' || node.kind === 'Lambda'
    return children(node).some((child) => {
      if (child !== failing) return visit(child, isPlain)
      return child.kind === 'Attribute' && visit(child.value, isPlain)
    })
  }
  return visit(unit, false)
}

interface Reading {
  /** The coroutine that it happens in. */
  readonly from: ProjectFunction
  /** It is the user of the scope. */
  readonly visitor: boolean
  /** The relation gives a manager. */
  readonly many: boolean
  /** The functions of the model in which it is read, for the coroutine. */
  readonly through: readonly FunctionDef[]
}

/** The file of a function, and those of the classes that its own derives from. */
export function filesOf(code: Code, from: ProjectFunction): Set<CodeFile> {
  const self = from.model === undefined ? selfOf(from) : undefined
  return new Set([from.file, ...(self === undefined ? [] : methodsOf(code, self)).map(({ file }) => file)])
}

/** A function, a class or an assignment of a module, or a method of a model, and the names by which other code runs it. */
interface Unit {
  readonly node: PythonNode
  readonly file: CodeFile
  /** Undefined: whatever runs the file. */
  readonly names: readonly string[] | undefined
}

const running = new WeakMap<Code, Map<string, readonly Unit[]>>()

/** What the code of these files may run, as far as names tell: of their own, and of the files that they import. `first` runs before all others. */
function unitsThatRun(code: Code, own: ReadonlySet<CodeFile>, first: FunctionDef | undefined): readonly Unit[] {
  const known = getOrInsert(running, code, () => new Map())
  const key = [first?.start, ...[...own].map(({ path }) => path)].join('\0')
  return getOrInsert(known, key, () => followNames(code, own, first))
}

function followNames(code: Code, own: ReadonlySet<CodeFile>, first: FunctionDef | undefined): readonly Unit[] {
  let waiting = [...reached(code, own)].flatMap((file) => unitsOf(code, file, own.has(file), first))
  const run: Unit[] = []
  const said = new Set<string>()
  for (let more = true; more; ) {
    const runs = ({ names }: Unit) => names === undefined || names.some((name) => said.has(name))
    const next = waiting.filter(runs)
    waiting = waiting.filter((unit) => !runs(unit))
    for (const { node, file } of next) addNames(node, file, said)
    run.push(...next)
    more = next.length > 0
  }
  return run
}

/** The files, and those of the project that they import, and these. */
function reached(code: Code, own: ReadonlySet<CodeFile>): Set<CodeFile> {
  const all = new Set(own)
  let last: Iterable<CodeFile> = own
  for (let depth = 0; depth < 3; depth++) {
    const next = new Set<CodeFile>()
    for (const { imports, stars } of last)
      for (const dotted of [...imports.values(), ...stars]) {
        const file = code.module(dotted) ?? code.module(dotted.slice(0, Math.max(0, dotted.lastIndexOf('.'))))
        if (file !== undefined && !all.has(file)) next.add(file)
      }
    for (const file of next) all.add(file)
    last = next
  }
  return all
}

function unitsOf(code: Code, file: CodeFile, own: boolean, first: FunctionDef | undefined): Unit[] {
  // What puts the user into the scope runs before.
  const isSplit = first !== undefined && !visitorFiles(code).includes(file)
  return file.tree.body.flatMap((node): Unit[] => {
    const isModel = node.kind === 'ClassDef' && isModelOrManager(code, node, file)
    if (isModel || (own && isSplit && node.kind === 'ClassDef'))
      return node.body.flatMap((one): Unit[] => {
        if (!isFunction(one)) return isModel ? [] : [{ node: one, file, names: undefined }]
        return [{ node: one, file, names: one === first ? undefined : methodNames(one) }]
      })
    if (own && (!isSplit || !isFunction(node))) return [{ node, file, names: undefined }]
    if (isFunction(node)) return [{ node, file, names: isReceiver(node, file) ? [node.name, ...saving] : [node.name] }]
    if (node.kind === 'ClassDef') return [{ node, file, names: [node.name] }]
    if (node.kind !== 'Assign') return []
    return [{ node, file, names: node.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : [])) }]
  })
}

/** `__str__` runs for who makes a text of the instance. */
const methodNames = ({ name }: FunctionDef): string[] => (/^__(?:str|repr)__$/.test(name) ? ['str', 'repr'] : [name])

const saving = ['save', 'delete', 'create', 'get_or_create', 'update_or_create']

/** `@receiver(post_save, sender=User)`: a plain function that runs when something is saved. */
const isReceiver = ({ decorators }: FunctionDef, file: CodeFile): boolean =>
  decorators.some((one) => one.kind === 'Call' && dottedOf(one.func, file)?.startsWith('django.dispatch.') === true)

function isModelOrManager(code: Code, { bases }: ClassDef, file: CodeFile, depth = 0): boolean {
  return bases.some((base) => {
    if (isDjangoModel(code, base, file)) return true
    const dotted = dottedOf(base, file) ?? ''
    if (/^django\..*(?:Manager|QuerySet|AbstractUser|AbstractBaseUser|PermissionsMixin)$/.test(dotted)) return true
    const found = depth > 4 ? undefined : findClass(code, dotted)
    return found !== undefined && isModelOrManager(code, found.node, found.file, depth + 1)
  })
}

/** The names that a piece of code says; `room.asave()` runs `save` in a thread. */
function addNames(node: PythonNode, { imports }: CodeFile, said: Set<string>): void {
  walk(node, (inner) => {
    if (inner.kind === 'Attribute') said.add(inner.attr).add(inner.attr.replace(/^a/, ''))
    if (inner.kind === 'Name') said.add(inner.id).add(imports.get(inner.id)?.split('.').at(-1) ?? inner.id)
  })
}

/** A plain function or a lambda reads an attribute, or a class names it as one of its fields, as a serializer does. */
function readsAside(unit: PythonNode, name: string): boolean {
  const visit = (node: PythonNode): boolean => {
    if (node.kind === 'FunctionDef' || node.kind === 'Lambda') return mentions(node, name)
    if (node.kind === 'ClassDef' && node.body.some((inner) => hasField(inner, name))) return true
    return children(node).some(visit)
  }
  return visit(unit)
}

function mentions(node: PythonNode, name: string): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= (inner.kind === 'Attribute' && inner.attr === name) || isText(inner, name)
    return !found
  })
  return found
}

/** `owner = UserSerializer()`, and the name as a text in what stands in a class or its `Meta`. */
function hasField(statement: PythonNode, name: string): boolean {
  if (statement.kind === 'ClassDef') return statement.body.some((inner) => hasField(inner, name))
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') return false
  const targets = statement.kind === 'Assign' ? statement.targets : [statement.target]
  const isMade = statement.value?.kind === 'Call'
  return (isMade && targets.some((target) => target.kind === 'Name' && target.id === name)) || mentions(statement, name)
}

const isText = (node: PythonNode, name: string): boolean => literalText(node) === name

/** A relation is assigned, or is named in a call. */
function isGiven(unit: PythonNode, name: string): boolean {
  let given = false
  walk(unit, (node) => {
    if (node.kind === 'Assign') given ||= node.targets.some((target) => isAssigned(target, name))
    else if (node.kind === 'AnnAssign' || node.kind === 'For' || node.kind === 'AsyncFor')
      given ||= isAssigned(node.target, name)
    else if (node.kind === 'Call') given ||= !readsByName(node) && namesRelation(node, name)
    return !given
  })
  return given
}

/** `room.owner = …`; `self.owner` is the consumer's own. */
function isAssigned(target: Expression, name: string): boolean {
  if (target.kind === 'Tuple') return target.elts.some((one) => isAssigned(one, name))
  const isOther = target.kind === 'Attribute' && !(target.value.kind === 'Name' && target.value.id === 'self')
  return isOther && target.attr === name
}

/** `hasattr(room, "owner")`, `content.get("owner")` */
const readsByName = ({ func }: Call): boolean =>
  (func.kind === 'Name' && (func.id === 'hasattr' || func.id === 'getattr')) ||
  (func.kind === 'Attribute' && (func.attr === 'get' || func.attr === 'pop'))

/** `"owner"`, `"owner__groups"` as an argument, or in a list that is one. */
function namesRelation({ args, keywords }: Call, name: string): boolean {
  const given = [...args, ...keywords.map(({ value }) => value)].flatMap((arg) =>
    arg.kind === 'List' || arg.kind === 'Tuple' || arg.kind === 'Set' ? arg.elts : [arg],
  )
  return given.some(
    (arg) =>
      arg.kind === 'Constant' &&
      arg.value.type === 'str' &&
      (arg.value.value === name || arg.value.value.startsWith(`${name}__`)),
  )
}

const loaders = new WeakMap<Code, readonly CodeFile[]>()

/** Files that may load the user of a scope: middleware for sockets, and authentication backends. */
function visitorFiles(code: Code): readonly CodeFile[] {
  return getOrInsert(loaders, code, () =>
    code.files.flatMap((path) => {
      const text = code.source(path)?.text
      const file = text !== undefined && /\bscope\b|\bget_user\b/.test(text) ? code.file(path) : undefined
      return file !== undefined && loadsUser(file) ? [file] : []
    }),
  )
}

function loadsUser({ tree }: CodeFile): boolean {
  let loads = false
  walk(tree, (node) => {
    if (isFunction(node)) loads ||= [...node.args.posonly, ...node.args.args].some(({ name }) => name === 'scope')
    if (node.kind !== 'ClassDef') return !loads
    const methods = new Set(node.body.flatMap((one) => (isFunction(one) ? [one.name] : [])))
    const isBackend =
      methods.has('authenticate') || node.bases.some((base) => /Backend$/.test(base.kind === 'Name' ? base.id : ''))
    loads ||= methods.has('get_user') && isBackend
    return !loads
  })
  return loads
}

function followsAhead({ tree }: CodeFile): boolean {
  let follows = false
  walk(tree, (node) => {
    follows ||= node.kind === 'Attribute' && /^(?:select|prefetch)_related$/.test(node.attr)
    return !follows
  })
  return follows
}
