import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPage } from '../../test/support/page.ts'
import { filesBelow, repository } from '../../test/support/trees.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

const decoder = new TextDecoder()

/** Whole projects to start from: the fixtures, and the cases of every rule's page over their base. */
export function sampleProjects(): readonly Files[] {
  const base = filesBelow('test/pages/bases/channels')
  const fixtures = readdirSync(join(repository, 'fixtures')).filter((name) => name !== 'expected')
  const areas = readdirSync(join(repository, 'rules'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const pages = areas.flatMap(({ name }) =>
    readdirSync(join(repository, 'rules', name)).map((rule) => join(name, rule)),
  )
  const cases = pages.flatMap((rule) => {
    const page = readPage(readFileSync(join(repository, 'rules', rule, 'rule.md'), 'utf8'))
    return page.cases.map(({ files }): Files => (page.base === undefined ? files : { ...base, ...files }))
  })
  return [...fixtures.map((name): Files => filesBelow(join('fixtures', name))), ...cases].map(asTexts)
}

/** Bytes that are the UTF-8 of a text as that text: what is printed of a find can then be read. */
function asTexts(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      const text = textIn(content)
      return [path, Buffer.from(text, 'utf8').equals(Buffer.from(content)) ? text : content]
    }),
  )
}

/** The texts of files that a pattern of names fits, each once. */
export function textsOf(projects: readonly Files[], names: RegExp): readonly string[] {
  const texts = new Set<string>()
  for (const files of projects) {
    for (const [path, content] of Object.entries(files)) {
      if (!names.test(path)) continue
      const text = typeof content === 'string' ? content : decoder.decode(content)
      if (text.length < 20_000) texts.add(text)
    }
  }
  return texts.size === 0 ? [''] : [...texts]
}

export const textIn = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : decoder.decode(content)
