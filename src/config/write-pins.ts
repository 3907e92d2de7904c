import { isDeepStrictEqual } from 'node:util'
import { memoryTree } from '../files/memory.ts'
import { normaliseName } from '../syntax/requirements/marker.ts'
import { tomlWithTexts } from '../syntax/toml/write-texts.ts'
import { yamlWithTexts } from '../syntax/yaml/write-texts.ts'
import { loadConfig } from './load.ts'
import { isYaml, locate } from './located.ts'

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
  const texts = { name: 'pins', texts: pins, normal: normaliseName }
  const candidates = isYaml(name)
    ? yamlWithTexts(text, texts)
    : tomlWithTexts(text, texts, name === 'pyproject.toml' ? ['tool', 'dynolint'] : [])
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
  return isDeepStrictEqual(besidesPins(name, before), besidesPins(name, after))
}

function besidesPins(name: string, text: string): unknown {
  const located = locate(name, text, [])
  const value: unknown = located !== undefined && 'value' in located ? structuredClone(located.value) : undefined
  const tool = name === 'pyproject.toml' ? below(below(value, 'tool'), 'dynolint') : value
  if (isTable(tool)) delete tool.pins
  return value ?? {}
}

const below = (value: unknown, key: string): unknown => (isTable(value) ? value[key] : undefined)

/** Normalised package name -> version. */
type Pins = ReadonlyMap<string, string>

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
