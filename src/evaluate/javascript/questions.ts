import type { Text } from '../../contracts/text.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import type { Condition } from '../condition.ts'
import { quoted } from './names.ts'
import { type Guard, lookup, type ScopeVariable } from './scopes.ts'
import { placeOf } from './source.ts'
import { plainText, type ScriptFrame, type ScriptValue } from './values.ts'

/**
 * The identity of what an expression is worth: equal ids are one value. Names stand for the variables they are bound to, so
 * that two functions with a local of one name ask two questions; a parameter stands for what the call hands over. A leading
 * `!` is the opposite of what follows.
 */
export function identityOf(node: Expression, frame: ScriptFrame): string {
  switch (node.kind) {
    case 'Identifier':
      return identityOfName(node.name, frame, node)
    case 'Member':
      return identityOfMember(node, frame)
    case 'String':
    case 'Number':
    case 'Regex':
      return frame.source.text.slice(node.start, node.end)
    case 'Unary':
      return node.op === '!'
        ? opposite(identityOf(node.operand, frame))
        : `${node.op} ${identityOf(node.operand, frame)}`
    case 'Binary': {
      const [left, right] = [identityOf(node.left, frame), identityOf(node.right, frame)]
      return isEquality(node.op) ? equality(left, right, node.op) : `(${left} ${node.op} ${right})`
    }
    case 'Call': {
      const args = node.args.map((arg) => identityOf(arg, frame))
      if (node.callee.kind === 'Identifier' && node.callee.name === 'Boolean' && args[0] !== undefined) return args[0]
      return `${identityOf(node.callee, frame)}(${args.join(', ')})`
    }
    default:
      return identityOfPlace(node, frame)
  }
}

/** What a test asks is one question and one answer, however it is written: `a !== b` is `a === b` answered no. */
export function isEquality(op: string): boolean {
  return op === '==' || op === '===' || op === '!=' || op === '!=='
}

export function equality(left: string, right: string, op = '==='): string {
  const same = `${[left, right].sort().join(' === ')}`
  return op.startsWith('!') ? opposite(same) : same
}

export function opposite(id: string): string {
  return id.startsWith('!') ? id.slice(1) : `!${id}`
}

/** The identity of a value that an expression was found to have. */
export function identityOfValue(value: ScriptValue, node: Expression, frame: ScriptFrame): string {
  if (value.type === 'unknown') return value.id
  const text = plainText(value)
  return text === undefined ? identityOf(node, frame) : JSON.stringify(text)
}

function identityOfName(name: string, frame: ScriptFrame, node: Expression): string {
  const hole = frame.source.holes.find((one) => one.start >= node.start && one.end <= node.end)
  if (hole !== undefined) return `${frame.source.file}:{{${hole.source}}}`
  if (name === 'this') {
    const { class: inside, function: around } = frame.context
    return `${frame.source.file}:this@${inside?.start ?? around?.start ?? 0}`
  }
  const variable = lookup(frame.context.scope, name)
  if (variable === undefined) return `global:${name}`
  const given = frame.parameters?.get(variable)
  const only = given?.length === 1 ? given[0]?.value : undefined
  if (only !== undefined && (only.type === 'unknown' || plainText(only) !== undefined)) {
    return only.type === 'unknown' ? only.id : JSON.stringify(plainText(only))
  }
  return `${identityOfVariable(variable, frame)}${given === undefined ? '' : identityOfCall(frame)}`
}

/** A variable, and which of its values: those assigned before the place. */
function identityOfVariable(variable: ScopeVariable, { source, context }: ScriptFrame): string {
  const { writes } = variable
  const before = writes.filter(
    (write) => write.context.function === context.function && write.context.position < context.position,
  )
  const version = writes.length > 1 ? `#${before.length}` : ''
  return `${source.file}:${variable.id}:${variable.name}${version}`
}

function identityOfMember(node: Extract<Expression, { kind: 'Member' }>, frame: ScriptFrame): string {
  const key = node.name ?? (node.key === undefined ? '?' : `[${identityOf(node.key, frame)}]`)
  const object = identityOf(node.object, frame)
  if (/^global:(?:window|self|globalThis)$/.test(object)) return `global:${key}`
  return `${object}.${key}`
}

function identityOfPlace(node: Expression, frame: ScriptFrame): string {
  return `${frame.source.file}:${node.start}-${node.end}${identityOfCall(frame)}`
}

/** What the parameters are worth in this call: the same code asks something else in another one. */
function identityOfCall({ parameters }: ScriptFrame): string {
  if (parameters === undefined || parameters.size === 0) return ''
  const given = [...parameters.values()].map((outcomes) =>
    outcomes.map(({ value }) => (value.type === 'unknown' ? value.id : (plainText(value) ?? value.type))).join('|'),
  )
  return `(${given.join(', ')})`
}

/** That a value counts as true, or does not, as a condition. A variable of the build is set or not. */
export function countsAsTrue(value: ScriptValue, test: Expression, frame: ScriptFrame, holds: boolean): Condition {
  if (value.type === 'unknown' && value.hole.kind === 'env' && !value.id.startsWith('!')) {
    const { name } = value.hole
    return {
      ...conditionOf(`build:${name}:set`, holds, setInBuild(name, holds), test, frame),
      variable: name,
      opaque: false,
    }
  }
  const id = value.type === 'unknown' ? value.id : identityOf(test, frame)
  return conditionOf(id, holds, testHolds(frame, test, holds), test, frame)
}

function conditionOf(id: string, holds: boolean, text: Text, test: Expression, frame: ScriptFrame): Condition {
  const negated = id.startsWith('!')
  return {
    id: negated ? id.slice(1) : id,
    variable: undefined,
    opaque: true,
    holds: holds !== negated,
    text,
    at: placeOf(frame.source, test),
  }
}

function setInBuild(name: string, holds: boolean): Text {
  return holds
    ? { en: `${name} is set when the front end is built`, fr: `${name} est définie au build du frontend` }
    : {
        en: `${name} is unset when the front end is built`,
        fr: `${name} n’est pas définie au build du frontend`,
      }
}

/** What a test asks, quoted. */
function testHolds({ source }: ScriptFrame, test: Expression, holds: boolean): Text {
  const asked = quoted(source, test)
  return holds
    ? { en: `\`${asked}\` is true`, fr: `\`${asked}\` est vrai` }
    : { en: `\`${asked}\` is false`, fr: `\`${asked}\` est faux` }
}

/** One of the questions behind a guard: the condition under which it is passed, or stops. */
export type Asked = (passed: boolean) => Condition

/** What a guard asks: one question for a test, one for each case that a `default` excludes. */
export function questionsOf(guard: Guard, value: ScriptValue, frame: ScriptFrame): readonly Asked[] {
  const { test, equals, holds } = guard
  if (equals === undefined) return [(passed) => countsAsTrue(value, test, frame, passed === holds)]
  const subject = identityOfValue(value, test, frame)
  const ask =
    (cases: readonly Expression[]): Asked =>
    (passed) => {
      const id = cases.map((other) => equality(subject, identityOf(other, frame))).join(' or ')
      return conditionOf(id, passed === holds, isOneOf(frame, test, cases, passed === holds), test, frame)
    }
  return holds ? [ask(equals)] : equals.map((other) => ask([other]))
}

/** All ways in which one of several questions stops: the first, or the second after the first was passed, … */
export function stops(questions: readonly Asked[]): readonly (readonly Condition[])[] {
  return questions.map((ask, index) => [...questions.slice(0, index).map((before) => before(true)), ask(false)])
}

function isOneOf({ source }: ScriptFrame, test: Expression, cases: readonly Expression[], holds: boolean): Text {
  const subject = quoted(source, test)
  const values = cases.map((other) => quoted(source, other))
  return holds
    ? { en: `\`${subject}\` is ${values.join(' or ')}`, fr: `\`${subject}\` vaut ${values.join(' ou ')}` }
    : { en: `\`${subject}\` is not ${values.join(' or ')}`, fr: `\`${subject}\` ne vaut pas ${values.join(' ou ')}` }
}

/** That a value equals a key of a table. */
export function keyIs(value: ScriptValue, key: Expression, name: string, frame: ScriptFrame): Condition {
  const asked = quoted(frame.source, key)
  const text = { en: `\`${asked}\` is "${name}"`, fr: `\`${asked}\` vaut "${name}"` }
  const id = identityOfValue(value, key, frame)
  // A table with the keys `true` and `false` is asked whether its key is true.
  if (name === 'true' || name === 'false')
    return conditionOf(name === 'true' ? id : opposite(id), true, text, key, frame)
  return conditionOf(equality(id, JSON.stringify(name)), true, text, key, frame)
}
