import type { DataNode } from '../../../syntax/data.ts'
import { parseToml } from '../../../syntax/toml/toml.ts'
import { bool, dict, float, int, list, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { exceptionClass, library, native, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'

const decodeError = exceptionClass('tomllib.TOMLDecodeError', [exception('ValueError')])

function loads(run: PythonRun, value: Value): Value {
  const known = value.type === 'bytes' ? value.value : plain(value)
  if (known === undefined) return run.unknown(notModelled('tomllib.loads'), 'dict')
  const { root } = parseToml(known)
  return root === undefined ? run.raise(decodeError, 'Invalid TOML') : pythonValue(run, root)
}

function pythonValue(run: PythonRun, node: DataNode): Value {
  switch (node.kind) {
    case 'text':
      return text(node.text, run.at)
    case 'boolean':
      return bool(node.value, run.at)
    case 'number':
      // Python's floats have a point, an exponent or a name; integers may be written in other bases.
      return /^[+-]?(?:0[xob]|[\d_]+$)/.test(node.text) ? int(node.value, run.at) : float(node.value, run.at)
    case 'list':
      return list(
        node.items.map((item) => pythonValue(run, item)),
        run.at,
      )
    case 'table':
      return dict(
        [...node.entries].map(([key, entry]) => ({
          key: text(key, run.at),
          value: pythonValue(run, entry.value),
          at: run.at,
        })),
        run.at,
      )
    default:
      return run.unknown(notModelled('tomllib'))
  }
}

/** `tomllib`, and `tomli` under which it is installed before Python 3.11: texts that are known, files that are on the dyno. */
const names = {
  TOMLDecodeError: decodeError,
  loads: native('tomllib.loads', (run, args) => {
    const given = take(run, 'loads', args, ['s', '*parse_float?']).s
    return given === undefined ? run.unknown(notModelled('tomllib.loads'), 'dict') : loads(run, given)
  }),
  load: native('tomllib.load', (run, args) => {
    const file = take(run, 'load', args, ['fp', '*parse_float?']).fp
    if (file === undefined || file.type === 'unknown') return run.unknown(notModelled('tomllib.load'), 'dict')
    return loads(run, run.call(run.attribute(file, 'read'), []))
  }),
}

export const tomllib = library('tomllib', names)
export const tomli = library('tomli', names)
