import { predict } from './predict.ts'
import { type Age, requirements } from './venvs.ts'

/** Seconds between pings when no option says it, as the servers' own code has them; null: never. */
export type Defaults = Readonly<Record<string, number | null>>

/** Where the model's defaults are others than the packages'. */
export function wrongDefaults(age: Age, defaults: Defaults): string[] {
  return Object.entries(defaults).flatMap(([server, theirs]) => {
    const ours = predict(`${server} mysite.asgi:application`, requirements(age)).server?.pings.interval
    return ours === (theirs ?? 0) ? [] : [`${server} (${age}) pings every ${theirs} s by default, not ${ours}`]
  })
}
