import { createInterface } from 'node:readline'
import { readCase } from './case.ts'
import { NotHere, type Played, play } from './play.ts'

/** What a worker answers to one case, as one line of JSON. */
export type Reply = Played | { readonly why: string }

interface Order {
  readonly name: string
  readonly source: string
  readonly keep: boolean
}

for await (const line of createInterface({ input: process.stdin })) {
  const { name, source, keep } = JSON.parse(line) as Order
  process.stdout.write(`${JSON.stringify(await answer(name, source, keep))}\n`)
}

async function answer(name: string, source: string, keep: boolean): Promise<Reply> {
  try {
    return await play(readCase(name, source), { keep })
  } catch (error) {
    if (error instanceof NotHere) return { why: error.message }
    return { why: `rig: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }
  }
}
