/** One command line option of a server, as its own parser declares it in a range of releases. */
export interface OptionFact {
  /** All spellings: `-b`, `--bind`. Empty for a positional argument. */
  readonly names: readonly string[]
  /** Spellings that switch a flag off (click's `--no-…`). */
  readonly negations?: readonly string[]
  /** The parser's own name for it: `bind`, `ws_ping_interval`. */
  readonly dest: string
  /** How many words it takes; `?`, `*`, `+` as in argparse. */
  readonly arity: number | '?' | '*' | '+'
  readonly type: 'str' | 'int' | 'float' | 'bool'
  readonly choices?: readonly (string | number)[]
  readonly default?: string | number | boolean | readonly (string | number)[]
  /** The choices are taken in any case. */
  readonly foldsCase?: true
  /** The file it names must exist when the server starts. */
  readonly exists?: true
  /** Bounds of a number, themselves allowed. */
  readonly min?: number
  readonly max?: number
  /** Every use adds to a list. */
  readonly repeats?: true
  /** First release that was read and has it in this form; absent: all from the oldest one on. */
  readonly since?: string
  /** First release that was read and no longer has it in this form; absent: up to the newest. */
  readonly until?: string
}

export interface ServerFacts {
  readonly name: string
  /**
   * - `argparse`: unique prefixes of long options count, `-p8000`, options and operands mix;
   * - `click`: exact names only;
   * - `getopt`: unique prefixes count, options end at the first operand.
   */
  readonly parser: 'argparse' | 'click' | 'getopt'
  readonly abbreviates: boolean
  /** Releases that were read, oldest first. */
  readonly releases: readonly string[]
  readonly options: readonly OptionFact[]
  readonly positionals: readonly OptionFact[]
}
