import * as v8 from 'node:v8'

/** What ends before V8 gets to work on it, and what runs on, where its work pays. */
const withoutIt = new Set(['--version', '-V', '--help', '-h', 'help', 'lsp', '--watch'])

/**
 * When V8 begins to watch what a function is given, and when it compiles what it has watched: several times later than by itself. Most of
 * what a check calls it calls a few times, in a fifth of a second. By the major version of Node, each of which has one V8; of a
 * flag that it does not know V8 would complain on standard error.
 */
const later = new Map([
  [20, ['--interrupt-budget-factor-for-feedback-allocation=128', '--interrupt-budget=600000']],
  ...[22, 24].map((major): [number, string[]] => [
    major,
    [
      '--invocation-count-for-feedback-allocation=128',
      '--invocation-count-for-maglev=3000',
      '--invocation-count-for-turbofan=20000',
    ],
  ]),
])

/** Before the compile cache is used: what V8 keeps holds for the flags that it was made with, and Node names its folder by them. */
export function optimizeLater(args: readonly string[]): void {
  if (args.some((argument) => withoutIt.has(argument))) return
  for (const flag of later.get(Number.parseInt(process.versions.node, 10)) ?? []) v8.setFlagsFromString(flag)
}
