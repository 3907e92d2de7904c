import { createContext, runInContext } from 'node:vm'

/** Under which of the values that a script cannot know it is run. */
const worlds = [true, false].flatMap((flag) => ['lobby', '', 'x'].map((room) => ({ flag, room })))

/**
 * What a script leaves in `answer` on a page at https://app.example.com/rooms/7, once for each value of `flag` and `room`;
 * undefined when it ends early in one of them.
 */
export function answersOf(script: string): readonly string[] | undefined {
  try {
    return [...new Set(worlds.map((world) => written(valueIn(script, world))))]
  } catch {
    return undefined
  }
}

function valueIn(script: string, world: object): unknown {
  const location = new URL('https://app.example.com/rooms/7')
  const document = { location, URL: location.href }
  const page = {
    ...world,
    location,
    document,
    process: { env: { NODE_ENV: 'production' } },
    URL,
    isSecureContext: true,
  }
  const context = createContext(page)
  runInContext('var window = globalThis, self = globalThis', context)
  return runInContext(`${script}\n;answer`, context, { timeout: 1000 })
}

/** A value as the evaluator tells it: numbers are texts, null and undefined are the same. */
function written(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string' || typeof value === 'number') return `‹${value}›`
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  return value instanceof URL ? `‹${value.href}›` : 'object'
}
