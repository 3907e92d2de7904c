import { dirname, resolve } from 'node:path'
import { appendToFile, putFile } from '../files/write.ts'
import { formatOf } from '../report/formats.ts'
import type { RenderOptions, RunReport } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { type Io, UsageError } from './io.ts'

/** What every format of a run is given; colours and pages depend on the format. */
export type CommonOptions = Omit<RenderOptions, 'colour' | 'page'>

/**
 * Writes the report in every format that was asked for: files first, so that what cannot be written is told before the rest
 * scrolls by.
 * @throws UsageError for a file that cannot be written
 */
export async function writeOutputs(report: RunReport, args: CommandLine, common: CommonOptions, io: Io): Promise<void> {
  const inFiles = args.outputs.filter(({ file }) => file !== undefined)
  const printed = args.outputs.filter(({ file }) => file === undefined)
  for (const { format, file } of [...inFiles, ...printed]) {
    const { render, needs } = formatOf(format)
    const text = render(report, {
      ...common,
      // Nobody looks at a file through a terminal.
      colour: args.colour && file === undefined,
      links: common.links && file === undefined,
      ...(needs === 'pages' && { page: await pagesIn(args.language) }),
    })
    if (file === undefined) io.out(text)
    else put(file, text, io)
    if (format === 'github') await summarise(report, args, common, io)
  }
}

function put(file: string, text: string, io: Io): void {
  const path = resolve(io.cwd, file)
  const refusal = putFile(dirname(path), path, Buffer.from(text))
  if (refusal !== undefined) {
    throw new UsageError({
      en: `${file} was not written: ${refusal.en}`,
      fr: `${file} n’a pas été écrit\u00a0: ${refusal.fr}`,
    })
  }
}

/** In a job of GitHub Actions, the whole report as its summary: annotations are counted out. */
async function summarise(report: RunReport, args: CommandLine, common: CommonOptions, io: Io): Promise<void> {
  const file = io.env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === '') return
  const text = formatOf('markdown').render(report, { ...common, colour: false })
  const refusal = appendToFile(file, Buffer.from(text))
  if (refusal === undefined) return
  io.err(
    args.language === 'fr'
      ? `dynolint\u00a0: le résumé de la tâche n’a pas été écrit\u00a0: ${refusal.fr}\n`
      : `dynolint: the summary of the job was not written: ${refusal.en}\n`,
  )
}

async function pagesIn(language: CommandLine['language']): Promise<(rule: string) => string | undefined> {
  const { pages } = await import('../pages.generated.ts')
  return (rule) => pages[rule]?.[language]
}
