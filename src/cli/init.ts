import { join, relative, resolve } from 'node:path'
import stringify from '@iarna/toml/stringify.js'
import { existsSync, lstatSync } from '../files/fs.ts'
import { findRoots } from '../files/roots.ts'
import { disk } from '../files/source.ts'
import { createFile, uninterrupted } from '../files/write.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError } from './io.ts'

/** `dynolint init [path]`: writes a dynolint.toml that says what is known, and never replaces one. */
export function init(args: CommandLine, io: Io): number {
  const folder = resolve(io.cwd, args.rest[0] ?? '.')
  if (!existsSync(folder)) {
    throw new UsageError({ en: `no such folder: ${args.rest[0]}`, fr: `dossier introuvable : ${args.rest[0]}` })
  }
  const file = join(folder, 'dynolint.toml')
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
    throw new UsageError({
      en: `${file} exists already; it was left as it is`,
      fr: `${file} existe déjà ; il est resté tel quel`,
    })
  }
  const roots = findRoots(folder, disk).map((root) => relative(folder, root).split('\\').join('/'))
  const content: Record<string, unknown> = { platform: 'heroku-classic' }
  if (roots.some((root) => root !== '')) content.root = roots
  content.rules = {}
  content.env = {}
  const text = `${intro[args.language]}${stringify(content)}`
  const refused = uninterrupted(() => createFile(folder, file, Buffer.from(text, 'utf8')))
  if (refused !== undefined) {
    throw new UsageError({
      en: `${file} was not written: ${refused.en}`,
      fr: `${file} n’a pas été écrit : ${refused.fr}`,
    })
  }
  io.out(args.language === 'fr' ? `écrit : ${file}\n` : `wrote ${file}\n`)
  return exit.clean
}

const intro = {
  en: `# dynolint: what it cannot read in the project.
# rules: "settings/debug" = "off" | "info" | "warning" | "error"
# env:   config vars on the dyno, NAME = "value", or false for one that is surely not set
# addons = ["heroku-redis:premium-0"], exclude = ["legacy/**"], pins = "guide" or a table
`,
  fr: `# dynolint : ce qu'il ne peut pas lire dans le projet.
# rules : "settings/debug" = "off" | "info" | "warning" | "error"
# env :   config vars du dyno, NOM = "valeur", ou false pour une variable sûrement absente
# addons = ["heroku-redis:premium-0"], exclude = ["legacy/**"], pins = "guide" ou une table
`,
}
