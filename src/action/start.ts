import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { languageAsked } from '../cli/args.ts'
import { exit, type Io, UsageError } from '../cli/io.ts'
import { internal, main } from '../cli/main.ts'
import { out, today, workingDirectory } from '../cli/start.ts'
import type { Language } from '../contracts/text.ts'
import { readdirSync, readFile } from '../files/fs.ts'
import { appendToFile } from '../files/write.ts'
import { terminal } from '../privacy/printable.ts'
import { commandData } from '../report/escape.ts'
import type { JsonReport } from '../report/json-report.ts'
import { readInputs } from './inputs.ts'

/**
 * The action of GitHub (action.yml): inputs become a command line of `check`, whose log, annotations and summary are those of
 * `-f github`. The step fails with the exit code that `check` has; trouble is an annotation of its own.
 */
export async function start(): Promise<void> {
  const { env } = process
  let language = languageAsked([], env)
  try {
    const cwd = workingDirectory() ?? env.GITHUB_WORKSPACE ?? ''
    // Beside each other when two steps run at once, and in the folder that the runner empties.
    const report = join(env.RUNNER_TEMP ?? tmpdir(), `dynolint-${process.pid}.json`)
    const { argv, sarif } = readInputs(env, cwd, report)
    language = languageAsked(argv, env)
    mustHoldFiles(cwd)
    process.exitCode = await run(argv, cwd, language)
    if (process.exitCode !== exit.trouble) writeOutputs(readReport(report), sarif)
  } catch (error) {
    tell('error', error instanceof UsageError ? error.text[language] : internal(error, language, false))
    process.exitCode = exit.trouble
  }
}

async function run(argv: readonly string[], cwd: string, language: Language): Promise<number> {
  const told: string[] = []
  const io: Io = {
    cwd,
    today: today(),
    env: process.env,
    terminal: false,
    out,
    err: (text) => {
      told.push(text)
    },
  }
  const code = await main(argv, io)
  for (const text of told) tell(code === exit.trouble ? 'error' : 'warning', text.trimEnd())
  if (code === exit.trouble && told.length === 0) {
    tell(
      'error',
      language === 'fr'
        ? 'une configuration contient une erreur\u00a0: voir le journal'
        : 'a configuration has an error: see the log',
    )
  }
  return code
}

/** Without a checkout the workspace is empty, and an empty folder has nothing wrong with it. */
function mustHoldFiles(cwd: string): void {
  if (readdirSync(cwd).length > 0) return
  throw new UsageError({
    en: 'the workspace is empty: a step with actions/checkout has to come before this one',
    fr: 'l’espace de travail est vide\u00a0: il faut une étape avec actions/checkout avant celle-ci',
  })
}

function readReport(file: string): JsonReport {
  const bytes = readFile(file)
  if (typeof bytes === 'string') throw new Error(`the report is ${bytes}`)
  return JSON.parse(bytes.toString('utf8'))
}

/**
 * `name=value` lines in the file that GITHUB_OUTPUT names. `chain` is JSON in one line: for each app its root, the first hop
 * that breaks (null: none), and the state of each hop.
 */
function writeOutputs({ apps, summary }: JsonReport, sarif: string | undefined): void {
  const file = process.env.GITHUB_OUTPUT
  if (file === undefined || file === '') return
  const chain = apps.map(({ root, chain: hops }) => ({
    root,
    breaks: hops.find(({ hop, state }) => hop !== 'safety' && state === 'breaks')?.hop ?? null,
    hops: Object.fromEntries(hops.map(({ hop, state, detail }) => [hop, detail ?? state])),
  }))
  const outputs = {
    errors: summary.error,
    warnings: summary.warning,
    chain: JSON.stringify(chain),
    sarif: sarif ?? '',
  }
  const text = Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
  const refusal = appendToFile(file, Buffer.from(text))
  if (refusal === undefined) return
  throw new UsageError({
    en: `the outputs of the step were not written: ${refusal.en}`,
    fr: `les sorties de l’étape n’ont pas été écrites\u00a0: ${refusal.fr}`,
  })
}

function tell(command: 'error' | 'warning', text: string): void {
  out(`::${command} title=dynolint::${commandData(terminal(text).trimEnd())}\n`)
}
