import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagesListed } from '../../scripts/licenses.mjs'
import { billOf, npmBill } from '../../scripts/sbom.mjs'
import { bundled } from '../support/built.ts'
import { repository } from '../support/trees.ts'

/** What is delivered and what it is made with: licences, bill of materials, lock file. */

interface Entry {
  readonly version?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
}
const text = (path: string): string => readFileSync(join(repository, path), 'utf8')
const lock = JSON.parse(text('package-lock.json')) as { readonly packages: Readonly<Record<string, Entry>> }
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: `${nameOf(path)}@${entry.version}`, ...entry }))

describe('what is bundled', () => {
  const folder = bundled()
  const listed = (): string[] => packagesListed(readFileSync(join(folder(), 'licenses.txt'), 'utf8'))

  it('has its licences beside it, and comes from the lock file', () => {
    expect(listed()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^valibot@/), expect.stringMatching(/^yaml@/)]),
    )
    const names = new Set(locked.map(({ name }) => name))
    expect(listed().filter((name) => !names.has(name))).toEqual([])
  })

  it('is under licences that ask for no more than their text', () => {
    const lines = readFileSync(join(folder(), 'licenses.txt'), 'utf8').match(/^\S+@\d\S* \(.*\)$/gm) ?? []
    expect(lines).toHaveLength(listed().length)
    const permissive = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'])
    expect(lines.filter((line) => !permissive.has(line.replace(/^.* \((.*)\)$/, '$1')))).toEqual([])
  })

  it('runs nothing when it is installed', () => {
    const names = new Set(listed())
    expect(locked.filter(({ name, hasInstallScript }) => hasInstallScript && names.has(name))).toEqual([])
  })

  it('is told from what development needs in the bill of materials', () => {
    const bill = billOf(npmBill(repository), new Set(listed()), 'dynolint')
    const scopes = new Map(bill.components.map((one) => [`${one.name}@${one.version}`, one.scope]))
    expect(scopes.get(listed().find((name) => name.startsWith('yaml@')) ?? '')).toBe('required')
    expect([...scopes].find(([name]) => name.startsWith('vitest@'))?.[1]).toBe('excluded')
    expect(
      [...scopes]
        .filter(([, scope]) => scope === 'required')
        .map(([name]) => name)
        .sort(),
    ).toEqual(listed().sort())
    expect(JSON.stringify(bill)).not.toMatch(/"(serialNumber|timestamp|distribution)"|registry/)
    expect(bill.metadata.component.name).toBe('dynolint')
  }, 60_000)
})

describe('the bill of materials', () => {
  const one = { name: 'a', version: '1.0.0', scope: 'optional', properties: [] }
  const npm = { bomFormat: 'CycloneDX', metadata: { component: { name: 'main' } }, components: [one] }

  it('knows every package that is bundled', () => {
    expect(() => billOf(npm, new Set(['b@1.0.0']), 'dynolint')).toThrow('not in the lock file: b@1.0.0')
  })
})

describe('the lock file', () => {
  it('names no registry', () => {
    expect(locked.filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })

  it('has scripts at install in nothing but what works without, and npm is told to run none', () => {
    const scripted = locked
      .filter(({ hasInstallScript }) => hasInstallScript)
      .map(({ name }) => name.replace(/@[^@]*$/, ''))
    // esbuild looks whether its binary starts; it is there as an optional package of the platform.
    expect(scripted.filter((name) => !['esbuild', 'fsevents'].includes(name))).toEqual([])
    expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  })

  it('belongs to a package that runs nothing when it is installed', () => {
    const { scripts, dependencies } = JSON.parse(text('package.json'))
    const lifecycle = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'prepack', 'build']
    expect(lifecycle.filter((name) => name in scripts)).toEqual([])
    expect(dependencies).toBeUndefined()
  })
})
