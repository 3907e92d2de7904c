import { readSource } from '../../../src/app/frontend/read.ts'
import { type Evaluator, evaluate, maxSteps } from '../../../src/evaluate/javascript/evaluate.ts'
import { lookup, type ScriptContext } from '../../../src/evaluate/javascript/scopes.ts'
import { isHole, type ScriptOutcome, type ScriptValue } from '../../../src/evaluate/javascript/values.ts'

/** A script, what Node.js made of it, and what the evaluator says: one line for each alternative, with its conditions. */
export interface Vector {
  readonly script: string
  readonly answers: readonly string[]
  readonly ours: readonly string[]
}

/** What the evaluator says of `answer` at the end of a script. */
export function outcomesOf(script: string): readonly ScriptOutcome[] {
  const source = readSource('page.js', script)
  const { root } = source.scopes
  const end: ScriptContext = {
    scope: root,
    function: undefined,
    class: undefined,
    guards: [],
    position: script.length,
  }
  const e: Evaluator = {
    importFrom: () => undefined,
    importers: () => [],
    globalOf: () => undefined,
    attributeOf: () => undefined,
    jsonOf: () => undefined,
    buildVariable: () => undefined,
    steps: 0,
    limit: maxSteps,
    active: new Set(),
  }
  const use = lookup(root, 'answer')?.writes.at(-1)?.value
  if (use === undefined) throw new Error(`nothing is written to answer: ${script}`)
  return evaluate(e, use, { source, context: { ...end, position: use.start }, parameters: undefined })
}

/** `‹wss://{location.host}/›  if `flag` is true`. */
export function told({ value, when }: ScriptOutcome): string {
  const conditions = when.map(({ text }) => text.en)
  return conditions.length === 0 ? shown(value) : `${shown(value)}  if ${conditions.join(' and ')}`
}

function shown(value: ScriptValue): string {
  switch (value.type) {
    case 'text':
      return `‹${value.parts.map((part) => (isHole(part) ? `{${part.name}:${part.kind}}` : part.text)).join('')}›`
    case 'url':
      return `url ${shown({ ...value, type: 'text' })}`
    case 'boolean':
      return String(value.value)
    case 'list':
      return `[${value.items.map(shown).join(', ')}${value.open ? ', …' : ''}]`
    case 'unknown':
      return `{${value.hole.name}:${value.hole.kind}}`
    case 'host':
      return value.object
    case 'box':
      return `box ${value.inner.map(told).join(' | ')}`
    default:
      return value.type
  }
}

/** Whether one of the alternatives is what Node.js answered. */
export function covers(outcomes: readonly ScriptOutcome[], answer: string): boolean {
  return outcomes.some(({ value }) => new RegExp(`^${patternOf(value)}$`, 's').test(answer))
}

const anything = '.*'

/** A pattern of what `answersOf` writes. */
function patternOf(value: ScriptValue): string {
  switch (value.type) {
    case 'text':
    case 'url': {
      const parts = value.parts.map((part) => (isHole(part) ? (hosts[part.kind] ?? anything) : escaped(part.text)))
      return `‹${parts.join('')}›`
    }
    case 'boolean':
      return String(value.value)
    case 'nothing':
      return '(nothing|false|‹(0|NaN|)›)'
    case 'list':
      return `\\[${value.items.map(patternOf).join(', ')}${value.open ? anything : ''}\\]`
    case 'object':
    case 'function':
      return 'object'
    case 'host':
      return value.object === 'location' ? '‹https://app\\.example\\.com/rooms/7›' : 'object'
    default:
      return anything
  }
}

const hosts: Readonly<Record<string, string>> = {
  'page-host': 'app\\.example\\.com',
  'page-hostname': 'app\\.example\\.com',
  'page-port': '',
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
