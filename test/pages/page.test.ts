import { describe, expect, it } from 'vitest'
import { readPage, withFindings } from '../support/page.ts'

const files = '```Procfile file=Procfile\nweb: a\n```\n'
const markdown = [
  '# a/rule',
  '<!-- base: channels -->',
  '## Example',
  `### One\n\n${files}\`\`\`findings\nold\n\`\`\`\n`,
  `### Two\n\n${files}\n## Use instead\n\n\`\`\`text\nno file, no test\n\`\`\`\n`,
].join('\n')

describe('a page', () => {
  it('has a case for each section that holds files', () => {
    const { heading, base, sections, cases, blocks } = readPage(markdown)
    expect({ heading, base, sections }).toEqual({
      heading: 'a/rule',
      base: 'channels',
      sections: ['Example', 'Use instead'],
    })
    expect(cases.map(({ title }) => title)).toEqual(['Example > One', 'Example > Two'])
    expect(cases[0]?.files).toEqual({ Procfile: 'web: a\n' })
    expect(blocks).toHaveLength(2)
  })

  it('stays as it is when its findings do', () => {
    expect(withFindings(markdown, readPage(markdown), ['old', ''])).toBe(markdown)
  })

  it('gets a block where there was none, behind the files, and loses one that has nothing to say', () => {
    const written = withFindings(markdown, readPage(markdown), ['', 'new'])
    expect(written).toContain(`### One\n\n${files}\n### Two\n\n${files}\`\`\`findings\nnew\n\`\`\`\n\n## Use instead`)
    expect(written).not.toContain('old')
  })

  it('marks a change as a diff, and reads it again', () => {
    const change = 'Procfile:1:1 error a/rule (boot)\n--- Procfile\n+++ Procfile\n@@ -1,1 +1,1 @@\n-web: a\n+web: b'
    const written = withFindings(markdown, readPage(markdown), [change, ''])
    expect(written).toContain(`\`\`\`diff findings\n${change}\n\`\`\``)
    expect(withFindings(written, readPage(written), ['old', ''])).toBe(markdown)
  })

  it('fences what holds a fence with a longer one', () => {
    const written = withFindings(markdown, readPage(markdown), ['  ```\n  text', ''])
    expect(written).toContain('````findings\n  ```\n  text\n````')
    expect(withFindings(written, readPage(written), ['old', ''])).toBe(markdown)
  })

  it('refuses two blocks of findings in one case', () => {
    expect(() => readPage(markdown.replace('### Two', '```findings\nagain\n```\n'))).toThrow('two blocks of findings')
  })

  it('writes files in the encoding it names, and no other', () => {
    const content = (encoding: string) =>
      readPage(`## Example\n\n\`\`\`text file=a encoding=${encoding}\né\n\`\`\`\n`).cases[0]?.files.a
    expect(content('latin-1')).toEqual(new Uint8Array([0xe9, 0x0a]))
    expect(content('utf-8-sig')).toEqual(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0x0a]))
    expect(content('utf-16')).toEqual(new Uint8Array([0xff, 0xfe, 0xe9, 0, 0x0a, 0]))
    expect(content('utf-16-le')).toEqual(new Uint8Array([0xe9, 0, 0x0a, 0]))
    expect(() => content('ebcdic')).toThrow('ebcdic')
  })
})
