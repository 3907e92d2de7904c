import { describe, expect, it } from 'vitest'
import { terminal } from '../../src/privacy/printable.ts'
import { link, opensLinks } from '../../src/terminal/link.ts'

describe('an address behind a text', () => {
  it('is for terminals that are known to open it', () => {
    expect(opensLinks({ TERM: 'xterm-256color', VTE_VERSION: '7200' })).toBe(true)
    expect(opensLinks({ TERM: 'xterm-256color', VTE_VERSION: '4200' })).toBe(false)
    expect(opensLinks({ TERM_PROGRAM: 'vscode' })).toBe(true)
    expect(opensLinks({ TERM: 'xterm' })).toBe(false)
  })

  it('is for no CI log, and as FORCE_HYPERLINK says', () => {
    expect(opensLinks({ TERM_PROGRAM: 'vscode', CI: 'true' })).toBe(false)
    expect(opensLinks({ CI: 'true', FORCE_HYPERLINK: '1' })).toBe(true)
    expect(opensLinks({ TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0' })).toBe(false)
  })

  it('passes the door of the renderers only when it is one of ours', () => {
    const ours = link('settings/debug', 'https://example.org/rules/settings/debug')
    expect(terminal(`${ours}\n`, 'https://example.org')).toBe(`${ours}\n`)
    const theirs = link('click', 'https://attacker.example')
    expect(terminal(theirs, 'https://example.org')).not.toContain('\u001b]8;;https')
    expect(terminal(ours)).not.toContain('\u001b')
  })
})
