import { UsageError } from '../contracts/usage-error.ts'
import { compareKnown, type KnownFinding } from '../engine/baseline.ts'
import { putFile } from '../files/write.ts'
import { type Baseline, baselineVersion } from '../open/baseline.ts'

/**
 * Writes a baseline: sorted, an entry a line, so that two branches merge and the same findings give the same bytes.
 * @throws UsageError when it cannot be written; the file is then what it was
 */
export function writeBaseline({ name, path, folder }: Baseline, findings: readonly KnownFinding[]): void {
  const lines = [...findings]
    .sort(compareKnown)
    .map(({ file, rule, symbol, identity }) => `    ${JSON.stringify({ file, rule, symbol, identity })}`)
  const text = `{\n  "version": ${baselineVersion},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
  const refusal = putFile(folder, path, Buffer.from(text))
  if (refusal === undefined) return
  throw new UsageError({
    en: `${name} was not written: ${refusal.en}`,
    fr: `${name} n’a pas été écrit\u00a0: ${refusal.fr}`,
  })
}
