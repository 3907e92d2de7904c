import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { lineEdit, markerEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'
import { platformBound } from './platform-bound.ts'

export default rule({
  id: 'deps/platform-only',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'A line that can only be installed on the machine or system where it was written',
    fr: 'Une ligne qui ne s’installe que sur la machine ou le système où elle a été écrite',
  },
  messages: {
    windows: {
      text: {
        en: '{name} exists for Windows only: pip on the dyno (Linux) stops with "No matching distribution found for {name}" or fails to build it',
        fr: '{name} n’existe que pour Windows : pip sur le dyno (Linux) s’arrête avec « No matching distribution found for {name} » ou échoue à le compiler',
      },
      help: {
        en: 'Add `; sys_platform == "win32"`, or drop the line.',
        fr: 'Ajoutez `; sys_platform == "win32"`, ou supprimez la ligne.',
      },
      fix: {
        safety: 'safe',
        en: 'Add the marker sys_platform == "win32"',
        fr: 'Ajouter le marqueur sys_platform == "win32"',
      },
    },
    mac: {
      text: {
        en: '{name} exists for macOS only: pip on the dyno (Linux) fails to build it',
        fr: '{name} n’existe que pour macOS : pip sur le dyno (Linux) échoue à le compiler',
      },
      help: {
        en: 'Add `; sys_platform == "darwin"`, or drop the line.',
        fr: 'Ajoutez `; sys_platform == "darwin"`, ou supprimez la ligne.',
      },
      fix: {
        safety: 'safe',
        en: 'Add the marker sys_platform == "darwin"',
        fr: 'Ajouter le marqueur sys_platform == "darwin"',
      },
    },
    'local-file': {
      text: {
        en: '{name} is taken from {url}, a path of the machine where the file was written (conda writes such lines): pip stops with "No such file or directory"',
        fr: '{name} est pris dans {url}, un chemin de la machine où le fichier a été écrit (conda écrit de telles lignes) : pip s’arrête avec « No such file or directory »',
      },
      help: {
        en: 'Write the version instead: `pip list --format=freeze` shows it.',
        fr: 'Écrivez plutôt la version : `pip list --format=freeze` la montre.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'it is installed from the package index, not from that file',
          fr: 'il s’installe depuis l’index des paquets, et non depuis ce fichier',
        },
        en: 'Write {wanted}',
        fr: 'Écrire {wanted}',
      },
    },
  },
  check(app, report) {
    for (const { requirement, kind } of platformBound(app)) {
      const marker = kind === 'mac' ? 'sys_platform == "darwin"' : 'sys_platform == "win32"'
      const isFile = kind === 'local-file'
      const wanted = isFile ? fromFile(requirement) : undefined
      const edit = !isFile
        ? markerEdit(app, requirement, marker)
        : wanted === undefined
          ? undefined
          : lineEdit(app, requirement, wanted)
      report(kind, {
        at: requirement.at,
        data: {
          name: requirement.rawName || (requirement.url ?? ''),
          url: requirement.url ?? '',
          wanted: wanted ?? '',
        },
        edits: edit && [edit],
        symbol: requirement.name || (requirement.url ?? ''),
      })
    }
  },
})

/** The release that a wheel or an archive is called after: `six-1.16.0-py2.py3-none-any.whl` of six. */
function fromFile({ rawName, url = '' }: Requirement): string | undefined {
  const file = url.slice(Math.max(url.lastIndexOf('/'), url.lastIndexOf('\\')) + 1)
  const version = /-(\d+(?:\.\d+)*(?:(?:a|b|rc|\.post)\d+)?)(?:-[^/]*\.whl|\.tar\.gz|\.zip)$/.exec(file)?.[1]
  return rawName === '' || version === undefined ? undefined : `${rawName}==${version}`
}
