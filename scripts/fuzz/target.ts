import type { Random } from './random.ts'

/** What is tried: how a case is made, and what has to hold of it. Inputs are values of JSON and bytes. */
export interface Target<Input> {
  readonly name: string
  readonly make: (random: Random) => Input
  /** What does not hold; undefined: everything does. A throw is told by whoever calls. */
  readonly judge: (input: Input) => string | undefined | Promise<string | undefined>
  /** Calls of functions that judging it may take; undefined: not counted. */
  readonly steps?: (input: Input) => number
  /** Simpler inputs, for showing what a fault needs. */
  readonly smaller: (input: Input) => Iterable<Input>
}

/** Keeps the type of a target's input. */
export const target = <Input>(one: Target<Input>): Target<Input> => one

/** What is wrong with a case, a throw included. */
export async function verdictOf<Input>({ judge }: Target<Input>, input: Input): Promise<string | undefined> {
  try {
    return await judge(input)
  } catch (error) {
    if (!(error instanceof Error)) return `throws ${String(error)}`
    const [place] = error.stack?.match(/\w[\w/.-]*\.ts:\d+/) ?? []
    return `throws ${error.message.slice(0, 200)} (${place ?? 'nowhere'})`
  }
}

/** The smallest input found within a number of tries that is wrong in the same way. */
export async function shrunk<Input>(one: Target<Input>, input: Input, tries: number): Promise<Input> {
  const kind = kindOf((await verdictOf(one, input)) ?? '')
  let best = input
  let left = tries
  for (let found = true; found && left > 0; ) {
    found = false
    for (const next of one.smaller(best)) {
      if (left-- <= 0) break
      if (kindOf((await verdictOf(one, next)) ?? '') !== kind) continue
      best = next
      found = true
      break
    }
  }
  return best
}

/** What makes two verdicts the same fault: their words, without numbers and texts. */
export const kindOf = (verdict: string): string => verdict.replace(/\d+|"[^"]*"|'[^']*'/g, '#').slice(0, 90)
