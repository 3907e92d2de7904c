import { floatText } from './types/float-text.ts'
import { bytesText } from './types/text.ts'
import { type CallArguments, calleePath, type DictEntry, display, type UnknownValue, type Value } from './value.ts'

/** A value as Python would write it, shortened to about `longest` characters: for messages. Holes show as `<NAME>`. */
export function repr(value: Value, longest = 120): string {
  const text = show(value, { left: longest * 2 }, 0)
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

interface Budget {
  left: number
}

function show(value: Value, budget: Budget, depth: number): string {
  if (budget.left <= 0 || depth > 12) return '…'
  const text = write(value, budget, depth)
  budget.left -= text.length > 40 ? 0 : text.length
  return text
}

function write(value: Value, budget: Budget, depth: number): string {
  const inner = (v: Value): string => show(v, budget, depth + 1)
  switch (value.type) {
    case 'none':
      return 'None'
    case 'ellipsis':
      return '...'
    case 'bool':
      return value.value ? 'True' : 'False'
    case 'int':
      return value.value.toString()
    case 'float':
      return floatText(value.value)
    case 'str':
      return quote(display(value).slice(0, 400))
    case 'bytes':
      return bytesText(value.value.slice(0, 400))
    case 'list':
      return `[${items(value.items, value.rest, inner, budget)}]`
    case 'tuple': {
      const shown = items(value.items, value.rest, inner, budget)
      return value.items.length === 1 && value.rest === undefined ? `(${shown},)` : `(${shown})`
    }
    case 'set': {
      const shown = items(value.items, value.rest, inner, budget)
      if (shown === '') return value.frozen ? 'frozenset()' : 'set()'
      return value.frozen ? `frozenset({${shown}})` : `{${shown}}`
    }
    case 'dict':
      return `{${entries(value.entries, value.rest, inner, budget)}}`
    case 'function':
      return value.name === '<lambda>' ? 'lambda' : value.name
    case 'class':
    case 'module':
    case 'native':
      return value.name
    case 'instance':
      return `${value.class.name}(${passed(value.args, inner, budget)})`
    case 'method':
      return `${inner(value.self)}.${nameOf(value.function)}`
    case 'object':
      return object(value)
    case 'external':
      return value.path
    case 'call': {
      const called = calleePath(value.callee) ?? inner(value.callee)
      return [`${called}(${passed(value.args, inner, budget)})`, ...value.attributes].join('.')
    }
    case 'unknown':
      return value.variable === undefined ? '<?>' : `<${value.variable}>`
  }
}

/** A path shows its text, as in `Path('/app')`. */
function object(value: Extract<Value, { type: 'object' }>): string {
  const state = value.state as Value | undefined
  if (value.class === 'pathlib.Path' && state?.type === 'str') return `Path(${quote(display(state))})`
  return `<${value.class}>`
}

function items(
  values: readonly Value[],
  rest: UnknownValue | undefined,
  inner: (value: Value) => string,
  budget: Budget,
): string {
  const shown: string[] = []
  for (const value of values) {
    if (budget.left <= 0) {
      shown.push('…')
      break
    }
    shown.push(inner(value))
  }
  if (rest !== undefined) shown.push('…')
  return shown.join(', ')
}

function entries(
  values: readonly DictEntry[],
  rest: UnknownValue | undefined,
  inner: (value: Value) => string,
  budget: Budget,
): string {
  const shown: string[] = []
  for (const { key, value } of values) {
    if (budget.left <= 0) {
      shown.push('…')
      break
    }
    shown.push(`${inner(key)}: ${inner(value)}`)
  }
  if (rest !== undefined) shown.push('…')
  return shown.join(', ')
}

function passed(args: CallArguments, inner: (value: Value) => string, budget: Budget): string {
  const shown = args.positional.map((value) => (budget.left > 0 ? inner(value) : '…'))
  for (const [name, value] of args.keywords) shown.push(`${name}=${budget.left > 0 ? inner(value) : '…'}`)
  if (args.open) shown.push('…')
  return shown.join(', ')
}

function nameOf(value: Value): string {
  if (value.type === 'external') return value.path.slice(value.path.lastIndexOf('.') + 1)
  return value.type === 'function' || value.type === 'native' ? value.name.slice(value.name.lastIndexOf('.') + 1) : '…'
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(/[\\\n\r\t]/g, (c) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r' })[c] ?? '\\t')
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark
}
