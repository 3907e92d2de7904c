import type { Text } from '../../contracts/text.ts'
import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { expressionAt } from '../settings/source-text.ts'
import { functionsAround } from './beside-web.ts'
import { boundToSelf, calledFunction } from './called-function.ts'
import { returnedBy } from './consumer-code.ts'
import type { LayerUse } from './model.ts'
import { bodyOf, type Standing, selfOf } from './project-functions.ts'
import { type Code, codeOf } from './python-code.ts'

/** An e-mail address in the name of a group; `when`: the user's name is one. */
export interface MailName {
  readonly when: Text | undefined
}

/**
 * Whether the name that a call of the layer is given holds an e-mail address: `user.email` itself, or a user's name where the project
 * makes names of addresses. Only as it is: what a call makes of it (`slugify`, `replace`) may be anything.
 */
export function mailName(app: App, { nameAt }: LayerUse): MailName | undefined {
  if (!saysName(codeOf(app))) return undefined
  const node = nameAt && expressionAt(app.tree, nameAt)
  const [around] = nameAt === undefined ? [] : functionsAround(app, [nameAt])
  if (node === undefined || around === undefined) return undefined
  const code = codeOf(app)
  const pieces = piecesOf(code, node, bodyOf(around), 0)
  if (pieces.some(isAddress)) return { when: undefined }
  const name = pieces.find(isUsername)
  if (name === undefined || !namesAreAddresses(code)) return undefined
  const when = { en: 'the user’s name is an e-mail address', fr: 'le nom de l’utilisateur est une adresse e-mail' }
  return { when }
}

/** Some file asks a user for one of the two. */
const saysName = (code: Code): boolean =>
  code.files.some((path) => /\busername\b|\bget_username\b|\bemail\b/.test(code.source(path)?.text ?? ''))

/** `self.user.email`; not of a mail that the project itself has to do with. */
const isAddress = (node: Expression): boolean =>
  node.kind === 'Attribute' &&
  node.attr === 'email' &&
  /(?:^|_)(?:user|member|owner|author|visitor|account)$/.test(nameOf(node.value))

/** `user.username`, `user.get_username()` */
const isUsername = (node: Expression): boolean =>
  node.kind === 'Call'
    ? node.func.kind === 'Attribute' && node.func.attr === 'get_username'
    : node.kind === 'Attribute' && node.attr === 'username'

function nameOf(node: Expression): string {
  if (node.kind === 'Name') return node.id
  if (node.kind === 'Attribute') return node.attr
  return node.kind === 'Subscript' ? (literalText(node.slice) ?? '') : ''
}

/** What a text is put together of, as far as it is written: through names, attributes of the own object and functions of the project. */
function piecesOf(code: Code, node: Expression, standing: Standing, depth: number): Expression[] {
  if (depth > 6) return []
  const again = (one: Expression, at = standing) => piecesOf(code, one, at, depth + 1)
  const around = standing.functions.at(-1)
  switch (node.kind) {
    case 'JoinedStr':
      return node.values.flatMap((value) => (value.kind === 'FormattedValue' ? again(value.value) : []))
    case 'BinOp':
      return [node.left, ...(node.right.kind === 'Tuple' ? node.right.elts : [node.right])].flatMap((one) => again(one))
    case 'Name': {
      const value = around && onlyAssignment(around, node.id)
      return value === undefined ? [node] : again(value)
    }
    case 'Attribute':
      return ownText(code, node, standing, depth) ?? [node]
    case 'Call': {
      if (node.func.kind === 'Attribute' && node.func.attr === 'format') return node.args.flatMap((one) => again(one))
      const called = calledFunction(code, node, standing)
      if (called === undefined || called.node.decorators.length > 0) return [node]
      const [only, ...others] = returnedBy(called.node)
      return only === undefined || others.length > 0 ? [node] : again(only, bodyOf(called))
    }
    default:
      return [node]
  }
}

/** `self.group`, where just one thing is ever assigned to it. */
function ownText(
  code: Code,
  { value, attr }: Extract<Expression, { kind: 'Attribute' }>,
  standing: Standing,
  depth: number,
): Expression[] | undefined {
  const self = selfOf(standing)
  if (value.kind !== 'Name' || value.id !== 'self' || self === undefined) return undefined
  const [only, ...others] = boundToSelf(code, self, attr)
  if (only?.how !== 'whole' || only.value === undefined || others.length > 0) return undefined
  return piecesOf(code, only.value, bodyOf(only.method), depth + 1)
}

/**
 * Code of the project makes the name of a user of an address: `user.username = data['email']`, `create_user(username=email)`, or the
 * address of the name: `user.email = user.username`; or a form for new users, a serializer or the user model has an `EmailField` for it.
 */
function namesAreAddresses(code: Code): boolean {
  return code.files.some((path) => {
    const text = code.source(path)?.text ?? ''
    const file = text.includes('username') && /email/i.test(text) ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        found ||= givesAddress(node)
        return !found
      })
    return found
  })
}

function givesAddress(node: PythonNode): boolean {
  if (node.kind === 'ClassDef') return takesAddress(node)
  if (node.kind === 'Assign') {
    const sets = (name: string) => node.targets.some((target) => target.kind === 'Attribute' && target.attr === name)
    return (sets('username') && isMailText(node.value)) || (sets('email') && isUsername(node.value))
  }
  if (node.kind !== 'Call') return false
  const { func } = node
  const isMaker =
    func.kind === 'Attribute'
      ? func.attr.endsWith('create_user') || (/^a?create$/.test(func.attr) && isUserModel(ownerOf(func.value)))
      : isUserModel(nameOf(func))
  return isMaker && node.keywords.some(({ arg, value }) => arg === 'username' && isMailText(value))
}

const isUserModel = (name: string): boolean => /(?:User|Member|Account|user_model)$/.test(name)

/** `User` of `User.objects`, `get_user_model` of `get_user_model().objects` */
const ownerOf = (node: Expression): string =>
  node.kind !== 'Attribute' ? '' : nameOf(node.value.kind === 'Call' ? node.value.func : node.value)

/** `username = forms.EmailField()`, not of a model of something else; what people log in with may be looked up in another way. */
function takesAddress({ name, bases, body }: ClassDef): boolean {
  const logsIn = [name, ...bases.map(nameOf)].some((one) => /auth|log_?in|sign_?in/i.test(one))
  const isField = (value: Expression) => value.kind === 'Call' && nameOf(value.func) === 'EmailField'
  const isOther = bases.some((one) => nameOf(one) === 'Model') && !isUserModel(name)
  return (
    !logsIn &&
    !isOther &&
    body.some(
      (one) =>
        one.kind === 'Assign' &&
        one.targets.some((target) => target.kind === 'Name' && target.id === 'username') &&
        isField(one.value),
    )
  )
}

const isMailText = (node: Expression): boolean => /^e?mail(?:_address)?$/.test(nameOf(node))
