import type { Expression } from '../../syntax/javascript/ast.ts'
import type { Evaluator } from './evaluate.ts'
import { one, unknownOf } from './evaluate.ts'
import type { ElementPart, ScriptFrame, ScriptOutcome, ScriptValue } from './values.ts'

/** A part of an element of the page: not known itself, but the page may say what its attributes and its text are. */
export function partOfElement(
  selector: string,
  what: ElementPart['what'],
  node: Expression,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  return one({ ...(unknownOf(node, frame) as Unknown), of: { selector, what } })
}

type Unknown = Extract<ScriptValue, { type: 'unknown' }>

/** `document.getElementById('live')`, `document.querySelector('#live')`, `$('#live')`: the selector; undefined for other calls. */
export function selectorOf({ callee, args: [first] }: Extract<Expression, { kind: 'Call' }>): string | undefined {
  if (first?.kind !== 'String') return undefined
  const name = callee.kind === 'Identifier' || callee.kind === 'Member' ? callee.name : undefined
  if (callee.kind === 'Identifier') return name === '$' || name === 'jQuery' ? first.value : undefined
  if (name === 'getElementById') return `#${first.value}`
  return name === 'querySelector' ? first.value : undefined
}

/** `data-live-url`, the attribute that `dataset.liveUrl` is. */
export const dataAttribute = (property: string): string =>
  `data-${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** A property of an element or of its `dataset`; undefined: nothing that the page would say. */
export function elementProperty(
  e: Evaluator,
  { selector, what }: ElementPart,
  name: string,
  node: Expression,
  frame: ScriptFrame,
): readonly ScriptOutcome[] | undefined {
  if (what === 'dataset') return e.attributeOf(frame.source, selector, dataAttribute(name))
  if (what !== 'element') return undefined
  if (name === 'dataset') return partOfElement(selector, 'dataset', node, frame)
  if (/^(?:textContent|innerText|innerHTML|text)$/.test(name)) return partOfElement(selector, 'text', node, frame)
  return name === 'value' || name === 'content' ? e.attributeOf(frame.source, selector, name) : undefined
}

/** `element.getAttribute('data-url')`, `$(…).data('url')`, `$(…).text()`; undefined for other methods. */
export function elementMethod(
  e: Evaluator,
  { selector, what }: ElementPart,
  name: string,
  node: Extract<Expression, { kind: 'Call' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] | undefined {
  const [first] = node.args
  if (what !== 'element') return undefined
  if (first === undefined) {
    if (name === 'text' || name === 'html') return partOfElement(selector, 'text', node, frame)
    return name === 'val' ? e.attributeOf(frame.source, selector, 'value') : undefined
  }
  if (first.kind !== 'String') return undefined
  if (name === 'getAttribute' || name === 'attr') return e.attributeOf(frame.source, selector, first.value)
  return name === 'data' ? e.attributeOf(frame.source, selector, `data-${first.value}`) : undefined
}
