import { describe, expect, it } from 'vitest'
import type { Untold } from '../../src/contracts/untold.ts'
import { chainOf } from '../../src/engine/chain.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { drawChain } from '../../src/report/chain.ts'
import type { AppReport, RenderOptions } from '../../src/report/report.ts'
import { createColours } from '../../src/terminal/colours.ts'

const untold = (name: string): Untold => ({
  what: { en: name, fr: name },
  why: { en: 'nobody knows it', fr: 'nul ne le sait' },
  at: undefined,
})

function drawn(verbose: boolean, language: 'en' | 'fr' = 'en'): string[] {
  const chain = chainOf([], {
    notApplicable: new Set(),
    unknowns: new Map([
      ['boot', [untold('the settings'), untold('the port')]],
      ['http', [untold('the settings')]],
      ['message', [untold('the layer')]],
      ['safety', [untold('the settings'), untold('the port'), untold('DEBUG')]],
    ]),
  })
  const app: AppReport = {
    root: '.',
    tree: memoryTree({}),
    sources: new Map(),
    chain,
    findings: [],
    suppressed: [],
    filtered: [],
    undetermined: [],
    isDjango: true,
    usesChannels: true,
  }
  const options: RenderOptions = {
    language,
    verbose,
    colour: false,
    width: 80,
    links: false,
    docs: (rule) => rule,
    prefix: '',
  }
  return drawChain(app, options, createColours(false))
    .split('\n')
    .filter((line) => / \? /.test(line) && !line.startsWith('push'))
}

describe('the reasons under the chain', () => {
  it('one reason is one line, with every hop it leaves open and how many other reasons these have', () => {
    expect(drawn(false)).toEqual([
      'boot, http, safety ? the settings: nobody knows it (and 2 more: --verbose)',
      'message ? the layer: nobody knows it',
    ])
    expect(drawn(false, 'fr')[0]).toBe(
      'boot, http, safety ? the settings\u00a0: nul ne le sait (et 2 de plus\u00a0: --verbose)',
    )
  })

  it('all of them when they are asked for', () => {
    expect(drawn(true)).toEqual([
      'boot, http, safety ? the settings: nobody knows it',
      'boot, safety ? the port: nobody knows it',
      'message ? the layer: nobody knows it',
      'safety ? DEBUG: nobody knows it',
    ])
  })
})
