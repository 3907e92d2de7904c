import { about } from '../about.generated.ts'
import type { Language } from '../contracts/text.ts'
import { type EvaluatorFault, onFault } from '../evaluate/python/faults.ts'
import type { Io } from './io.ts'

/** `--debug`: runs a command and says on standard error what failed inside the evaluator meanwhile, each fault once. */
export async function tellingFaults(run: () => Promise<number>, language: Language, io: Io): Promise<number> {
  const faults: EvaluatorFault[] = []
  const end = onFault((fault) => faults.push(fault))
  try {
    return await run()
  } finally {
    end()
    io.err(faultsText(faults, language))
  }
}

function faultsText(faults: readonly EvaluatorFault[], language: Language): string {
  const times = new Map<string, { readonly stack: string; count: number }>()
  for (const fault of faults) {
    const key = headOf(fault, language)
    const known = times.get(key)
    if (known === undefined) times.set(key, { stack: stackOf(fault.error), count: 1 })
    else known.count++
  }
  const name = language === 'fr' ? 'dynolint :' : 'dynolint:'
  const lines = [...times].map(([head, { stack, count }]) => `${name} ${head} (×${count})\n${stack}`)
  const total = language === 'fr' ? 'défaillances de l’évaluateur :' : 'failures of the evaluator:'
  const where = faults.length > 0 ? ` (${about.repository}/issues)` : ''
  return `${lines.join('')}${name} ${total} ${faults.length}${where}\n`
}

function headOf({ model, file, line, error }: EvaluatorFault, language: Language): string {
  const what = model === undefined ? (language === 'fr' ? 'l’interpréteur' : 'the interpreter') : `\`${model}\``
  const place = file === '' ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return `${place}${what}: ${message}`
}

function stackOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  return frames.map((line) => `${line}\n`).join('')
}
