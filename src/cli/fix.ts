import { existsSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Edit } from '../contracts/edit.ts'
import { applyEdits } from '../engine/edits.ts'
import { readText } from '../files/tree.ts'
import { type AppReport, pathIn } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io } from './io.ts'
import { replaceText } from './replace.ts'

/**
 * Applies the first fix of each finding whose safety was consented to. Each file is written whole beside itself and
 * moved in place; encoding and byte order mark stay. Prints what changed; a second run tells what is left.
 */
export function applyFixes(apps: readonly AppReport[], roots: readonly string[], args: CommandLine, io: Io): number {
  let changed = 0
  let skipped = 0
  apps.forEach((app, index) => {
    const edits = new Map<string, Edit[]>()
    for (const finding of app.findings) {
      const fix = finding.fixes.find(({ safety }) => safety === 'safe' || args.fix === 'unsafe')
      for (const edit of fix?.edits ?? []) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit])
    }
    for (const [file, list] of edits) {
      const path = join(roots[index] as string, file)
      const whole = list.find(({ action }) => action !== undefined)
      if (whole !== undefined) {
        if (!applyWhole(path, whole, roots[index] as string)) continue
        changed++
        io.out(args.language === 'fr' ? `corrigé : ${pathIn(app.root, file)}\n` : `fixed ${pathIn(app.root, file)}\n`)
        continue
      }
      const source = readText(app.tree, file)
      if (source === undefined) continue
      const result = applyEdits(source.text, list)
      const utf8 = list.some(({ encoding }) => encoding === 'utf-8')
      replaceText(path, source, result.text, utf8 ? 'utf-8' : undefined)
      changed += list.length - result.skipped.length
      skipped += result.skipped.length
      io.out(args.language === 'fr' ? `corrigé : ${pathIn(app.root, file)}\n` : `fixed ${pathIn(app.root, file)}\n`)
    }
  })
  io.out(summary(changed, skipped, args.language))
  return exit.clean
}

/** Makes a file that is not there, removes one, or moves one to where none is. */
function applyWhole(path: string, edit: Edit, root: string): boolean {
  if (edit.action === 'delete') unlinkSync(path)
  else if (edit.action === 'rename') {
    const target = join(root, edit.text)
    // Where case does not count, the new name is already there: as the file itself.
    if (existsSync(target) && statSync(target).ino !== statSync(path).ino) return false
    renameSync(path, target)
  } else if (existsSync(path)) return false
  else writeFileSync(path, edit.text)
  return true
}

function summary(changed: number, skipped: number, language: 'en' | 'fr'): string {
  const again =
    skipped === 0
      ? ''
      : language === 'fr'
        ? ` ; ${skipped} en attente d’une seconde passe`
        : `; ${skipped} left for a second run`
  return language === 'fr' ? `${changed} modification(s)${again}\n` : `${changed} edit(s)${again}\n`
}
