import * as v8 from 'node:v8'

/** What ends before the compiler gets to work, and what runs on, where its work pays. */
const withoutIt = new Set(['--version', '-V', '--help', '-h', 'help', 'lsp', '--watch'])

/**
 * V8 optimizes a function when the bytecode it has run through is longer than this. A check of a usual project runs a fifth of a second:
 * what Node 20 compiles anew in it (with 67,584) is hardly used after that. A large one has its compiler a little later.
 */
const budget = 600_000

/**
 * Has V8 optimize functions later. Node 20 alone, whose V8 knows the flag: later ones wait by themselves, count otherwise, and would
 * complain of it on standard error.
 */
export function optimizeLater(args: readonly string[], version: string = process.versions.node): void {
  if (version.startsWith('20.') && !args.some((argument) => withoutIt.has(argument)))
    v8.setFlagsFromString(`--interrupt-budget=${budget}`)
}
