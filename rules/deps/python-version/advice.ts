import type { App } from '../../../src/app/app.ts'
import { fittingPython } from '../../../src/app/dependencies/fitting-python.ts'
import type { PythonSource } from '../../../src/app/dependencies/model.ts'
import { goesWithOthers } from '../../../src/app/dependencies/proposal.ts'
import { pythonClashes } from '../../../src/app/dependencies/python-clashes.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'
import type { Text } from '../../../src/contracts/text.ts'

/** Which Python a project is best given. */
export interface Advice {
  readonly suitable: string
  /** Every listed package that is known goes with it. */
  readonly fits: boolean
  /** Each that does not has a release that does, which the other lines are known to go with. */
  readonly canFit: boolean
  readonly advice: Text
}

/** What to do where the Python that is asked for does not do, with the packages that no Python suits. */
export function adviceFor(app: App): Advice {
  const { requirements, python } = app.dependencies
  const { minor: suitable, against } = fittingPython(requirements)
  const lasting = lastingRange()
  const asking = askingFor(suitable, python.from, app.presence.why('.python-version') === 'ignored')
  const [first, ...more] = against
  if (first !== undefined) {
    const them = { en: more.length > 0 ? 'them' : 'it', fr: more.length > 0 ? '-les' : '-le' }
    const names = against.map(({ requirement, version }) => `${requirement.rawName} ${version}`)
    return {
      suitable,
      fits: false,
      canFit: against.every(
        ({ requirement, good }) => good !== undefined && goesWithOthers(app, requirement.name, good),
      ),
      advice: {
        en: `Every Python that the buildpack keeps (${lasting.en}) is refused by a package or fails with one, ${suitable} only with ${listed(names, 'and')}: upgrade ${them.en}, then ${asking.en}`,
        fr: `Chaque Python que le buildpack garde (${lasting.fr}) est refusé par un paquet ou échoue avec un paquet, ${suitable} seulement avec ${listed(names, 'et')} : mettez${them.fr} à niveau, puis ${asking.fr}`,
      },
    }
  }
  const django = pythonClashes(requirements, suitable).find(({ kind }) => kind === 'undeclared')
  const note = {
    en:
      django &&
      ` (Django ${django.version} names Python up to ${django.declares} only, and is not known to fail on it)`,
    fr: django && ` (Django ${django.version} ne cite Python que jusqu’à ${django.declares}, sans échec connu au-delà)`,
  }
  const advice = {
    en: `${capital(asking.en)}: the buildpack keeps this version, and no package known here refuses it${note.en ?? ''}; or upgrade the packages and take a newer one`,
    fr: `${capital(asking.fr)} : le buildpack garde cette version, et aucun paquet connu ici ne la refuse${note.fr ?? ''} ; ou mettez les paquets à niveau et prenez-en une plus récente`,
  }
  return { suitable, fits: true, canFit: true, advice }
}

/** What has to be written where, as a clause. Pipenv compares what Pipfile.lock asks for with the Python it runs on. */
function askingFor(version: string, from: PythonSource, isIgnored: boolean): Text {
  if (from === 'Pipfile.lock')
    return {
      en: `write \`python_version = "${version}"\` into Pipfile and run \`pipenv lock\``,
      fr: `écrivez \`python_version = "${version}"\` dans Pipfile et lancez \`pipenv lock\``,
    }
  // What git ignores is not pushed; GitHub's list for Python names this file.
  const en = isIgnored ? ', take that file out of .gitignore' : ''
  const fr = isIgnored ? ', retirez ce fichier de .gitignore' : ''
  return from === 'runtime.txt'
    ? {
        en: `write \`${version}\` into .python-version${en} and delete runtime.txt`,
        fr: `écrivez \`${version}\` dans .python-version${fr} et supprimez runtime.txt`,
      }
    : { en: `write \`${version}\` into .python-version${en}`, fr: `écrivez \`${version}\` dans .python-version${fr}` }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function lastingRange(): Text {
  const { oldest, newest, removals } = pythonSupport
  let first: number = oldest
  while (removals[first] !== undefined) first++
  return { en: `3.${first} to 3.${newest}`, fr: `3.${first} à 3.${newest}` }
}

const listed = (names: readonly string[], and: string): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`
