import { rule } from '../../../src/engine/rule.ts'
import { uninstallableProject } from './own-project.ts'
import { refusals } from './refusals.ts'

export default rule({
  id: 'deps/not-installable',
  hop: 'build',
  severity: 'error',
  restsOn: ['heroku'],
  summary: {
    en: 'What the build reads and refuses to install',
    fr: 'Ce que le build lit et refuse d’installer',
  },
  messages: {
    hash: {
      text: {
        en: '{name} has no hash, and another line has one: pip then wants one for every package ("Hashes are required in --require-hashes mode, but they are missing from some requirements")',
        fr: '{name} n’a pas d’empreinte, alors qu’une autre ligne en a une : pip en exige alors pour tous les paquets (« Hashes are required in --require-hashes mode, but they are missing from some requirements »)',
      },
      help: {
        en: 'Give every line its hashes (`pip-compile --generate-hashes` writes them), or none.',
        fr: 'Donnez ses empreintes à chaque ligne (`pip-compile --generate-hashes` les écrit), ou à aucune.',
      },
      fix: {
        safety: 'unsafe',
        en: 'Remove the only hashes, those of {hashed}',
        fr: 'Retirer les seules empreintes, celles de {hashed}',
        changes: {
          en: 'pip no longer compares what it downloads with them',
          fr: 'pip ne compare plus avec elles ce qu’il télécharge',
        },
      },
    },
    'hash-brought': {
      text: {
        en: 'some lines have hashes, but {name}, which a listed package brings, is not listed: pip stops ("In --require-hashes mode, all requirements must have their versions pinned with ==")',
        fr: 'des lignes ont une empreinte, mais {name}, qu’apporte un paquet de la liste, n’y figure pas : pip s’arrête (« In --require-hashes mode, all requirements must have their versions pinned with == »)',
      },
      help: {
        en: 'List it too, with version and hashes: `pip-compile --generate-hashes` writes the whole list.',
        fr: 'Ajoutez-le, avec version et empreintes : `pip-compile --generate-hashes` écrit toute la liste.',
      },
    },
    metadata: {
      text: {
        en: '{name}{range} leaves pip only releases whose metadata it ignores since 24.1, for the line `{line}`, and the buildpack brings a newer one: it stops with "Could not find a version that satisfies the requirement {name}{range}"',
        fr: '{name}{range} ne laisse à pip que des versions dont il ignore les métadonnées depuis 24.1, à cause de la ligne `{line}`, et le buildpack en apporte un plus récent : il s’arrête avec « Could not find a version that satisfies the requirement {name}{range} »',
      },
      help: {
        en: 'Use {name} {good} or later.',
        fr: 'Utilisez {name} {good} ou une version plus récente.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'another release is installed, with all its differences',
          fr: 'une autre version s’installe, avec toutes ses différences',
        },
        en: 'Pin {name} to {good} or near it',
        fr: 'Épingler {name} à {good} ou à une version proche',
      },
    },
    'no-project': {
      text: {
        en: "`{name}` is to be installed, but the folder has neither setup.py nor pyproject.toml: pip stops (\"neither 'setup.py' nor 'pyproject.toml' found\")",
        fr: "`{name}` doit être installé, mais le dossier n’a ni setup.py ni pyproject.toml : pip s’arrête (« neither 'setup.py' nor 'pyproject.toml' found »)",
      },
      help: {
        en: 'Drop the line: on the dyno the project is found without being installed. Or commit the file.',
        fr: 'Supprimez la ligne : sur le dyno, le projet est trouvé sans être installé. Ou ajoutez le fichier au dépôt.',
      },
      fix: {
        safety: 'unsafe',
        en: 'Drop the line',
        fr: 'Supprimer la ligne',
        changes: {
          en: 'a folder other than the root is then no longer put on Python’s search path by this line',
          fr: 'cette ligne ne met alors plus d’autre dossier que la racine dans le chemin de recherche de Python',
        },
      },
    },
    project: {
      text: {
        en: '{installer} installs the project itself beside its dependencies, and cannot: the build stops with "{error}"',
        fr: '{installer} installe le projet lui-même avec ses dépendances, et n’y arrive pas : le build s’arrête avec « {error} »',
      },
      help: {
        en: 'Say that the project is no package: `{entry}` under [{table}].',
        fr: 'Indiquez que le projet n’est pas un paquet : `{entry}` sous [{table}].',
      },
      fix: { safety: 'safe', en: 'Install the dependencies only', fr: 'N’installer que les dépendances' },
    },
  },
  check(app, report) {
    const own = uninstallableProject(app)
    if (own !== undefined) {
      const { installer, error, at, edits } = own
      const [table, entry] =
        installer === 'uv' ? ['tool.uv', 'package = false'] : ['tool.poetry', 'package-mode = false']
      report('project', { at, edits, data: { installer, error, table, entry }, symbol: 'project' })
    }
    for (const { kind, requirement, name, beside, edits, metadata } of refusals(app))
      report(kind, {
        at: metadata === undefined ? requirement.at : requirement.versionAt,
        data: {
          name,
          hashed: beside?.rawName ?? '',
          range: requirement.range,
          line: metadata?.line ?? '',
          good: metadata?.good ?? '',
        },
        edits,
        related:
          beside === undefined || beside === requirement
            ? []
            : [{ at: beside.at, message: { en: 'this line has a hash', fr: 'cette ligne a une empreinte' } }],
        symbol: `${kind} ${name}`,
      })
  },
})
