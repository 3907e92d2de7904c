import { text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { exceptionClass, library, native, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { variableOf } from './support/convert.ts'
import { type JsonLayout, parseJson, toJsonText } from './support/data.ts'

export const JSONDecodeError = exceptionClass('json.decoder.JSONDecodeError', [exception('ValueError')])

/** `json.loads` of any value. */
export function loads(run: PythonRun, value: Value): Value {
  const known = value.type === 'bytes' ? value.value : plain(value)
  if (known === undefined) {
    if (value.type === 'str' || value.type === 'unknown' || value.type === 'call') {
      return run.unknown(notModelled('json.loads'), undefined, variableOf(value))
    }
    return run.raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${value.type}`)
  }
  return parseJson(run, known) ?? run.raise(JSONDecodeError, 'Expecting value: line 1 column 1 (char 0)')
}

function layoutOf(run: PythonRun, given: Readonly<Record<string, Value | undefined>>): JsonLayout | undefined {
  const indent = given.indent
  const separators = given.separators
  let width: string | undefined
  if (indent?.type === 'int') width = ' '.repeat(Math.min(Number(indent.value), 40))
  else if (indent?.type === 'str') width = plain(indent)
  else if (indent !== undefined && indent.type !== 'none') return undefined
  let [item, key] = [width === undefined ? ', ' : ',', ': ']
  if (separators?.type === 'tuple' || separators?.type === 'list') {
    const [first, second] = separators.items.map(plain)
    if (first === undefined || second === undefined) return undefined
    item = first
    key = second
  } else if (separators !== undefined && separators.type !== 'none') return undefined
  const flag = (name: string, fallback: boolean): boolean => {
    const value = given[name]
    return value === undefined ? fallback : run.truth(value)
  }
  return {
    indent: width,
    itemSeparator: item,
    keySeparator: key,
    sortKeys: flag('sort_keys', false),
    ascii: flag('ensure_ascii', true),
  }
}

/** `json`: texts that are known, and files of the project that are on the dyno. */
export const json = library('json', {
  JSONDecodeError,
  loads: native('json.loads', (run, args) => {
    const given = take(run, 'loads', args, ['s', '*cls?', '**'])
    if (given.s === undefined || args.keywords.size > (args.keywords.has('s') ? 1 : 0)) {
      return run.unknown(notModelled('json.loads'))
    }
    return loads(run, given.s)
  }),
  load: native('json.load', (run, args) => {
    const file = take(run, 'load', args, ['fp', '**']).fp
    if (file === undefined || file.type === 'unknown') return run.unknown(notModelled('json.load'))
    return loads(run, run.call(run.attribute(file, 'read'), []))
  }),
  dumps: native('json.dumps', (run, args) => {
    const given = take(run, 'dumps', args, [
      'obj',
      '*indent?',
      '*separators?',
      '*sort_keys?',
      '*ensure_ascii?',
      '*default?',
      '**',
    ])
    const layout = layoutOf(run, given)
    const written = given.obj === undefined || layout === undefined ? undefined : toJsonText(given.obj, layout)
    return written === undefined ? run.unknown(notModelled('json.dumps'), 'str') : text(written, run.at)
  }),
})
