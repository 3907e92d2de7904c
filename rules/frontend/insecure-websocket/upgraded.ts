import type { App } from '../../../src/app/app.ts'
import { frontendFiles } from '../../../src/app/frontend/files.ts'
import { isOfDjango } from '../../../src/app/pages/django-pages.ts'
import { asksToUpgrade, socketPolicies } from '../../../src/app/pages/socket-policies.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { readText } from '../../../src/files/tree.ts'
import { attribute, readPage } from '../../../src/syntax/html/scripts.ts'

/**
 * Whether the page that runs a file has a policy with `upgrade-insecure-requests`, by which a browser makes `wss:` of `ws:`; undefined:
 * some page has it, and nobody can tell whether it is this one.
 */
export function isUpgraded(app: App, file: string): boolean | undefined {
  if (hasMeta(app, file)) return true
  const header = verdict(socketPolicies(app, [file]), ({ upgrades }) => upgrades)
  const isEverywhere = header.state === 'holds' && header.when.length === 0
  if (isEverywhere && isOfDjango(app)(file)) return true
  if (header.state !== 'fails') return undefined
  return frontendFiles(app.tree).all.some((page) => hasMeta(app, page)) ? undefined : false
}

/** `<meta http-equiv="Content-Security-Policy" content="upgrade-insecure-requests">` */
function hasMeta(app: App, file: string): boolean {
  const text = readText(app.tree, file)?.text
  if (text === undefined || !/upgrade-insecure-requests/i.test(text)) return false
  return readPage(text).tags.some(
    (tag) =>
      tag.name.toLowerCase() === 'meta' &&
      attribute(tag, 'http-equiv')?.toLowerCase() === 'content-security-policy' &&
      asksToUpgrade(attribute(tag, 'content') ?? '') === true,
  )
}
