import { library, native, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain } from '../value.ts'
import { variableOf } from './support/convert.ts'
import { expressionIn, literalEval } from './support/literal.ts'

/** `ast.literal_eval` of known text. */
export const ast = library('ast', {
  literal_eval: native('ast.literal_eval', (run, args) => {
    const source = take(run, 'literal_eval', args, ['node_or_string']).node_or_string
    const known = plain(source)
    if (known === undefined) {
      if (source?.type === 'none' || source?.type === 'list' || source?.type === 'bool' || source?.type === 'int') {
        return run.raise('ValueError', `malformed node or string: ${plain(run.repr(source)) ?? source.type}`)
      }
      return run.unknown(notModelled('ast.literal_eval'), undefined, variableOf(source))
    }
    const value = literalEval(known, run.at)
    if (expressionIn(known) === undefined) return run.raise('SyntaxError', 'invalid syntax')
    if (value === 'invalid') return run.raise('ValueError', `malformed node or string: ${known}`)
    return value ?? run.unknown(notModelled('ast.literal_eval'))
  }),
})
