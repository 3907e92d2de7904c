import { excludedPython } from '../../../src/app/dependencies/excluded-python.ts'
import { firstLine } from '../../../src/app/dependencies/manager.ts'
import type { PythonProblem, PythonProblemKind } from '../../../src/app/dependencies/model.ts'
import { failingOn, type PythonClash, pythonClashes } from '../../../src/app/dependencies/python-clashes.ts'
import { REFUSED } from '../../../src/app/dependencies/python-version.ts'
import { pythonForUv } from '../../../src/app/dependencies/uv-python.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { adviceFor } from './advice.ts'
import { asksForWheels, compiledPins } from './compiled-pins.ts'
import { misspeltEdits, pythonEdits } from './python-edits.ts'

const help = { en: '{advice}.', fr: '{advice}.' } as const

const fix = {
  safety: 'unsafe',
  en: 'Ask for Python {suitable}',
  fr: 'Demander Python {suitable}',
  changes: {
    en: 'the app runs on another Python than the one that was meant',
    fr: 'l’application tourne sur un autre Python que celui qui était voulu',
  },
} as const

export default rule({
  id: 'deps/python-version',
  hop: 'build',
  severity: 'error',
  restsOn: ['heroku'],
  summary: {
    en: 'The Python version is refused by the buildpack, not given, or does not fit the pinned packages',
    fr: 'La version de Python est refusée par le buildpack, n’est pas donnée, ou ne convient pas aux paquets épinglés',
  },
  messages: {
    malformed: {
      step: 'python-version',
      text: {
        en: 'the buildpack cannot read this Python version ({written}): the build stops',
        fr: 'le buildpack ne peut pas lire cette version de Python ({written}) : le build s’arrête',
      },
      help,
      fix,
    },
    'misspelt-file': {
      step: 'python-version',
      text: {
        en: 'the file is called {written}, not .python-version: the build stops with "Your .python-version file is spelled incorrectly"',
        fr: 'le fichier s’appelle {written} et non .python-version : le build s’arrête avec « Your .python-version file is spelled incorrectly »',
      },
      help: {
        en: 'Let the only file of that kind be called `.python-version`.',
        fr: 'Que le seul fichier de ce genre s’appelle `.python-version`.',
      },
      fix: {
        safety: 'unsafe',
        changes: { en: 'no file has that name any more', fr: 'plus aucun fichier ne porte ce nom' },
        en: 'Keep only .python-version',
        fr: 'Ne garder que .python-version',
      },
    },
    'end-of-life': {
      step: 'python-version',
      text: {
        en: 'Python {version} has reached its end of life, and the buildpack no longer installs it: the build stops with "The requested Python version has reached end-of-life"',
        fr: 'Python {version} est en fin de vie, et le buildpack ne l’installe plus : le build s’arrête avec « The requested Python version has reached end-of-life »',
      },
      help,
      fix,
    },
    'unknown-version': {
      step: 'python-version',
      text: {
        en: 'the buildpack knows no Python {version}: the build stops with "The requested Python version isn\'t recognised"',
        fr: "le buildpack ne connaît pas Python {version} : le build s’arrête avec « The requested Python version isn't recognised »",
      },
      help,
      fix,
    },
    'refused-file': {
      step: 'python-version',
      text: {
        en: 'Heroku’s Cloud Native Buildpack does not accept runtime.txt: the build stops',
        fr: 'le Cloud Native Buildpack de Heroku n’accepte pas runtime.txt : le build s’arrête',
      },
      help: {
        en: 'Write the version, without `python-`, into .python-version, and delete runtime.txt.',
        fr: 'Écrivez la version, sans `python-`, dans .python-version, et supprimez runtime.txt.',
      },
    },
    'deprecated-version': {
      severity: 'warning',
      text: {
        en: 'Python {version} has reached its end of life; the buildpack refuses it from 6 January 2027 on',
        fr: 'Python {version} est en fin de vie ; le buildpack le refusera à partir du 6 janvier 2027',
      },
      help,
    },
    'runtime-txt': {
      severity: 'warning',
      text: {
        en: 'runtime.txt is deprecated: the buildpack warns, and .python-version is what other tools read too',
        fr: 'runtime.txt est déprécié : le buildpack avertit, et .python-version est ce que lisent aussi les autres outils',
      },
      help: {
        en: 'Write the version, without `python-`, into .python-version{unignore}, and delete runtime.txt.',
        fr: 'Écrivez la version, sans `python-`, dans .python-version{unignore}, et supprimez runtime.txt.',
      },
      fix: {
        safety: 'safe',
        en: 'Move the version to .python-version',
        fr: 'Déplacer la version vers .python-version',
      },
    },
    'none-given': {
      severity: 'warning',
      text: {
        en: 'nothing says which Python to use: the buildpack takes its default, today {version}, and will require a .python-version file',
        fr: 'rien ne dit quel Python utiliser : le buildpack prend sa version par défaut, aujourd’hui {version}, et exigera un fichier .python-version',
      },
      help,
    },
    'excluded-by-poetry': {
      text: {
        en: 'the build installs Python {version} ({source}), which the project excludes (python = "{requires}"): Poetry installs nothing and stops with "The currently activated Python version … is not supported by the project ({requires})"',
        fr: 'le build installe Python {version} ({source}), que le projet exclut (python = "{requires}") : Poetry n’installe rien et s’arrête avec « The currently activated Python version … is not supported by the project ({requires}) »',
      },
      help: {
        en: 'Write a Python that the project admits into .python-version, or admit this one in pyproject.toml and lock again.',
        fr: 'Écrivez dans .python-version un Python que le projet admet, ou admettez celui-ci dans pyproject.toml et refaites le fichier de verrouillage.',
      },
    },
    excluded: {
      text: {
        en: 'the build installs Python {version} ({source}), which the project excludes (requires-python {requires}): `uv sync` stops with "… which is incompatible with the project\'s Python requirement"',
        fr: "le build installe Python {version} ({source}), que le projet exclut (requires-python {requires}) : `uv sync` s’arrête avec « … which is incompatible with the project's Python requirement »",
      },
      help: {
        en: 'Write a Python that requires-python admits into .python-version: `{suitable}`.',
        fr: 'Écrivez dans .python-version un Python que requires-python admet : `{suitable}`.',
      },
      fix,
    },
    refused: {
      text: {
        en: '{name} {release} declares Python {declares}, and the build installs Python {version} ({source}): pip stops with "No matching distribution found for {name}"',
        fr: '{name} {release} déclare Python {declares}, et le build installe Python {version} ({source}) : pip s’arrête avec « No matching distribution found for {name} »',
      },
      help,
      fix,
    },
    'no-file': {
      text: {
        en: '{name} {release} has wheels up to Python {declares} and no source to build it from, and the build installs Python {version} ({source}): nothing of it can be installed, and the build stops',
        fr: '{name} {release} a des wheels jusqu’à Python {declares} et pas de sources à compiler, et le build installe Python {version} ({source}) : rien n’en peut être installé, et le build s’arrête',
      },
      help,
      fix,
    },
    compiled: {
      severity: 'warning',
      text: {
        en: '{name} {release} has wheels up to Python {declares}, and the build installs Python {version} ({source}): it compiles the package from its source, which takes minutes and stops where a compiler or library is missing, or where the source is older than this Python',
        fr: '{name} {release} a des wheels jusqu’à Python {declares}, et le build installe Python {version} ({source}) : il compile le paquet depuis ses sources, ce qui prend des minutes et s’arrête s’il manque un compilateur ou une bibliothèque, ou si les sources sont plus anciennes que ce Python',
      },
      help,
      fix,
    },
    broken: {
      text: {
        en: 'Django {release} cannot run on Python {version} ({source}): {because} ("ModuleNotFoundError: No module named \'{module}\'")',
        fr: "Django {release} ne peut pas tourner sur Python {version} ({source}) : {because} (« ModuleNotFoundError: No module named '{module}' »)",
      },
      help,
      fix,
    },
    undeclared: {
      severity: 'warning',
      text: {
        en: 'Django {release} supports Python up to {declares}, and the build installs {version} ({source})',
        fr: 'Django {release} prend en charge Python jusqu’à {declares}, et le build installe {version} ({source})',
      },
      help,
    },
  },
  check(app, report) {
    const { dependencies } = app
    const { python, manager, source } = dependencies
    if (manager === 'none' || (manager !== 'container' && source === undefined)) return
    // The build stops before it looks at a version: deps/file-conflict says which one to write down.
    if (dependencies.managerProblems.some(({ kind }) => kind === 'uv-without-python-version')) return
    const base = { symbol: 'python' }
    const fallback = firstLine(app.tree, source?.path ?? python.at?.file ?? '')
    const where =
      python.from === 'default'
        ? { en: 'the buildpack’s default', fr: 'la version par défaut du buildpack' }
        : python.from
    const version = python.version ?? ''
    const problem = mostSevere(python.problems)
    // Clashes with a version that the build stops at do not matter before that is mended.
    const clashes =
      stopsTheBuild(problem) || python.version === undefined
        ? []
        : pythonClashes(
            dependencies.requirements,
            python.version,
            dependencies.installed('setuptools').state === 'installed',
          )
    const django = clashes.find(({ kind }) => kind === 'broken' || kind === 'undeclared')
    const asks = manager === 'uv' || manager === 'poetry'
    const excluded = asks ? excludedPython(app) : undefined
    if (clashes.length === 0 && excluded === undefined && (problem === undefined || isSmall(problem.kind))) return
    const { suitable, fits, canFit, advice } = adviceFor(app)
    const isAdmitted = canFit && (excluded === undefined || python.refused === undefined)
    const asked = isAdmitted ? pythonEdits(app, suitable) : undefined
    const pythonAt =
      python.at === undefined
        ? []
        : [{ at: python.at, message: { en: 'the Python version', fr: 'la version de Python' } }]
    for (const { kind, requirement, version: release, declares } of clashes)
      if (kind === 'refused' || (kind === 'no-file' && asksForWheels(app)))
        report(kind, {
          at: requirement.versionAt,
          data: { name: requirement.rawName, release, declares, version, source: where, suitable, advice },
          edits: asked,
          related: pythonAt,
          ...base,
          symbol: requirement.name,
        })
    const [compiled, ...others] = asksForWheels(app)
      ? compiledPins(clashes, failingOn(dependencies.requirements, version))
      : []
    if (compiled !== undefined)
      report('compiled', {
        at: compiled.requirement.versionAt,
        data: {
          name: compiled.requirement.rawName,
          release: compiled.version,
          declares: compiled.declares,
          version,
          source: where,
          suitable,
          advice,
        },
        edits: fits ? asked : undefined,
        related: [
          ...pythonAt,
          ...others.map(({ requirement, version: other, declares }) => ({
            at: requirement.versionAt,
            message: {
              en: `${requirement.rawName} ${other} too: wheels up to Python ${declares}`,
              fr: `${requirement.rawName} ${other} aussi : wheels jusqu’à Python ${declares}`,
            },
          })),
        ],
        ...base,
        symbol: 'compiled',
      })
    if (!stopsTheBuild(problem) && excluded?.manager === 'poetry')
      return report('excluded-by-poetry', {
        at: excluded.at,
        data: { version, source: where, requires: excluded.requires },
        related: pythonAt,
        ...base,
      })
    if (!stopsTheBuild(problem) && excluded !== undefined && python.at !== undefined) {
      const suitable = pythonForUv(app.tree)
      return report('excluded', {
        at: python.at,
        data: { version, source: where, requires: excluded.requires, suitable },
        edits: pythonEdits(app, suitable),
        related: [{ at: excluded.at, message: { en: 'the project says so here', fr: 'le projet le dit ici' } }],
        ...base,
      })
    }
    // Of a release that runs and names none of those that the buildpack keeps, nothing better can be asked.
    const isNearest = django?.kind === 'undeclared' && fits && python.minor === suitable
    if (django !== undefined && !isNearest)
      return report(django.kind === 'broken' ? 'broken' : 'undeclared', {
        at: python.at ?? django.requirement.versionAt,
        data: {
          release: django.version,
          declares: django.declares,
          version,
          source: where,
          suitable,
          advice,
          module: django.lost?.module ?? '',
          because: django.lost === undefined ? '' : whyLost(django.lost),
        },
        edits: django.kind === 'broken' ? asked : undefined,
        related: [
          { at: django.requirement.versionAt, message: { en: 'Django is pinned here', fr: 'Django est épinglé ici' } },
        ],
        ...base,
      })
    if (problem === undefined) return
    const { kind } = problem
    if (isSmall(kind)) return
    const unignore =
      app.presence.why('.python-version') === 'ignored'
        ? { en: ', which .gitignore must no longer name', fr: ', que .gitignore ne doit plus nommer' }
        : ''
    report(kind, {
      at: problem.at ?? fallback,
      data: {
        written: problem.written,
        version: python.refused ?? python.minor ?? version,
        suitable,
        advice,
        unignore,
      },
      edits:
        kind === 'misspelt-file' && problem.at !== undefined
          ? misspeltEdits(app, problem.at.file)
          : REFUSED.has(kind)
            ? asked
            : kind === 'runtime-txt' &&
                python.version !== undefined &&
                problem.at !== undefined &&
                // What git ignores is not pushed: the build would see neither file.
                app.presence.why('.python-version') !== 'ignored'
              ? [
                  {
                    file: '.python-version',
                    span: { start: 0, end: 0 },
                    text: `${python.version}\n`,
                    action: 'create',
                  },
                  { file: 'runtime.txt', span: { start: 0, end: 0 }, text: '', action: 'delete' },
                ]
              : undefined,
      ...base,
    })
  },
})

const ORDER: readonly PythonProblem['kind'][] = [
  'refused-file',
  'misspelt-file',
  'malformed',
  'end-of-life',
  'unknown-version',
  'deprecated-version',
  'runtime-txt',
  'none-given',
  'old-patch',
  'unknown-patch',
]

/** What nothing is told of here. */
const isSmall = (kind: PythonProblemKind): kind is 'old-patch' | 'unknown-patch' =>
  kind === 'old-patch' || kind === 'unknown-patch'

const mostSevere = (problems: readonly PythonProblem[]): PythonProblem | undefined =>
  [...problems].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))[0]

const stopsTheBuild = (problem: PythonProblem | undefined): boolean =>
  problem !== undefined && ORDER.indexOf(problem.kind) < ORDER.indexOf('deprecated-version')

function whyLost({ module, since }: NonNullable<PythonClash['lost']>): Text {
  return module.startsWith('django.')
    ? {
        en: `its copy of six cannot be imported since Python ${since}`,
        fr: `sa copie de six ne s’importe plus depuis Python ${since}`,
      }
    : {
        en: `it imports ${module}, which is gone since Python ${since}`,
        fr: `il importe ${module}, qui n’existe plus depuis Python ${since}`,
      }
}
