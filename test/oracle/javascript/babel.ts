import { parse } from '@babel/parser'
import { type Call, hasElements, isTypeScript } from './ours.ts'

/** Every call and `new` that Babel finds, `import()` left out; undefined when it cannot read the file. */
export function callsOfBabel(name: string, text: string): readonly Call[] | undefined {
  try {
    const { program } = parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      plugins: [
        ...(isTypeScript(name) ? (['typescript'] as const) : []),
        ...(hasElements(name) ? (['jsx'] as const) : []),
        'decorators-legacy',
      ],
    })
    const found = new Set<Call>()
    collect(program, found)
    return [...found].sort()
  } catch {
    return undefined
  }
}

function collect(node: unknown, found: Set<Call>): void {
  if (Array.isArray(node)) for (const one of node) collect(one, found)
  else if (typeof node === 'object' && node !== null) {
    const { type, start, end, callee } = node as {
      type?: string
      start: number
      end: number
      callee?: { type: string }
    }
    const isCall = type === 'CallExpression' || type === 'OptionalCallExpression'
    if (isCall && callee?.type !== 'Import') found.add(`C${start}-${end}`)
    if (type === 'NewExpression') found.add(`N${start}-${end}`)
    for (const [key, value] of Object.entries(node))
      if (key !== 'loc' && !key.endsWith('Comments')) collect(value, found)
  }
}
