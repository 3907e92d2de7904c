import { isDeepStrictEqual } from 'node:util'
import { memoryTree } from '../files/memory.ts'
import { loadConfig } from './load.ts'
import { locateToml, locateYaml } from './located.ts'
import type { Pins } from './positions.ts'
import { tomlWithPins } from './toml-pins.ts'

/**
 * A configuration file with `pins` as its policy, everything else in it byte for byte as it was; undefined when its form
 * leaves no safe place for them, or when it is not a sound configuration. Writing the same pins again changes nothing.
 * @param file its name, which says what it is: `pyproject.toml` holds them below `[tool.dynolint]`
 */
export async function withPins(
  file: string,
  text: string,
  pins: Pins,
  ruleIds: readonly string[],
): Promise<string | undefined> {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const yaml = /\.ya?ml$/.test(name)
  const table = name === 'pyproject.toml' ? ['tool', 'dynolint'] : []
  const candidates = yaml
    ? await import('./yaml-pins.ts').then(({ yamlWithPins }) => yamlWithPins(text, pins))
    : tomlWithPins(text, pins, table)
  for (const candidate of candidates) if (await isSound(name, text, candidate, pins, ruleIds)) return candidate
  return undefined
}

/** The last word on an edit: the result loads, has these pins and no others, and says the same as before otherwise. */
async function isSound(
  name: string,
  before: string,
  after: string,
  pins: Pins,
  ruleIds: readonly string[],
): Promise<boolean> {
  const { config, file, problems } = await loadConfig(memoryTree({ [name]: after }), ruleIds, name)
  if (file === undefined || problems.length > 0 || config.pins.size !== pins.size) return false
  if ([...pins].some(([pin, version]) => config.pins.get(pin)?.version !== version)) return false
  return isDeepStrictEqual(await besidesPins(name, before), await besidesPins(name, after))
}

async function besidesPins(name: string, text: string): Promise<unknown> {
  const located = /\.ya?ml$/.test(name) ? await locateYaml(text) : locateToml(text, [])
  const value: unknown = located !== undefined && 'value' in located ? structuredClone(located.value) : undefined
  const tool = name === 'pyproject.toml' ? below(below(value, 'tool'), 'dynolint') : value
  if (isTable(tool)) delete tool.pins
  return value ?? {}
}

const below = (value: unknown, key: string): unknown => (isTable(value) ? value[key] : undefined)

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
