/**
 * Writes what GitHub would run into two folders, for linters of workflows. `shown`: action.yml, this project's own workflows, and those
 * that README and docs/ci.md show. `local`: the latter with the action that stands beside them, whose inputs and outputs actionlint
 * then knows.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [shown, local] = ['shown', 'local'].map((name) => join(process.argv[2], name))
const workflows = '.github/workflows'
for (const folder of [shown, local]) {
  mkdirSync(join(folder, workflows), { recursive: true })
  for (const path of ['action.yml', 'dist']) cpSync(path, join(folder, path), { recursive: true })
}
if (existsSync(workflows)) cpSync(workflows, join(shown, workflows), { recursive: true })

for (const document of ['README.md', 'README.fr.md', 'docs/ci.md', 'docs/ci.fr.md']) {
  const blocks = [...readFileSync(document, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block]) => block)
  const examples = blocks.filter((block) => /^jobs:$/m.test(block))
  if (examples.length === 0) throw new Error(`${document} shows no workflow`)
  for (const [index, block] of examples.entries()) {
    const file = join(workflows, `${document.replaceAll('/', '-')}-${index}.yml`)
    writeFileSync(join(shown, file), block)
    const beside = block.replace(/uses: dynolint\/dynolint@\S+/g, 'uses: ./')
    if (beside === block) throw new Error(`${document} shows a workflow without the action`)
    writeFileSync(join(local, file), beside)
  }
}
// The commit that a release will be is not known before it is made; everything else is pinned by its commit.
writeFileSync(
  join(shown, 'zizmor.yml'),
  'rules:\n  unpinned-uses:\n    config:\n      policies:\n        dynolint/dynolint: ref-pin\n        "*": hash-pin\n',
)
