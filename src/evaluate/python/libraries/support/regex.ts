import { longestText } from '../../../../syntax/regex/backtracking.ts'
import { parseRegex } from '../../../../syntax/regex/parse.ts'
import { isProblem, type RegexFlags, type RegexProblem } from '../../../../syntax/regex/regex.ts'
import { type JavaScriptRegex, toJavaScript } from '../../../../syntax/regex/to-javascript.ts'

/** Flags of Python's `re` by bit. */
export const flagBits = { IGNORECASE: 2, MULTILINE: 8, DOTALL: 16, UNICODE: 32, VERBOSE: 64, ASCII: 256 }

/** A Python pattern that JavaScript can run. */
export interface RunnableRegex extends JavaScriptRegex {
  /** Longest text it may be asked about, in characters. */
  readonly longest: number
}

/** A Python pattern as one of JavaScript that matches the same; undefined when JavaScript lacks what it uses, a problem where Python refuses it. */
export function translate(pattern: string, bits: number): RunnableRegex | RegexProblem | undefined {
  const parsed = parseRegex(pattern, flagsOf(bits))
  if (isProblem(parsed)) return parsed
  const script = toJavaScript(parsed)
  return script === undefined ? undefined : { ...script, longest: longestText(parsed.regex) }
}

function flagsOf(bits: number): RegexFlags {
  return {
    ignoreCase: (bits & flagBits.IGNORECASE) !== 0,
    multiline: (bits & flagBits.MULTILINE) !== 0,
    dotAll: (bits & flagBits.DOTALL) !== 0,
    verbose: (bits & flagBits.VERBOSE) !== 0,
    ascii: (bits & flagBits.ASCII) !== 0,
  }
}

/** Pieces of a replacement template: text, or a group by number or name. Undefined on an escape Python refuses. */
export function template(source: string): readonly (string | { readonly group: string })[] | undefined {
  const out: (string | { readonly group: string })[] = []
  for (let i = 0; i < source.length; i++) {
    if (source[i] !== '\\') {
      out.push(source[i] as string)
      continue
    }
    const rest = source.slice(i + 1)
    const group = rest.match(/^([1-9]\d?)/)?.[1] ?? rest.match(/^g<([A-Za-z_]\w*|\d+)>/)?.[1]
    if (group !== undefined) {
      out.push({ group })
      i += rest.startsWith('g') ? group.length + 3 : group.length
      continue
    }
    const next = rest[0]
    const escaped = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\x07', b: '\b', '\\': '\\' }[next ?? '']
    if (escaped !== undefined) out.push(escaped)
    else if (next === undefined || /[a-zA-Z0-9]/.test(next)) return undefined
    else out.push('\\' + next)
    i++
  }
  return out
}
