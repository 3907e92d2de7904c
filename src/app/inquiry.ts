import type { Untold } from '../contracts/untold.ts'

/**
 * The record of what could not be told. Every question that a rule asks of the model has three answers: it holds, it does
 * not, nobody can tell. The third is put on record where it is met, with its reason, so that no rule has to hand it on and
 * none can forget it: whoever runs the rule reads the record, and a hop of which something had to be known and was not
 * does not hold.
 *
 * Only questions go on record, asked by a rule while it runs; reading a part of the model that is remembered does not, or
 * the first rule that needs the part would be told of what it never asked.
 */
export interface Inquiry {
  cannotTell(unknown: Untold): void
  /** Runs `ask` and returns what it could not be told, each once. */
  during(ask: () => void): readonly Untold[]
}

export function newInquiry(): Inquiry {
  let record: Map<string, Untold> | undefined
  return {
    cannotTell(unknown) {
      const { what, why, at } = unknown
      const key = `${what.en}\0${why.en}\0${at?.file}\0${at?.span.start}`
      if (record !== undefined && !record.has(key)) record.set(key, unknown)
    },
    during(ask) {
      const outer = record
      const own = new Map<string, Untold>()
      record = own
      try {
        ask()
      } finally {
        record = outer
      }
      return [...own.values()]
    },
  }
}
