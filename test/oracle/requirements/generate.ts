import fc from 'fast-check'

const name = fc.constantFrom(
  'channels',
  'channels_redis',
  'Django',
  'daphne',
  'redis',
  'a.b-c_d',
  'x',
  'foo-',
  '_bar',
  '9lives',
  'zope.interface',
)
const version = fc.constantFrom(
  '1',
  '1.0',
  '4.1.0',
  '2.0b1',
  '1!2.0',
  '1.0.post1',
  '1.0.dev0',
  '1.0+local.1',
  '==',
  '1.*',
  '*',
  '',
  'v1.0',
  '1.0-1',
  '01.02',
  '1.0.0rc.1',
  'latest',
  '1.0.*.*',
  '1.0a1.*',
)
const operator = fc.constantFrom('==', '>=', '<=', '<', '>', '~=', '!=', '===', '=', '=>', '^', '')
const blank = fc.constantFrom('', '', '', ' ', '  ', '\t')
const clause = fc.tuple(operator, blank, version).map((parts) => parts.join(''))
const clauses = fc
  .tuple(
    fc.array(
      fc.tuple(clause, blank).map((parts) => parts.join('')),
      { maxLength: 3 },
    ),
    fc.constantFrom(',', ', ', ' , ', ' '),
    fc.boolean(),
  )
  .map(([parts, comma, parentheses]) => (parentheses ? `(${parts.join(comma)})` : parts.join(comma)))
const extras = fc.constantFrom('', '', '', '[hiredis]', '[ a , b ]', '[]', '[a,]', '[a b]', '[A_B.c]', '[,a]')
const operand = fc.constantFrom(
  'python_version',
  'sys_platform',
  'platform_machine',
  'os.name',
  'os_name',
  'extra',
  'implementation_name',
  'python_full_version',
  "'3.9'",
  '"3.10"',
  "'linux'",
  '"win32"',
  "'3.8, 3.9'",
  '"3.*"',
  "'a\\'",
  'nonsense',
  "''",
  'platform.python_implementation',
  'python_implementation',
  '"CPython"',
)
const comparison = fc
  .tuple(
    operand,
    blank,
    fc.constantFrom('==', '>=', '<', '!=', ' in ', ' not in ', '~=', '===', '>', '<=', ' is '),
    blank,
    operand,
  )
  .map((parts) => parts.join(''))
const marker = fc
  .tuple(
    fc.array(comparison, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(' and ', ' or ', ' AND ', 'and'),
    fc.boolean(),
  )
  .map(([parts, joint, parentheses]) => (parentheses ? `(${parts.join(joint)})` : parts.join(joint)))
const tail = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.tuple(blank, marker).map(([b, m]) => `${b};${b}${m}`) },
)
const plain = fc.tuple(blank, name, blank, extras, blank, clauses, tail).map((parts) => parts.join(''))
const url = fc.constantFrom(
  'https://example.com/a.tar.gz',
  'git+https://example.com/r.git@main#egg=thing',
  'git+ssh://git@example.com/r',
  'file:///tmp/x',
  './local',
  'local',
  '.',
  './empty',
  './absent',
  'local[dev]',
  'https://example.com/w-1.0-py3-none-any.whl',
  'https://example.com/w-1.0.whl',
  'w-1.0-1-py2.py3-none-any.whl',
  './w-1.0-py3-none-any.whl',
  'x.zip',
  'local.tar.gz',
  'git+https://e.com/r#egg=bad[x]',
  'git+https://e.com/r#egg=ok&subdirectory=a',
  'svn+http://e.com/x',
  'http://[bad',
  'https://e.com/${KNOWN_TOKEN}/a',
  'git:e.com/r#egg=y',
  'local.tar.gz[a,b]',
  'FILE:///tmp/y',
)
const direct = fc.tuple(name, extras, fc.constantFrom(' @ ', '@', ' @'), url, tail).map((parts) => parts.join(''))
const link = fc
  .tuple(url, fc.constantFrom('', '', ' ; ', '; ', ';'), fc.constantFrom('', "python_version < '4'"))
  .map((parts) => parts.join(''))
const option = fc
  .tuple(
    fc.constantFrom(
      '-r',
      '-c',
      '--requirement',
      '--constraint',
      '--req',
      '--const',
      '-e',
      '--editable',
      '-i',
      '--index-url',
      '--extra-index-url',
      '--hash',
      '--pre',
      '--no-binary',
      '--find-links',
      '-f',
      '-x',
      '--',
      '-',
      '--no-index',
      '--use-feature',
      '-C',
      '--trusted-host',
      '--require-hashes',
      '-rr',
      '--index-url=x',
    ),
    fc.constantFrom('', ' ', '=', '  ', '\t'),
    fc.oneof(
      url,
      fc.constantFrom(
        'base.txt',
        'sha256:abc',
        'md5:abc',
        '"quoted name.txt"',
        "'x",
        'a\\ b.txt',
        ':all:',
        '-x',
        '',
        'fast-deps',
        'k=v',
      ),
    ),
  )
  .map((parts) => parts.join(''))
const hashed = fc
  .tuple(
    plain,
    fc.constantFrom(' ', '\t', ' \\\n    ', '  '),
    fc.constantFrom('--hash=sha256:00', '--hash sha512:11 --hash=sha256:22', '--hash=md5:33', '--global-option=x'),
  )
  .map((parts) => parts.join(''))
const comment = fc.constantFrom('# a comment', '   # indented', '#', '# ends in \\', '#!notes')
const noise = fc.constantFrom(
  '',
  '   ',
  '\\',
  '\\\\',
  '\t',
  '===',
  '[a]',
  ';',
  '$VAR',
  '${KNOWN_TOKEN}',
  '${UNKNOWN}==1.0',
  'pip install x',
  '"quoted"==1.0',
)
const content = fc.oneof(
  { weight: 8, arbitrary: plain },
  { weight: 2, arbitrary: direct },
  { weight: 2, arbitrary: link },
  { weight: 3, arbitrary: option },
  { weight: 2, arbitrary: hashed },
  { weight: 1, arbitrary: comment },
  { weight: 1, arbitrary: noise },
)
const line = fc
  .tuple(content, fc.constantFrom('', '', '', '', ' # why', '#not', ' \\', '\\', '  ', '\t#x'))
  .map((parts) => parts.join(''))
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\f', '\v', '\u2028', '\x1c', '\n\n')

/** A requirements file of up to twelve lines, sound and broken ones mixed. */
export const generatedFile = fc
  .array(
    fc.tuple(line, ending).map((parts) => parts.join('')),
    { minLength: 1, maxLength: 12 },
  )
  .map((lines) => lines.join(''))
