import type { App } from '../../../src/app/app.ts'
import { layoutOf, processLines } from '../../../src/app/asgi/layout.ts'
import { namedTarget } from '../../../src/app/asgi/named-target.ts'
import { firstLine } from '../../../src/app/dependencies/manager.ts'
import { rootMover, unknownRoot } from '../../../src/app/manifest/root-mover.ts'
import { rootImageStarts } from '../../../src/app/processes/image.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'

export default rule({
  id: 'procfile/missing',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  summary: {
    en: 'The app has no Procfile that Heroku reads, so nothing is started',
    fr: 'L’application n’a pas de Procfile que Heroku lise : rien n’est lancé',
  },
  messages: {
    near: {
      text: {
        en: '`{file}` is not read: Heroku takes only a file named exactly `Procfile` in the root, so no process is started ("H14 No web processes running")',
        fr: '`{file}` n’est pas lu : Heroku ne prend qu’un fichier nommé exactement `Procfile`, à la racine ; aucun processus n’est lancé (« H14 No web processes running »)',
      },
      help: { en: 'Rename it: `git mv {file} Procfile`.', fr: 'Renommez-le : `git mv {file} Procfile`.' },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'Heroku starts what the file says, and no longer the processes it had by default',
          fr: 'Heroku lance ce que dit le fichier, et non plus les processus qu’il avait par défaut',
        },
        en: 'Rename {file} to Procfile',
        fr: 'Renommer {file} en Procfile',
      },
    },
    folder: {
      text: {
        en: '`{file}` is not read: `git push heroku` sends the root of the repository, and the project stands in `{folder}/`, so no process is started ("H14 No web processes running")',
        fr: '`{file}` n’est pas lu : `git push heroku` envoie la racine du dépôt, et le projet se trouve dans `{folder}/` ; aucun processus n’est lancé (« H14 No web processes running »)',
      },
      help: {
        en: 'Push that folder as the root: `git subtree push --prefix {folder} heroku main`; or add a buildpack that makes it the root.',
        fr: 'Poussez ce dossier comme racine : `git subtree push --prefix {folder} heroku main` ; ou ajoutez un buildpack qui en fait la racine.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'Heroku starts what that file says, in its folder',
          fr: 'Heroku lance ce que dit ce fichier, dans son dossier',
        },
        en: 'Write its lines into a Procfile of the root',
        fr: 'Écrire ses lignes dans un Procfile à la racine',
      },
    },
    none: {
      text: {
        en: 'there is no Procfile in the root, so Heroku starts nothing ("H14 No web processes running")',
        fr: 'il n’y a pas de Procfile à la racine : Heroku ne lance rien (« H14 No web processes running »)',
      },
      help: {
        en: 'Add a file `Procfile` with a line such as `{line}`{note}.',
        fr: 'Ajoutez un fichier `Procfile` avec une ligne telle que `{line}`{note}.',
      },
      fix: {
        safety: 'unsafe',
        en: 'Write one that starts daphne',
        fr: 'En écrire un qui lance daphne',
        changes: {
          en: 'daphne answers all requests, and each release migrates the database first',
          fr: 'daphne répond à toutes les requêtes, et chaque release migre d’abord la base',
        },
      },
    },
    container: {
      text: {
        en: '`heroku.yml` has no `run` section and no Dockerfile it builds has a CMD, so the container starts nothing',
        fr: '`heroku.yml` n’a pas de section `run` et aucun Dockerfile construit n’a de CMD : le conteneur ne lance rien',
      },
      help: {
        en: 'Add `run:` with a `web:` command to heroku.yml, or a CMD to the Dockerfile.',
        fr: 'Ajoutez `run:` avec une commande `web:` à heroku.yml, ou un CMD au Dockerfile.',
      },
    },
  },
  check(app, report) {
    const { processes, manifest } = app
    if (processes.from !== undefined) return
    const mover = rootMover(app)
    if (mover !== undefined) {
      app.inquiry.cannotTell(unknownRoot(mover))
      return
    }
    // One that cannot be read is told as that.
    if (app.tree.kind('Procfile') === 'file') return
    if (manifest.platform === 'heroku-container' && manifest.herokuYml !== undefined) {
      report('container', { at: firstLine(app.tree, manifest.herokuYml.file), symbol: 'Procfile' })
      return
    }
    if (manifest.platform === 'heroku-container' || manifest.platform === 'render' || manifest.platform === 'railway')
      return
    const [near] = processes.nearMisses
    const folder = near?.why === 'folder' ? near.file.slice(0, near.file.lastIndexOf('/')) : undefined
    if (near !== undefined && folder !== undefined && app.project.manage.some((one) => one.folder === folder)) {
      report('folder', {
        at: firstLine(app.tree, near.file),
        data: { file: near.file, folder },
        edits: movedUp(app, near.file, folder),
        symbol: 'Procfile',
      })
      return
    }
    if (near !== undefined) {
      report('near', {
        at: firstLine(app.tree, near.file),
        data: { file: near.file },
        // From a sub-folder, what its commands take for granted may move as well.
        edits:
          near.why === 'folder'
            ? []
            : [{ file: near.file, span: { start: 0, end: 0 }, text: 'Procfile', action: 'rename' }],
        symbol: 'Procfile',
      })
      return
    }
    const file = app.project.manage[0]?.path ?? app.dependencies.source?.path
    if (file === undefined) return
    const elsewhere = manifest.otherPlatforms[0]
    if (elsewhere !== undefined && !manifest.namesHeroku) return
    if (rootImageStarts(app.tree)) return
    const layout = layoutOf(app)
    const lines = layout && processLines(layout)
    const writes = lines !== undefined && app.usesChannels && readText(app.tree, layout?.asgiFile ?? '') !== undefined
    report('none', {
      at: firstLine(app.tree, file),
      data: webLine(app, lines),
      edits: writes
        ? [{ file: 'Procfile', span: { start: 0, end: 0 }, text: `${lines.web}\n${lines.release}\n`, action: 'create' }]
        : undefined,
      symbol: 'Procfile',
    })
  },
})

/** A line that starts what the project has: daphne where it serves sockets, else gunicorn; and what of it is not there yet. */
function webLine(
  app: App,
  lines: ReturnType<typeof processLines> | undefined,
): { readonly line: string; readonly note: Text } {
  const wsgi = layoutOf(app)?.asgiFile.replace(/asgi\.py$/, 'wsgi.py')
  const isPlain = !app.usesChannels && readText(app.tree, wsgi ?? '') !== undefined
  const server = isPlain ? 'gunicorn' : 'daphne'
  const { target, note } = namedTarget(app)
  const own = isPlain ? lines?.plain : lines?.web
  const line = own ?? `web: daphne -b 0.0.0.0 -p $PORT --proxy-headers ${target}`
  const isAbsent = app.dependencies.installed(server).state === 'absent'
  const missing = {
    en: isAbsent ? `, and add ${server} to what the build installs` : '',
    fr: isAbsent ? `, et ajoutez ${server} à ce que le build installe` : '',
  }
  const left = isPlain ? { en: '', fr: '' } : note
  return { line, note: { en: `${left.en}${missing.en}`, fr: `${left.fr}${missing.fr}` } }
}

/** The lines of a Procfile below, started in its folder: where what is installed stands in the root, the root is what is pushed. */
function movedUp(app: App, file: string, folder: string): Edit[] | undefined {
  const { source, manager } = app.dependencies
  if (manager === 'none' || source === undefined || source.path.startsWith(`${folder}/`)) return undefined
  const text = readText(app.tree, file)?.text ?? ''
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const moved = lines.map((line) => line.replace(/^([A-Za-z0-9_-]+):[ \t]*/, `$1: cd ${folder} && `))
  if (moved.some((line, index) => line === lines[index])) return undefined
  return [{ file: 'Procfile', span: { start: 0, end: 0 }, text: `${moved.join('\n')}\n`, action: 'create' }]
}
