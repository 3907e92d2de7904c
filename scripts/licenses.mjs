/** Which packages a bundle holds, under which licences: their texts have to go with the code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** What stands between two packages. */
const rule = '-'.repeat(100)

/**
 * The text of licenses.txt for the modules of a bundle (ids of rolldown): for each package of which a module is in it, in order of
 * name, a line `name@version (licence)` and what its licence file says.
 * @throws Error for a package that names no licence, or has no text of it
 */
export function licensesOf(moduleIds) {
  const folders = new Set(moduleIds.flatMap((id) => folderOf(id) ?? []))
  const packages = [...folders].map(packageIn).sort((a, b) => (a.title < b.title ? -1 : 1))
  const parts = packages.map(({ title, text }) => `${rule}\n${title}\n\n${text}\n`)
  return `Packages that stand in this folder, bundled, with their licences.\n\n${parts.join('\n')}`
}

/** `name@version` of every package that such a text lists. */
export function packagesListed(text) {
  return text
    .split(`${rule}\n`)
    .slice(1)
    .map((part) => part.slice(0, part.indexOf(' (')))
}

/** The folder of the package that a module is from; undefined for the project's own, and for modules of the bundler. */
function folderOf(id) {
  const parts = id.split(sep).join('/').split('/node_modules/')
  if (id.startsWith('\0') || parts.length === 1) return undefined
  const [first = '', second = ''] = parts.at(-1).split('/')
  const name = first.startsWith('@') ? `${first}/${second}` : first
  return join(parts.slice(0, -1).join('/node_modules/'), 'node_modules', name)
}

function packageIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof license !== 'string') throw new Error(`${name} names no licence`)
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(one))
  if (file === undefined) throw new Error(`${name} has no text of its licence in ${dirname(folder)}`)
  const notice = existsSync(join(folder, 'NOTICE')) ? readFileSync(join(folder, 'NOTICE'), 'utf8') : ''
  const text = [readFileSync(join(folder, file), 'utf8'), notice]
    .map((one) => one.replaceAll('\r\n', '\n').trim())
    .filter((one) => one !== '')
    .join('\n\n')
  return { title: `${name}@${version} (${license})`, text }
}
