import { check } from '../src/check.ts'
import { defaultConfig } from '../src/config/config.ts'
import { memoryTree } from '../src/files/memory.ts'
import { base, generators } from './generators.ts'

/**
 * `npx tsx bench/slopes.ts [largest] [name]`: how the processor time of a check grows with the project. Each generator is run at five
 * doubling sizes; the slope is that of the line through log time against log size, the smallest size left out (what every
 * check costs hides it). 1 is linear, 2 is quadratic.
 */
const largest = Number(process.argv[2] ?? 8000)
const only = process.argv[3]
function milliseconds(files: Record<string, string>): number {
  const start = process.cpuUsage()
  check({ today: '2026-11-22', tree: memoryTree({ ...base, ...files }), config: defaultConfig })
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e3
}

/** The slope of the least squares line through the logarithms. */
function slope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const mean = (index: 0 | 1): number => logs.reduce((sum, point) => sum + point[index], 0) / logs.length
  const [mx, my] = [mean(0), mean(1)]
  const over = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  return over / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
}

console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}`)
milliseconds({})
for (const [name, make] of Object.entries(generators)) {
  if (only !== undefined && only !== name) continue
  const sizes = [16, 8, 4, 2, 1].map((part) => Math.round(largest / part))
  const points = sizes.map((size) => [size, milliseconds(make(size))] as const)
  const times = points.map(([, ms]) => `${Math.round(ms)}`.padStart(7)).join('')
  console.log(`${name.padEnd(34)}${times} ms  slope ${slope(points.slice(1)).toFixed(2)}`)
}
