import { resolve } from 'node:path'
import { UsageError } from '../contracts/usage-error.ts'

/** What the runner hands to an action: `INPUT_<NAME>` for each input of action.yml, spaces as `_`, upper case. */
export type RunnerEnvironment = Readonly<Record<string, string | undefined>>

/** Inputs that are an option of the command line with the same meaning. */
const optionInputs = ['fail-on', 'lang', 'since', 'config', 'profile', 'baseline'] as const

/** The command line that the inputs of action.yml ask for, and the file of SARIF among them. */
export interface ActionCommand {
  readonly argv: readonly string[]
  /** Absolute. */
  readonly sarif: string | undefined
}

/**
 * Reads the inputs. `report` is a file for the JSON report, which the outputs are taken from.
 * @throws UsageError for a value that no option can have
 */
export function readInputs(env: RunnerEnvironment, cwd: string, report: string): ActionCommand {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
  const options = optionInputs.flatMap((name) => {
    const value = oneLine(name, input(name))
    // Joined to its name: a value that begins with a dash stays one.
    return value === '' ? [] : [`--${name}=${value}`]
  })
  const sarif = oneLine('sarif', input('sarif'))
  return {
    argv: [
      'check',
      ...['-f', 'json', '-o', report],
      ...(sarif === '' ? [] : ['-f', 'sarif', `--output=${sarif}`]),
      ...['-f', 'github'],
      ...options,
      ...lines(input('args')),
      ...['--', ...lines(input('paths'))],
    ],
    sarif: sarif === '' ? undefined : resolve(cwd, sarif),
  }
}

function oneLine(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return value
  throw new UsageError({
    en: `the input ${name} takes one line`,
    fr: `l’entrée ${name} prend une seule ligne`,
  })
}

/** One a line, so that a path may hold blanks. */
const lines = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
