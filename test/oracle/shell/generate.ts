/** Random shell commands of the kind that stands in Procfiles and start scripts. The same seed gives the same commands. */

export interface Sample {
  readonly command: string
  /** Files of the sandbox besides the usual ones. */
  readonly files: Readonly<Record<string, string>>
  /** Config vars that are set; the static reader is not told about those of {@link unknownNames}. */
  readonly environment: Readonly<Record<string, string>>
}

/** Variables the static reader knows to be set, and to what. */
export const knownVariables = { PORT: '43117', FOO: 'bar', NAME: 'site', LIST: 'x y  z', HOST: '0.0.0.0' } as const

/** Variables that may be set or not: the static reader must ask. */
export const unknownNames = ['MODE', 'USE_X', 'EXTRA'] as const

const folders = ['backend', 'src', 'backend/inner', 'my app']
export const usualFiles: Readonly<Record<string, string>> = {
  'manage.py': '',
  'backend/manage.py': '',
  'backend/inner/x.py': '',
  'src/a.py': '',
  'src/b.py': '',
  'my app/z.txt': '',
  'requirements.txt': 'daphne\n',
  VERSION: '1.2.3\n',
}

type Random = () => number

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** `count` samples. */
export function samples(seed: number, count: number): Sample[] {
  const random = randomOf(seed)
  return Array.from({ length: count }, () => new Generator(random).sample())
}

class Generator {
  readonly random: Random
  readonly files: Record<string, string> = {}
  depth = 0

  constructor(random: Random) {
    this.random = random
  }

  sample(): Sample {
    const command = this.list()
    const environment: Record<string, string> = { ...knownVariables }
    for (const name of unknownNames) {
      const value = this.pick([undefined, undefined, 'prod', 'a b', '1', 'true'])
      if (value !== undefined) environment[name] = value
    }
    return { command, files: this.files, environment }
  }

  pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.random() * all.length)] as T
  }

  chance(p: number): boolean {
    return this.random() < p
  }

  list(): string {
    const parts = [this.statement()]
    while (this.chance(0.45) && parts.length < 5)
      parts.push(this.pick([' && ', ' && ', '; ', ' || ']), this.statement())
    return parts.join('')
  }

  statement(): string {
    if (this.depth > 3) return this.simple()
    this.depth++
    const kind = this.random()
    const text =
      kind < 0.5
        ? this.simple()
        : kind < 0.58
          ? this.change()
          : kind < 0.62
            ? `(${this.list()})`
            : kind < 0.65
              ? `{ ${this.list()}; }`
              : kind < 0.7
                ? `if ${this.test()}; then ${this.list()}; else ${this.list()}; fi`
                : kind < 0.73
                  ? `if ${this.test()}; then ${this.list()}; fi`
                  : kind < 0.77
                    ? this.caseOf()
                    : kind < 0.8
                      ? `for i in ${this.words(3)}; do ${this.program()} "$i"; done`
                      : kind < 0.85
                        ? this.nested()
                        : kind < 0.89
                          ? this.script()
                          : kind < 0.92
                            ? this.functions()
                            : kind < 0.95
                              ? this.arrays()
                              : kind < 0.97
                                ? `eval ${this.pick(['"', "'"])}${this.plainSimple()}${this.pick(['"', "'"])}`.replace(
                                    /(["'])(.*)["']$/,
                                    '$1$2$1',
                                  )
                                : `${this.test()} && ${this.simple()}`
    this.depth--
    return text
  }

  program(): string {
    return this.pick(['daphne', 'gunicorn', 'uvicorn', 'python', 'celery', 'hypercorn', 'node', 'python3'])
  }

  plainSimple(): string {
    return `${this.program()} ${this.pick(['-m daphne', '-b 0.0.0.0', 'manage.py migrate', 'app.asgi:application'])} ${this.pick(['x', '-v2', '--flag=1'])}`
  }

  simple(): string {
    const prefix = this.chance(0.2) ? `${this.pick(['A', 'B', 'PORT', 'FOO'])}=${this.word()} ` : ''
    const wrapper = this.chance(0.1)
      ? this.pick(['exec ', 'command ', 'nohup ', 'newrelic-admin run-program ', 'poetry run ', 'time '])
      : ''
    const redirect = this.chance(0.12) ? this.pick([' > log', ' 2>&1', ' >> log 2>&1', ' < /dev/null', ' 2> err']) : ''
    const background = this.chance(0.04) ? ' & wait' : ''
    if (prefix !== '' && wrapper === 'time ') return `${prefix}${this.program()} ${this.words(4)}${redirect}`
    return `${prefix}${wrapper}${this.program()} ${this.words(4)}${redirect}${background}`
  }

  words(max: number): string {
    const count = 1 + Math.floor(this.random() * max)
    return Array.from({ length: count }, () => this.word()).join(' ')
  }

  word(): string {
    return this.pick([
      () =>
        this.pick([
          '-b',
          '-p',
          '--port',
          '--bind',
          'app.asgi:application',
          '0.0.0.0',
          '8000',
          '-v2',
          '--workers=3',
          'x',
          '-',
        ]),
      () =>
        this.pick([
          '$PORT',
          '${PORT}',
          '"$PORT"',
          "'$PORT'",
          '--port=$PORT',
          '0.0.0.0:$PORT',
          '[::]:$PORT',
          ':${PORT}',
        ]),
      () =>
        this.pick([
          '${PORT:-8000}',
          '${PORT-8000}',
          '${MODE:-dev}',
          '"${MODE:-dev}"',
          '${USE_X:-}',
          '${EXTRA:+--extra}',
          '${NOPE:-"a b"}',
          '${NOPE:-a b}',
          '"${NOPE:-a b}"',
          '${NOPE}',
          '"${NOPE}"',
          '${NOPE+x}',
          '${FOO:+y}',
        ]),
      () =>
        this.pick([
          '$FOO',
          '"$FOO"',
          '$LIST',
          '"$LIST"',
          '${FOO}x',
          'a"$FOO"b',
          '${LIST}x',
          'x$LIST',
          '"$LIST"y',
          '$HOME/bin',
          '~/x',
          '~',
          'a~b',
        ]),
      () =>
        this.pick([
          '${FOO#b}',
          '${FOO%r}',
          '${NAME%%i*}',
          '${NAME##*i}',
          '${FOO/a/o}',
          '${FOO//b/c}',
          '${FOO^}',
          '${FOO^^}',
          '${FOO:1}',
          '${FOO:0:2}',
          '${#FOO}',
          '${LIST// /_}',
          '${NAME/#s/S}',
          '${NAME/%e/E}',
        ]),
      () =>
        this.pick([
          '$((1+2))',
          '$((2 * 3 + 1))',
          '$(( PORT + 1 ))',
          '$((1 << 3))',
          '$((7 % 4))',
          '"$((2**3))"',
          '$(( 5 > 3 ? 1 : 2 ))',
        ]),
      () => this.pick(['{a,b}', 'x{1,2}y', '{1..3}', '"{a,b}"', 'a{b}c', '{a,{b,c}}', '--{x,y}=1']),
      () => this.pick(['*.txt', '*.nope', 'src/*.py', '"*.py"', 'ma*', '[rV]*', '?anage.py', 'src/[ab].py', '\\*']),
      () =>
        this.pick([
          "'single quoted'",
          '"double quoted"',
          "'it'\"'\"'s'",
          'a\\ b',
          '"a\\"b"',
          "$'tab\\there'",
          '""',
          "''",
          'x""y',
          '\\$FOO',
          '"\\$FOO"',
          "'$FOO'",
          'a#b',
        ]),
      () =>
        this.pick([
          '$(echo hi)',
          '"$(echo a b)"',
          '$(echo a b)',
          '`echo back`',
          '$(pwd)',
          '$(dirname a/b/c)',
          '$(basename /x/y.py .py)',
          '$(printf %s z)',
          '$(cat VERSION)',
          '$(echo $FOO)',
          'v$(cat VERSION)x',
        ]),
      () => this.pick(['$MODE', '"$MODE"', '"$USE_X"', '--mode=$MODE', '"x$EXTRA"']),
    ])()
  }

  change(): string {
    return this.pick([
      () =>
        `cd ${this.pick([...folders.filter((f) => !f.includes(' ')), '"my app"', './src', 'backend/../src', '..', '/', '"$HOME"', '-P src', 'nowhere'])}`,
      () => `export ${this.pick(['A', 'B', 'FOO'])}=${this.word()}`,
      () => `${this.pick(['A', 'B', 'FOO', 'PORT'])}=${this.word()}`,
      () => `${this.pick(['A', 'B'])}=${this.word()}; export ${this.pick(['A', 'B'])}`,
      () => `unset ${this.pick(['FOO', 'A', 'PORT'])}`,
      () => 'set -e',
      () => `set -- ${this.words(3)}`,
      () => 'true',
      () => 'false',
      () => ':',
      () => `echo ${this.words(2)}`,
    ])()
  }

  test(): string {
    return this.pick([
      () => `[ -n "${this.pick(['$FOO', '$MODE', '$NOPE', '$USE_X'])}" ]`,
      () => `[ -z "${this.pick(['$FOO', '$MODE', '$EXTRA'])}" ]`,
      () => `[ "$MODE" = "prod" ]`,
      () => `[ "$MODE" != prod ]`,
      () => `[[ $FOO == b* ]]`,
      () => `[[ "$MODE" == "prod" && -n "$FOO" ]]`,
      () => `[[ -z "$USE_X" || $FOO == nope ]]`,
      () => `[ "$FOO" = bar -a "$NAME" = site ]`,
      () => `[ -f manage.py ]`,
      () => `[ -d backend ]`,
      () => `! [ -d backend ]`,
      () => `test "$PORT" = "$PORT"`,
      () => `[ ${'$#'} -eq 0 ]`,
      () => `[ 3 -gt 2 ]`,
      () => `true`,
      () => `false`,
      () => this.plainSimple(),
      () => `! ${this.plainSimple()}`,
      () => `[ "x$MODE" = xprod ]`,
      () => `(( 2 > 1 ))`,
    ])()
  }

  caseOf(): string {
    const subject = this.pick(['"$MODE"', '$FOO', '"$1"', '"$NAME"', '"${MODE:-web}"'])
    return `case ${subject} in ${this.pick(['prod', 'bar', 'web|bar', 's*', '"bar"', '[a-c]*'])}) ${this.list()} ;; ${this.pick(['*', 'dev', '?*'])}) ${this.simple()} ;; esac`
  }

  nested(): string {
    const shell = this.pick(['sh -c', 'bash -c', 'exec sh -c', 'bash -e -c'])
    const inner = `${this.plainSimple()}${this.pick(['', ' && ', '; '])}`
    const more = /\S[&;]\s*$/.test(inner) || / && $/.test(inner) ? this.plainSimple() : ''
    const body =
      inner.endsWith(' && ') || inner.endsWith('; ') ? inner + (more === '' ? this.plainSimple() : more) : inner
    return this.pick([
      () => `${shell} "${body} $PORT $FOO"`,
      () => `${shell} '${body} $PORT "$FOO"'`,
      () => `${shell} "cd backend && ${body}"`,
      () => `${shell} '${this.program()} "$0" "$@"' zero one "two three"`,
      () => `${shell} "${this.program()} -p \\$PORT \\"$LIST\\""`,
    ])()
  }

  script(): string {
    const name = `run${Object.keys(this.files).length}.sh`
    const header = this.pick(['#!/bin/bash\n', '#!/bin/sh\n', '#!/usr/bin/env bash\n', '', '#!/bin/bash -e\n'])
    const body = this.pick([
      () => `set -e\n${this.list()}\n${this.simple()}\n`,
      () => `${this.change()}\n# a comment\n${this.list()}\nexec ${this.program()} "$@"\n`,
      () => `cd "$(dirname "$0")"\n${this.simple()}\n`,
      () => `case "$1" in\n  web) shift; exec ${this.program()} "$@" ;;\n  *) ${this.simple()} ;;\nesac\n`,
      () =>
        `if [ $# -gt 1 ]; then\n  ${this.program()} \\\n    -b 0.0.0.0 \\\n    -p "$PORT" "$2"\nfi\n${this.simple()}\n`,
      () => `export A=from-script\n${this.list()}\nexit 0\n${this.simple()}\n`,
    ])()
    this.files[name] = header + body
    const args = this.pick(['', ' web', ' web a b', ' "a b" c', ' $PORT'])
    return this.pick([
      `bash ${name}${args}`,
      `sh ${name}${args}`,
      `. ./${name}`,
      `source ./${name}${args}`,
      `./${name}${args}`,
      `bash -e ./${name}${args}`,
    ])
  }

  functions(): string {
    return `f() { ${this.list()}; }; f ${this.words(2)}; ${this.program()} "$@"`
  }

  arrays(): string {
    return `ARGS=(${this.words(3)}); ARGS+=(${this.word()}); ${this.program()} ${this.pick(['"${ARGS[@]}"', '${ARGS[@]}', '"${ARGS[*]}"', '${#ARGS[@]}', '"${ARGS[0]}"'])} end`
  }
}
