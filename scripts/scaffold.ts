/** What a new rule starts as: a small rule that works, its page in both languages, and the cases that the reality rig asks for. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const template = join(import.meta.dirname, 'new-rule')

/**
 * The files of a new rule by their path, made from those in scripts/new-rule, where the types and a test hold them to what
 * the model is today.
 */
export function scaffoldOf(id: string): Readonly<Record<string, string>> {
  const read = (path: string) => readFileSync(join(template, path), 'utf8').replaceAll('procfile/new-rule', id)
  const files: Record<string, string> = {
    [`rules/${id}/rule.ts`]: read('rule.ts').replaceAll("'../../src/", "'../../../src/"),
    [`rules/${id}/rule.md`]: read('rule.md'),
    [`rules/${id}/rule.fr.md`]: read('rule.fr.md'),
  }
  for (const name of readdirSync(join(template, 'cases'))) {
    files[`test/reality/cases/boot/${id.replace('/', '-')}-${name}`] = read(`cases/${name}`)
  }
  return files
}
