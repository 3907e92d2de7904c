import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import type { Language } from '../../src/contracts/text.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { readText } from '../../src/files/tree.ts'
import { parsePython } from '../../src/syntax/python/parse.ts'
import { showChain } from '../support/chain.ts'
import { filesOf, type Outcome, outcomeOf, pageFile, pageOf } from '../support/example.ts'
import { showFindings } from '../support/findings.ts'
import { fixedFiles } from '../support/fixed.ts'
import { type PageCase, withFindings } from '../support/page.ts'

const languages: readonly Language[] = ['en', 'fr']

const sections: Record<Language, readonly string[]> = {
  en: ['Why it breaks', 'Use instead', 'When it is silent', 'Sources', 'Example'],
  fr: ['Pourquoi ça casse', 'À écrire à la place', 'Quand la règle se tait', 'Sources', 'Exemple'],
}

// The buildpack takes one Python less from a given day on.
beforeAll(() => {
  vi.setSystemTime('2026-11-29')
})
afterAll(() => {
  vi.useRealTimers()
})

for (const rule of rules) {
  describe(rule.id, () => {
    it('has a page in both languages with the usual sections and the same examples', () => {
      for (const language of languages) expect(existsSync(pageFile(rule.id, language))).toBe(true)
      const { page: english } = pageOf(rule.id, 'en')
      const { page: french } = pageOf(rule.id, 'fr')
      expect([english.heading, french.heading]).toEqual([rule.id, rule.id])
      expect({ en: english.sections, fr: french.sections }).toEqual(sections)
      expect(french.base).toBe(english.base)
      expect(french.blocks).toEqual(english.blocks)
      expect(french.cases.map(filesNamed)).toEqual(english.cases.map(filesNamed))
    })

    const { page } = pageOf(rule.id, 'en')
    let run: Promise<Outcome[]> | undefined
    const outcomes = () => {
      run ??= Promise.all(page.cases.map((one) => outcomeOf(rule, filesOf(page, one), one)))
      return run
    }

    const chains = (all: readonly Outcome[]) =>
      all
        .map(({ app }, index) => [
          page.cases[index]?.title ?? '',
          ...showChain(app, rule.id).map((line) => `  ${line}`),
        ])
        .map((lines) => `${lines.join('\n')}\n`)
        .join('\n')

    for (const language of languages) {
      it(`shows what its examples yield (${language})`, async () => {
        const { markdown, page: translated } = pageOf(rule.id, language)
        const shown = (await outcomes()).map(({ app, findings }) => showFindings(app, findings, language))
        await expect(withFindings(markdown, translated, shown)).toMatchFileSnapshot(pageFile(rule.id, language))
        // What is computed once is looked at by one test: that is the one which a change of the sources makes fail.
        if (language === 'en') await expect(chains(await outcomes())).toMatchFileSnapshot(chainFile(rule.id))
      })
    }

    it('fires in every example and nowhere else, and no rule throws', async () => {
      const fires = (await outcomes()).map(({ findings }) => findings.length > 0)
      const told = (does: (index: number) => boolean | undefined) =>
        page.cases.map(({ title }, index) => `${title}: ${does(index) ? 'fires' : 'is silent'}`).join('\n')
      expect(told((index) => fires[index])).toBe(told((index) => isExample(page.cases[index]?.title)))
      expect(new Set(fires)).toEqual(new Set([true, false]))
      const failures = (await outcomes()).flatMap((outcome) => outcome.failures)
      expect(failures.map(({ rule: id, error }) => `${id}: ${error instanceof Error ? error.stack : error}`)).toEqual(
        [],
      )
    })

    it('shows each of its messages', async () => {
      const shown = new Set((await outcomes()).flatMap(({ messages }) => messages.map(({ id }) => id)))
      const missing = Object.keys(rule.messages).filter((id) => !shown.has(id))
      expect(missing, `no example yields: ${missing.join(', ')}`).toEqual([])
    })

    it('shows each of its fixes, which end what they correct and leave Python readable', async () => {
      const fixed = new Set(
        (await outcomes()).flatMap(({ messages }) => messages.filter((one) => one.fixed).map(({ id }) => id)),
      )
      const missing = Object.entries(rule.messages).flatMap(([id, { fix }]) =>
        fix === undefined || fixed.has(id) ? [] : [id],
      )
      expect(missing, `no example shows the fix of: ${missing.join(', ')}`).toEqual([])
      for (const [index, { app, findings }] of (await outcomes()).entries()) {
        const example = page.cases[index] as PageCase
        for (const finding of findings) {
          for (const fix of finding.fixes) {
            const after = await outcomeOf(rule, fixedFiles(filesOf(page, example), app.tree, fix), example, [rule])
            const what = `${example.title}: ${fix.title.en}`
            expect(after.findings.map(identity), what).not.toContain(identity(finding))
            expect(after.findings.length, what).toBeLessThan(findings.length)
            for (const { file } of fix.edits.filter((edit) => edit.file.endsWith('.py'))) {
              expect(parsePython(readText(after.app.tree, file)?.text ?? '').problems, what).toEqual([])
            }
          }
        }
      }
    })
  })
}

/** What the cases of a page say besides the findings of their rule: `-u` writes it, and the difference is read. */
const chainFile = (rule: string): string => join(import.meta.dirname, 'chains', `${rule}.txt`)

const isExample = (title: string | undefined): boolean => title?.startsWith('Example') === true

const identity = ({ symbol, message }: Finding): string => `${symbol}: ${message.en}`

/** What the cases of two languages have in common. */
function filesNamed({ files, deleted }: PageCase): readonly string[] {
  return [...Object.keys(files), ...deleted]
}
