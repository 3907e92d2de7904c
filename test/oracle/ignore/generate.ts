import fc from 'fast-check'

/** A work tree: ignore files by their path (`.gitignore`, `a/.gitignore`, `.git/info/exclude`) and the files that are asked about. */
export interface IgnoreCase {
  readonly ignores: Readonly<Record<string, string>>
  readonly foldsCase: boolean
  readonly paths: readonly string[]
}

const places = ['a/.gitignore', 'a/b/.gitignore', 'ab/.gitignore', '.git/info/exclude'] as const
const folders = ['a', 'b', 'ab', 'c', '.d', 'B', 'é'] as const
const names = [
  'a',
  'b',
  'ab',
  'a.b',
  'B',
  '.a',
  'a b',
  'a]',
  'a-',
  'é',
  '[a]',
  'a\\b',
  'a*',
  '#a',
  '!a',
  'a{b',
  'a\t',
] as const
const path = fc
  .tuple(fc.array(fc.constantFrom(...folders), { maxLength: 3 }), fc.constantFrom(...names))
  .map(([above, last]) => [...above, last].join('/'))

const stars = fc.constantFrom('*', '?', '**', '***', '*?')
const classes = fc.constantFrom(
  ...['[ab]', '[!a]', '[^a]', '[a-c]', '[]a]', '[]-a]', '[!]a-]', '[[:alpha:]]', '[[:upper:][:digit:]b]', '[[:nope:]]'],
  ...[
    '[[:]',
    '[a',
    '[\\]a]',
    '[a\\-c]',
    '[--/]',
    '[b-a]',
    '[',
    ']',
    '[A-C]',
    '[[:lower:]]',
    '[!b-z]',
    '[a-]',
    '[\\a-\\c]',
  ],
)
const letters = fc.constantFrom(
  'a',
  'b',
  'ab',
  'c',
  'B',
  '.a',
  'é',
  '.',
  '\\a',
  '\\*',
  '\\\\',
  '\\[',
  '\\',
  '{a,b}',
  '#',
  '!',
  ' ',
  '\t',
)
const segment = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof(stars, classes, letters), { minLength: 1, maxLength: 3 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.constant('**') },
  { weight: 1, arbitrary: fc.constant('*') },
  { weight: 2, arbitrary: fc.constantFrom(...folders, ...names) },
)
const free = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'))

/** A path of the case in which some pieces gave way to wildcards, so that it often matches. */
function blurred(paths: readonly string[]): fc.Arbitrary<string> {
  const blur = fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: stars },
    { weight: 1, arbitrary: classes },
    { weight: 1, arbitrary: fc.constantFrom('', '\\', '/', 'a') },
  )
  return fc
    .tuple(fc.constantFrom(...paths), fc.infiniteStream(blur), fc.nat(3), fc.nat(3))
    .map(([of, stream, skip, drop]) => {
      const segments = of.split('/')
      const kept = segments.slice(skip % segments.length)
      const part = kept.slice(0, Math.max(1, kept.length - drop)).join('/')
      return [...part].map((char) => stream.next().value ?? char).join('')
    })
}

function content(paths: readonly string[]): fc.Arbitrary<string> {
  const body =
    paths.length === 0 ? free : fc.oneof({ weight: 3, arbitrary: blurred(paths) }, { weight: 2, arbitrary: free })
  const pattern = fc
    .tuple(
      fc.constantFrom('', '', '', '!', '\\!', '\\'),
      fc.constantFrom('', '', '', '', '/', '**/', '//', './', '*/'),
      body,
      fc.constantFrom('', '', '', '', '/', '/**', '/*', '//', '*'),
      fc.constantFrom('', '', '', '', ' ', '  ', '\\ ', '\t'),
    )
    .map((parts) => parts.join(''))
  const line = fc.oneof(
    { weight: 12, arbitrary: pattern },
    { weight: 1, arbitrary: fc.constantFrom('', '# note', ' ', '/', '!', '\\') },
  )
  return fc
    .tuple(
      fc.constantFrom('', '', '', '\uFEFF'),
      fc.array(line, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '\n', '\r\n'),
      fc.boolean(),
    )
    .map(([bom, lines, end, last]) => bom + lines.join(end) + (last ? end : ''))
}

export const ignoreCase: fc.Arbitrary<IgnoreCase> = fc
  .uniqueArray(path, { minLength: 3, maxLength: 8 })
  .map(withoutClashes)
  .chain((paths) =>
    fc.record({
      ignores: fc
        .tuple(
          content(paths),
          fc.array(fc.tuple(fc.constantFrom(...places), content(paths.map(inner))), { maxLength: 2 }),
        )
        .map(([root, others]) => ({ '.gitignore': root, ...Object.fromEntries(others) })),
      foldsCase: fc.boolean(),
      paths: fc.constant(paths),
    }),
  )

/** A name can't be a file and a folder at once; the folders of the nested ignore files exist always. */
function withoutClashes(paths: readonly string[]): string[] {
  const taken = new Set(['a', 'ab', 'a/b', ...paths.flatMap(above)])
  return paths.filter((one) => !taken.has(one))
}

/** The folders above the paths of a case, each once. */
export function foldersOf({ paths }: IgnoreCase): string[] {
  return [...new Set(paths.flatMap(above))]
}

function above(path: string): string[] {
  const segments = path.split('/')
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'))
}

function inner(path: string): string {
  return path.replace(/^(a\/b|ab|a)\//, '')
}
