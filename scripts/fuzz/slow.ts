import { base, generators } from '../../bench/generators.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type Random, randomOf } from './random.ts'
import { type Files, textIn } from './samples.ts'

/** Parts of a project by generator, and how large each is. */
type Mixture = ReadonlyMap<string, number>

interface Measured {
  readonly mixture: Mixture
  readonly milliseconds: number
  readonly megabytes: number
}

export interface SlowOptions {
  readonly seed: number
  readonly seconds: number
  /** The most characters that a project may have. */
  readonly bytes: number
}

/**
 * Looks for the slowest project of a size: mixtures of the generators that the slopes are measured with, changed one step at a time; a
 * step is kept when the check then costs more. Begins anew when nothing was gained for a while. Prints each that is slower than all before.
 */
export function slowest({ seed, seconds, bytes }: SlowOptions): void {
  const random = randomOf(seed)
  const end = Date.now() + seconds * 1000
  console.log(`seed ${seed}, at most ${bytes} characters, ${seconds} s`)
  const first = Object.keys(generators).map((name) => measured(new Map([[name, fitting(name, bytes)]])))
  const singly = [...first].sort((a, b) => b.milliseconds - a.milliseconds)
  for (const one of singly) console.log(described(one))
  let best = singly[0] as Measured
  let [largest, tries] = [best.megabytes, first.length]
  let [now, lost] = [best, 0]
  while (Date.now() < end) {
    const next = measured(stepped(now.mixture, bytes, random))
    tries++
    largest = Math.max(largest, next.megabytes)
    lost = next.milliseconds > now.milliseconds ? 0 : lost + 1
    if (lost === 0) now = next
    if (next.milliseconds > best.milliseconds) {
      best = next
      console.log(described(best))
    }
    if (lost < 20) continue
    now = random.one(singly.slice(0, 8))
    lost = 0
  }
  console.log(`${tries} projects; the slowest: ${described(best)}; the largest heap: ${Math.round(largest)} MB`)
}

/** The largest size of a generator that fits. */
function fitting(name: string, bytes: number): number {
  let [low, high] = [1, 2]
  while (high < 1_000_000 && sizeOf(filesOf(new Map([[name, high]]))) <= bytes) [low, high] = [high, high * 2]
  while (high - low > Math.max(1, low / 50)) {
    const middle = Math.floor((low + high) / 2)
    if (sizeOf(filesOf(new Map([[name, middle]]))) <= bytes) low = middle
    else high = middle
  }
  return low
}

/** Another mixture: a part more, less or larger, and all made smaller until they fit. */
function stepped(mixture: Mixture, bytes: number, random: Random): Mixture {
  const next = new Map(mixture)
  const name = random.one(Object.keys(generators))
  const kind = random.below(4)
  if (kind === 0 && next.size > 1) next.delete(random.one([...next.keys()]))
  else if (kind === 1) next.set(name, 1 + random.below(2_000))
  else {
    const one = random.one([...next.keys()])
    next.set(one, Math.max(1, Math.round((next.get(one) ?? 1) * (0.5 + random.below(20) / 10))))
  }
  while (sizeOf(filesOf(next)) > bytes)
    for (const [one, size] of next) next.set(one, Math.max(1, Math.floor(size * 0.8)))
  return next
}

/** The files of all parts; texts of one file stand one after the other. */
function filesOf(mixture: Mixture): Files {
  const files: Record<string, string> = {}
  for (const [name, size] of mixture) {
    for (const [path, text] of Object.entries(generators[name]?.(size) ?? {})) {
      const before = files[path]
      files[path] = before === undefined || path.endsWith('.json') ? text : `${before}\n${added(path, text)}`
    }
  }
  return files
}

/** A generator's text without the part that the base has already. */
function added(path: string, text: string): string {
  const own = textIn(base[path] ?? '')
  return own !== '' && text.startsWith(own) ? text.slice(own.length) : text
}

const sizeOf = (files: Files): number => Object.values(files).reduce((sum, { length }) => sum + length, 0)

function measured(mixture: Mixture): Measured {
  const tree = memoryTree({ ...base, ...filesOf(mixture) })
  const before = process.memoryUsage().heapUsed
  const start = process.cpuUsage()
  check({ today: '2026-11-22', tree, config: defaultConfig })
  const { user, system } = process.cpuUsage(start)
  return {
    mixture,
    milliseconds: (user + system) / 1e3,
    megabytes: (process.memoryUsage().heapUsed - before) / 2 ** 20,
  }
}

const described = ({ mixture, milliseconds, megabytes }: Measured): string =>
  `${String(Math.round(milliseconds)).padStart(7)} ms ${String(Math.round(megabytes)).padStart(5)} MB  ${[...mixture].map(([name, size]) => `${size} ${name}`).join(', ')}`
