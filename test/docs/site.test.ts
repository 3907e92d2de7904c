import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { siteOf } from '../../scripts/site.ts'
import { pageUrl } from '../../src/about.generated.ts'
import { repository } from '../support/trees.ts'

/** What `npm run docs` builds the site of; the built pages, and the anchors in them, are checked there. */

const site = siteOf(repository)
const text = (path: string): string => site.pages.find((page) => page.path === path)?.text ?? ''

describe('the documentation as a site', () => {
  it('has no link that leads nowhere', () => {
    expect(site.dead).toEqual([])
  })

  it('finds one', () => {
    const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
    const broken = siteOf(repository, (path) =>
      path === 'docs/ci.md' ? `${read(path)}\n[a](absent.md) \`[b](c.md)\` [d](../LICENSE)\n` : read(path),
    )
    expect(broken.dead).toEqual(['docs/ci.md: absent.md'])
    expect(broken.pages.find(({ path }) => path === 'ci.md')?.text).toMatch(/\[d\]\(https:.*\/blob\/HEAD\/LICENSE\)\n$/)
  })

  it('has every page in both languages', () => {
    const paths = site.pages.map(({ path }) => path)
    const english = paths.filter((path) => !path.startsWith('fr/'))
    expect(english.filter((path) => !paths.includes(`fr/${path}`))).toEqual([])
    expect(paths.length).toBe(2 * english.length)
    for (const rule of rules) expect(paths).toContain(`fr/rules/${rule.id}.md`)
  })

  it('lists each page once beside it', () => {
    for (const language of ['en', 'fr'] as const) {
      const links = site.sidebar[language].flatMap(({ items }) => items.map(({ link }) => link))
      expect(links.length).toBe(site.pages.length / 2)
      expect(new Set(links).size).toBe(links.length)
    }
    expect(site.sidebar.fr.flatMap(({ items }) => items)).toContainEqual({
      text: 'redis-tls',
      link: '/fr/rules/settings/redis-tls',
    })
  })

  it('tells of a rule what it is, why, what to write, and its cases last, folded, without test notation', () => {
    const page = text('fr/rules/settings/redis-tls.md')
    expect(page).toContain('**erreur** · `message` · correction (change le comportement) · ')
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
    expect(headings.slice(0, 2)).toEqual(['Pourquoi ça casse', 'À écrire à la place'])
    expect(headings.slice(-2)).toEqual(['Sources', 'Cas'])
    const [shown = '', cases = ''] = page.split('\n## Cas\n')
    expect(shown).not.toContain('::: details')
    expect(cases.match(/^::: details /gm)?.length).toBe(cases.match(/^:::$/gm)?.length)
    for (const { path, text: all } of site.pages.filter((one) => one.path.includes('rules/'))) {
      expect.soft(all, path).not.toMatch(/^```\S* /m)
      expect.soft(all, path).not.toContain('<!--')
    }
  })

  it('stands where the rules link to', () => {
    expect(pageUrl('settings/debug', 'fr')).toMatch(/^https:.*\/fr\/rules\/settings\/debug$/)
    expect(pageUrl('', 'en')).toBe(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).homepage)
  })
})
