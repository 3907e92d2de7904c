/**
 * A release is one version in many places. `npm run release -- 0.2.0` writes it into all of them, and the day into CHANGELOG.md;
 * `--check [--tag=v0.2.0]` says where they disagree; `--notes` prints what CHANGELOG.md says of it. Nothing is published and no tag
 * is made: the last lines say what to do.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Every file that names the version, package.json first: it is the one that the others follow. */
export const manifests = ['package.json', 'package-lock.json', 'editors/vscode/package.json']
export const documents = [
  'README.md',
  'README.fr.md',
  'docs/ci.md',
  'docs/ci.fr.md',
  'templates/dynolint.yml',
  'Dockerfile',
]
const changes = 'CHANGELOG.md'

/** A version as this project has them: https://semver.org, with a prerelease at most. */
const semver = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?$/
/** How a document names the version: `rev: v0.1.0`, `dynolint@0.1.0`, `dynolint.git#v0.1.0`, `refs/tags/v0.1.0`. */
const named = /(rev: v|\bdynolint@v?|\bdynolint\.git#v|refs\/tags\/v)(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]*[0-9A-Za-z])?)/g

class Refusal extends Error {}

function run(words) {
  const files = new Map([...manifests, ...documents, changes].map((path) => [path, readFileSync(path, 'utf8')]))
  const { version } = JSON.parse(files.get('package.json'))
  if (words.includes('--notes')) return console.log(notesOf(files.get(changes), version))
  if (words.includes('--check')) {
    const tag = words.find((word) => word.startsWith('--tag='))?.slice('--tag='.length)
    const wrong = disagreements(files, tag)
    if (wrong.length > 0) throw new Refusal(wrong.join('\n'))
    return console.log(`${version}: everything agrees`)
  }
  const [wanted, ...others] = words
  if (wanted === undefined || others.length > 0) throw new Refusal('npm run release -- VERSION')
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  if (git('status', '--porcelain') !== '') throw new Refusal('there are changes that are not committed')
  if (git('tag', '--list', `v${wanted}`) !== '') throw new Refusal(`the tag v${wanted} exists already`)
  for (const [path, text] of released(files, wanted, new Date().toISOString().slice(0, 10))) writeFileSync(path, text)
  console.log(`${wanted} is written. Now:
  npm run generate && npm run bundle && npm test -- -u    # and read the difference
  git commit --all --message 'Release ${wanted}'
  npm run release -- --check --tag=v${wanted}
  git tag --sign v${wanted} --message ${wanted}            # pushed, it starts .github/workflows/release.yml`)
}

/**
 * The files, by path, as they are at the release of a version on a day.
 * @throws Refusal when the change log has nothing ready for it, when it is not newer, and when the files disagree before
 */
export function released(files, version, day) {
  if (!semver.test(version)) throw new Refusal(`${version} is no version`)
  const before = JSON.parse(files.get('package.json')).version
  const heading = `## [${version}] - unreleased`
  if (!files.get(changes).includes(`\n${heading}\n`)) throw new Refusal(`${changes} has no “${heading}”`)
  if (version !== before && !isNewer(version, before)) throw new Refusal(`${version} is not newer than ${before}`)
  const wrong = versionsThatDiffer(files, before)
  if (wrong.length > 0) throw new Refusal(wrong.join('\n'))
  return new Map(
    [...files].map(([path, text]) => {
      if (path === changes) return [path, text.replace(heading, `## [${version}] - ${day}`)]
      if (documents.includes(path)) return [path, text.replace(named, (_, prefix) => `${prefix}${version}`)]
      return [path, withVersion(path, text, version)]
    }),
  )
}

/** What keeps the files from being a release, a line each. */
export function disagreements(files, tag) {
  const { version } = JSON.parse(files.get('package.json'))
  const wrong = versionsThatDiffer(files, version)
  if (tag !== undefined && tag !== `v${version}`) wrong.push(`the tag is ${tag}, package.json says ${version}`)
  const heading = files
    .get(changes)
    .split('\n')
    .find((line) => line.startsWith(`## [${version}]`))
  if (heading === undefined) wrong.push(`${changes}: nothing about ${version}`)
  else if (!/ - \d{4}-\d\d-\d\d$/.test(heading)) wrong.push(`${changes}: ${version} has no day`)
  return wrong
}

/** What the change log says of a version, without its heading. */
export function notesOf(text, version) {
  const [, ...sections] = text.split(/^## /m)
  const section = sections.find((one) => one.startsWith(`[${version}]`))
  if (section === undefined) throw new Refusal(`${changes}: nothing about ${version}`)
  return section.slice(section.indexOf('\n')).trim()
}

/** The versions that a document names. */
export const versionsNamed = (text) => [...text.matchAll(named)].map(([, , version]) => version)

function versionsThatDiffer(files, version) {
  const inManifests = manifests.flatMap((path) => versionsIn(path, files.get(path)).map((one) => [path, one]))
  const inDocuments = documents.flatMap((path) => {
    const all = versionsNamed(files.get(path))
    return all.length === 0 ? [[path, 'no version']] : all.map((one) => [path, one])
  })
  const wrong = [...inManifests, ...inDocuments].filter(([, one]) => one !== version)
  return [...new Set(wrong.map(([path, one]) => `${path} says ${one}, package.json ${version}`))]
}

function versionsIn(path, text) {
  const { version, packages } = JSON.parse(text)
  return path === 'package-lock.json' ? [version, packages[''].version] : [version]
}

function withVersion(path, text, version) {
  const document = JSON.parse(text)
  document.version = version
  if (path === 'package-lock.json') document.packages[''].version = version
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** By the precedence of semantic versions, as far as a release needs it: a prerelease comes before its release. */
function isNewer(version, before) {
  const [a, b] = [version, before].map((one) => semver.exec(one))
  for (const part of [1, 2, 3]) if (a[part] !== b[part]) return Number(a[part]) > Number(b[part])
  if (a[4] === undefined || b[4] === undefined) return a[4] === undefined && b[4] !== undefined
  return a[4].localeCompare(b[4], 'en', { numeric: true }) > 0
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    run(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
