import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { pageUrl } from '../../src/about.generated.ts'
import type { RenderOptions, RunReport } from '../../src/report/report.ts'
import { sarif } from '../../src/report/sarif.ts'

interface Descriptor {
  readonly id: string
  readonly defaultConfiguration: { readonly level: string }
  readonly properties: { readonly tags: readonly string[]; readonly messages?: Readonly<Record<string, unknown>> }
}

const report: RunReport = { version: '1.0.0', apps: [], rules }
const options: RenderOptions = {
  language: 'en',
  colour: false,
  verbose: false,
  width: 80,
  links: false,
  docs: (id) => `https://example.com/${id}`,
  prefix: '',
}
const log = JSON.parse(sarif(report, options)) as {
  runs: { tool: { driver: { rules: Descriptor[] } } }[]
}
const descriptor = (id: string) => log.runs[0]?.tool.driver.rules.find((one) => one.id === id)

describe('a descriptor of SARIF', () => {
  it('names the hops and levels of the messages that are not the rule’s', () => {
    expect(descriptor('settings/allowed-hosts')).toMatchObject({
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: ['django', 'websocket', 'heroku', 'http', 'safety'],
        messages: {
          'entry-idle': { hop: 'http', level: 'warning' },
          star: { hop: 'safety', level: 'warning' },
        },
      },
    })
    expect(descriptor('procfile/bind-port')?.properties.messages).toBeUndefined()
  })

  it('is about security when all that the rule says is', () => {
    expect(descriptor('settings/debug')?.properties.tags).toContain('security')
    expect(descriptor('settings/allowed-hosts')?.properties.tags).not.toContain('security')
  })
})

describe('the log of a project in which nothing is found', () => {
  const pages = {
    en: (id: string) => readFileSync(`rules/${id}/rule.md`, 'utf8'),
    fr: (id: string) => readFileSync(`rules/${id}/rule.fr.md`, 'utf8'),
  }

  it.each(['en', 'fr'] as const)('has no more than 200 kB in %s, though it holds what every page says', (language) => {
    const docs = (id: string): string => pageUrl(id, language)
    const text = sarif(report, { ...options, language, docs, page: pages[language] })
    expect(text).toContain(language === 'fr' ? '## Pourquoi ça casse' : '## Why it breaks')
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200_000)
  })
})
