/**
 * Commands of the systematic list whose answer is not bash's: what the model does not follow (globs that match nothing known, extended
 * patterns, arrays, `IFS`, traps, programs that nobody has). A difference that is not listed fails the oracle, and so does one that is gone.
 */
export const knownDifferences: ReadonlySet<string> = new Set([
  'daphne {a..e..2}',
  'daphne $(<VERSION)',
  'daphne */manage.py',
  'daphne backend/*/x.py',
  'daphne a=~',
  'X={$FOO,b}; daphne "$X"',
  'X=$(<VERSION); daphne "$X"',
  '[[ $FOO == @(bar|baz) ]] && daphne yes || daphne no',
  'if [[ $FOO == @(bar|baz) ]]; then daphne yes; else daphne no; fi',
  'for ((i = 0; i < 2; i++)); do daphne $i; done',
  'A=(a b c); daphne "${A[@]:1}" ${A[-1]} "${!A[@]}"',
  'A=(a b); A[1]=c; daphne ${A[*]}',
  'A=(x); daphne $A ${A[5]:-none}',
  'IFS=:; X=a:b; daphne $X',
  'declare -i N=2+3; daphne $N',
  'let X=2*3; daphne $X',
  'command -v nonexistent-program >/dev/null || daphne none',
  'type nonexistent-program >/dev/null 2>&1 || daphne none',
  'env -u FOO daphne a',
  'X=$(false) || daphne failed',
  'printf -v X %03d 7; daphne $X',
  'trap "daphne trapped" EXIT; daphne first',
  'select x in a; do break; done </dev/null; daphne s',
  'getopts a: o -a v && daphne $o $OPTARG',
  'shopt -s nullglob; daphne nope*',
  'daphne "$(command -v nonexistent-program || echo none)"',
])
