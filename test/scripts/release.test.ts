import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { disagreements, documents, manifests, notesOf, released, versionsNamed } from '../../scripts/release.mjs'
import { about } from '../../src/about.generated.ts'
import { repository } from '../support/trees.ts'

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const changes = 'CHANGELOG.md'
const next = '7.8.9'

/** The files of this repository, with a change log that is ready for the next release. */
function ready(): Map<string, string> {
  const files = new Map([...manifests, ...documents, changes].map((path) => [path, read(path)]))
  const log = files.get(changes) as string
  files.set(changes, log.replace(/^## /m, `## [${next}] - unreleased\n\nFaster.\n\n## `))
  return files
}

describe('a release', () => {
  it('writes its version into every place, and the day into the change log', () => {
    const after = released(ready(), next, '2027-01-02')
    expect(disagreements(after, `v${next}`)).toEqual([])
    for (const path of documents) expect(new Set(versionsNamed(after.get(path) as string))).toEqual(new Set([next]))
    expect(after.get(changes)).toContain(`\n## [${next}] - 2027-01-02\n`)
    expect(notesOf(after.get(changes) as string, next)).toBe('Faster.')
  })

  it('changes nothing else', () => {
    const before = ready()
    const after = released(before, next, '2027-01-02')
    for (const [path, text] of after) {
      if (path === changes) continue
      expect(text.replaceAll(next, about.version)).toBe(before.get(path))
    }
  })

  it.each([
    ['not a version', 'latest', /latest is no version/],
    ['a version that the change log does not announce', '7.9.0', /CHANGELOG\.md has no “## \[7\.9\.0\] - unreleased”/],
  ])('refuses %s', (_, version, message) => {
    expect(() => released(ready(), version, '2027-01-02')).toThrow(message)
  })

  it('refuses a version that is not newer', () => {
    const files = released(ready(), next, '2027-01-02')
    for (const old of ['7.8.8', '7.7.10', `${next}-rc.1`]) {
      const log = files.get(changes) as string
      const withOld = new Map(files).set(changes, log.replace(/^## /m, `## [${old}] - unreleased\n\n## `))
      expect(() => released(withOld, old, '2027-01-03')).toThrow(`${old} is not newer than ${next}`)
    }
  })

  it.each([...manifests.slice(1), ...documents])('refuses when %s says another version', (path) => {
    const files = ready()
    files.set(path, (files.get(path) as string).replaceAll(about.version, '0.0.7'))
    expect(() => released(files, next, '2027-01-02')).toThrow(`${path} says 0.0.7, package.json ${about.version}`)
    expect(disagreements(files)).toContain(`${path} says 0.0.7, package.json ${about.version}`)
  })

  it('does not agree with another tag, nor without a day', () => {
    const files = ready()
    expect(disagreements(released(files, next, '2027-01-02'), 'v7.8.8')).toEqual([
      `the tag is v7.8.8, package.json says ${next}`,
    ])
    const undated = new Map(released(files, next, '2027-01-02')).set(changes, files.get(changes) as string)
    expect(disagreements(undated)).toEqual([`CHANGELOG.md: ${next} has no day`])
  })

  it('is refused where the command finds disagreement', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', '--check', '--tag=v0.0.0'], {
      cwd: repository,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain('the tag is v0.0.0')
  })
})

describe('the home of the project', () => {
  const { repository: home, homepage, bugs } = JSON.parse(read('package.json'))
  const [owner, name] = new URL(about.repository).pathname.slice(1).split('/')

  it('stands in package.json, and what else stands there follows from it', () => {
    expect(home.url).toBe(`git+${about.repository}.git`)
    const [owner, name] = new URL(about.repository).pathname.slice(1).split('/')
    expect(homepage).toBe(`https://${owner}.github.io/${name}/`)
    expect(bugs.url).toBe(`${about.repository}/issues`)
  })

  it('is the same wherever it is named', () => {
    const skipped = new Set(['node_modules', '.git', 'dist', 'lib', '.cache', '.vitest'])
    const files = filesIn('.', skipped)
    expect(files).toContain('README.md')
    const wrong: string[] = []
    let seen = 0
    for (const file of files) {
      // The other ways to name it: `uses: owner/name@…`, `npx github:owner/name`.
      for (const [whole, other] of read(file).matchAll(
        new RegExp(`(?:github\\.com/|github:|uses: )([\\w.-]+)/${name}(?![\\w-])`, 'g'),
      )) {
        seen += 1
        if (other !== owner) wrong.push(`${file}: ${whole}`)
      }
    }
    expect(seen).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })
})

/** Files below a folder of the repository that may be text, small enough to be written by people. */
function filesIn(folder: string, skipped: ReadonlySet<string>): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(path, skipped)
    const isText = entry.isFile() && statSync(join(repository, path)).size < 2_000_000
    return isText ? [path] : []
  })
}
