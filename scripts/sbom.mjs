/**
 * Prints the bill of materials of this version as CycloneDX: npm's own, made from the lock file alone, with what stands in dist/ and
 * lib/ told from what development needs. The same sources give the same bytes: no serial number, no time of day.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { packagesListed } from './licenses.mjs'

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const bundled = ['dist', 'lib'].flatMap((folder) => packagesListed(readFileSync(`${folder}/licenses.txt`, 'utf8')))
  const { name } = JSON.parse(readFileSync('package.json', 'utf8'))
  console.log(JSON.stringify(billOf(npmBill(), new Set(bundled), name), undefined, 2))
}

/** What npm says, from package-lock.json: no folder of packages is looked at, no registry asked. */
export function npmBill(cwd = '.') {
  const arguments_ = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--offline']
  return JSON.parse(execFileSync('npm', arguments_, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))
}

/**
 * npm takes a package in development for optional. What is bundled (`name@version`) is delivered: `required`; the rest is not:
 * `excluded` (CycloneDX 1.5, component scope).
 * @throws Error for a bundled package that the lock file does not know
 */
export function billOf(npm, bundled, name) {
  const { serialNumber: _, metadata, components, ...rest } = npm
  const { timestamp: __, component, ...about } = metadata
  const known = new Set(components.map((one) => `${one.name}@${one.version}`))
  const unknown = [...bundled].filter((one) => !known.has(one))
  if (unknown.length > 0) throw new Error(`not in the lock file: ${unknown.join(', ')}`)
  return {
    ...rest,
    // npm calls the project by its folder.
    metadata: { ...about, component: { ...component, name } },
    components: components.map((one) => {
      const isDelivered = bundled.has(`${one.name}@${one.version}`)
      const properties = one.properties.filter(
        (property) => property.name !== 'cdx:npm:package:development' || !isDelivered,
      )
      return { ...one, scope: isDelivered ? 'required' : 'excluded', properties }
    }),
  }
}
