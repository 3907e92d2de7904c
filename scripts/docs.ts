/**
 * The documentation as a site (site/, VitePress), with search, in both languages: `npm run docs` builds it into site/dist, checks
 * every link and anchor in it, and fails for one that leads nowhere; `npm run docs -- --serve` builds it and shows it at 127.0.0.1.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { about } from '../src/about.generated.ts'
import { siteOf } from './site.ts'

const root = join(import.meta.dirname, '..')
const pages = join(root, 'site/pages')
const built = join(root, 'site/dist')

writePages()
vitepress('build', 'site')
const dead = deadLinks()
for (const one of dead) console.error(`leads nowhere: ${one}`)
if (dead.length > 0) process.exitCode = 1
else if (process.argv.includes('--serve')) vitepress('preview', 'site', '--host', '127.0.0.1')

function writePages(): void {
  const site = siteOf(root)
  if (site.dead.length > 0) throw new Error(`links that lead nowhere:\n${site.dead.join('\n')}`)
  rmSync(pages, { recursive: true, force: true })
  for (const { path, text } of site.pages) {
    mkdirSync(dirname(join(pages, path)), { recursive: true })
    writeFileSync(join(pages, path), text)
  }
  const images = join(root, 'docs/images')
  if (existsSync(images)) cpSync(images, join(pages, 'public/images'), { recursive: true })
  const { home, repository, version } = about
  writeFileSync(join(root, 'site/site.json'), JSON.stringify({ sidebar: site.sidebar, home, repository, version }))
}

function vitepress(...args: string[]): void {
  const command = join(root, 'node_modules/vitepress/bin/vitepress.js')
  const { status } = spawnSync(process.execPath, [command, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** Links of the built pages to pages or places in them that are not there: `fr/ci: /dynolint/ci#absent`. */
function deadLinks(): string[] {
  const base = new URL(about.home).pathname
  const html = new Map<string, string>()
  for (const name of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue
    const path = name
      .split('\\')
      .join('/')
      .replace(/(?:index)?\.html$/, '')
    html.set(path, readFileSync(join(built, name), 'utf8'))
  }
  const ids = new Map(
    [...html].map(([path, text]) => [path, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(decoded))]),
  )
  const dead: string[] = []
  for (const [path, text] of html) {
    for (const match of text.matchAll(/ href="([^"]+)"/g)) {
      const href = decoded(match)
      if (/^[a-z]+:|^\/\//.test(href)) continue
      const [target = '', anchor = ''] = href.split('#')
      const full =
        target === ''
          ? path
          : target.startsWith('/')
            ? target.replace(base, '')
            : posix.join(path.slice(0, path.lastIndexOf('/') + 1), target)
      const there = ids.get(full)
      const isThere =
        there === undefined ? existsSync(join(built, full)) : anchor === '' || there.has(decodeURIComponent(anchor))
      if (!isThere) dead.push(`${path}: ${href}`)
    }
  }
  return [...new Set(dead)]
}

function decoded([, text = '']: RegExpMatchArray): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
}
