/**
 * The words of a tag of Django's templates, as `smart_split` makes them: at white space, with quoted parts kept together and
 * translated ones (`_("x y")`) whole.
 */
export function tagWords(source: string): string[] {
  const words = source.match(/(?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+/g) ?? []
  const joined: string[] = []
  let open: string | undefined
  for (const word of words) {
    if (open !== undefined) {
      open += ` ${word}`
      if (word.endsWith(')')) {
        joined.push(open)
        open = undefined
      }
    } else if (/^_\(["']/.test(word) && !word.endsWith(')')) open = word
    else joined.push(word)
  }
  return open === undefined ? joined : [...joined, open]
}

/** `name|filter:argument|filter`. */
export interface FilterExpression {
  /** A text in quotes, without them; undefined for anything else. */
  readonly text: string | undefined
  /** The variable or number as written; undefined for a text. */
  readonly variable: string | undefined
  readonly filters: readonly { readonly name: string; readonly argument: FilterArgument | undefined }[]
}

export interface FilterArgument {
  readonly text: string | undefined
  readonly variable: string | undefined
}

const quoted = /^(?:_\()?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)?/
const plainWord = /^[\w.+-]+/u

/** Reads a filter expression as Django's `FilterExpression` does; undefined where it raises TemplateSyntaxError. */
export function readFilterExpression(source: string): FilterExpression | undefined {
  const first = readTerm(source)
  if (first === undefined) return undefined
  const filters: { name: string; argument: FilterArgument | undefined }[] = []
  let rest = source.slice(first.length)
  while (rest !== '') {
    const name = /^\s*\|\s*(\w+)/u.exec(rest)
    if (name === null) return undefined
    rest = rest.slice(name[0].length)
    const term = rest.startsWith(':') ? readTerm(rest.slice(1)) : undefined
    if (rest.startsWith(':')) {
      if (term === undefined) return undefined
      rest = rest.slice(1 + term.length)
    }
    const argument = term && { text: term.text, variable: term.variable }
    filters.push({ name: name[1] as string, argument })
  }
  return { text: first.text, variable: first.variable, filters }
}

function readTerm(source: string): (FilterArgument & { readonly length: number }) | undefined {
  const [whole, literal] = quoted.exec(source) ?? []
  if (whole !== undefined && literal !== undefined)
    return { text: literal.slice(1, -1).replace(/\\(["'\\])/g, '$1'), variable: undefined, length: whole.length }
  const [word] = plainWord.exec(source) ?? []
  return word === undefined ? undefined : { text: undefined, variable: word, length: word.length }
}
