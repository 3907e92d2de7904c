import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { type Change, guidePage, readGuide } from '../../scripts/guide.ts'
import { check } from '../../src/check.ts'
import { commands, topics } from '../../src/cli/args.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { filesBelow, repository } from '../support/trees.ts'

const guide = readGuide(repository)
const sound = Object.fromEntries(
  Object.entries(filesBelow('fixtures/guide-sound')).map(([path, bytes]) => [
    path,
    Buffer.from(bytes).toString('utf8'),
  ]),
)
const ids = rules.map((rule) => rule.id)

async function reported(files: Readonly<Record<string, string>>): Promise<Set<string>> {
  const tree = memoryTree(files)
  const { config, file } = await loadConfig(tree, ids)
  const { report } = check({ today, tree, config: file === undefined ? defaultConfig : config })
  return new Set(report.findings.map((finding) => finding.rule))
}

function changed(change: Change): Record<string, string> {
  const files = { ...sound }
  if ('add' in change) files[change.file] = change.add
  else if ('remove' in change) delete files[change.file]
  else {
    const text = files[change.file] ?? ''
    expect(text, change.file).toContain(change.find)
    files[change.file] = text.replace(change.find, () => change.replace)
  }
  return files
}

describe('the deployment guide', () => {
  it('has an answer for every statement, in every section', () => {
    expect(guide.statements.filter((one) => one.rules.length + one.commands.length === 0)).toEqual([])
    const sections = new Set(guide.statements.map(({ section }) => section))
    expect([...sections]).toEqual(Object.keys(guide.sections))
  })

  it('is answered by rules and commands that exist', () => {
    const named = guide.statements.flatMap((one) => [...one.rules, ...one.breaks.map(({ rule }) => rule)])
    expect(named.filter((id) => !ids.includes(id as never))).toEqual([])
    const words = guide.statements.flatMap((one) => one.commands.map((command) => command.split(' ')))
    for (const [command, topic] of words) {
      expect(commands as readonly string[]).toContain(command)
      if (topic !== undefined) expect(topics as readonly string[]).toContain(topic)
    }
    for (const { rules: own, breaks } of guide.statements) for (const { rule } of breaks) expect(own).toContain(rule)
  })

  it('is followed by the sound fixture', async () => {
    expect([...(await reported(sound))]).toEqual([])
  })

  it.each(
    guide.statements.flatMap((one) => one.breaks.map((change) => [`${one.text.en}: ${change.rule}`, change] as const)),
  )('taken back is reported: %s', async (_, change) => {
    expect([...(await reported(changed(change)))]).toContain(change.rule)
  })

  it('stands in the documents as generated', () => {
    for (const [language, file] of [
      ['en', 'docs/guide-coverage.md'],
      ['fr', 'docs/guide-coverage.fr.md'],
    ] as const) {
      expect(readFileSync(join(repository, file), 'utf8')).toBe(guidePage(guide, language))
    }
  })
})
