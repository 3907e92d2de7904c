import * as v8 from 'node:v8'
import { isBrief, nodeMajor } from './compile-cache.ts'

/**
 * When V8 begins to watch what a function is given, and when it compiles what it has watched: several times later than by itself. Most of
 * what a check calls it calls a few times, in a fifth of a second. By the major version of Node, each of which has one V8; of a
 * flag that it does not know V8 would complain on standard error.
 */
const counted = ['feedback-allocation=128', 'maglev=3000', 'turbofan=20000']
  .map((count) => `--invocation-count-for-${count}`)
  .join(' ')
const later: Readonly<Record<string, string>> = {
  20: '--interrupt-budget-factor-for-feedback-allocation=128 --interrupt-budget=600000',
  22: counted,
  24: counted,
}

/**
 * For what neither ends before V8 gets to work on it nor runs on, where its work pays. Before the compile cache is used: what V8 keeps
 * holds for the flags that it was made with, and Node names its folder by them.
 */
export function optimizeLater(args: readonly string[]): void {
  const flags = later[nodeMajor]
  if (flags && !args.some((argument) => isBrief(argument) || argument === 'lsp' || argument === '--watch'))
    v8.setFlagsFromString(flags)
}
