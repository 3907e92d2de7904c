import { finishedFactory, uncallableServed } from '../../../src/app/asgi/unfit.ts'
import { dropOption, replaceValue, startedBelow } from '../../../src/app/processes/command-edits.ts'
import { isWrong, judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { rule } from '../../../src/engine/rule.ts'
import { faultPlace, targetFault, unknownTarget } from './target-fault.ts'

const help = {
  en: 'Name the module as Python imports it from the server’s working directory, a colon, and the application in it.',
  fr: 'Nommez le module tel que Python l’importe depuis le dossier de travail du serveur, un deux-points, puis l’application qu’il contient.',
} as const

const fix = {
  safety: 'unsafe',
  en: 'Name {near}',
  fr: 'Nommer {near}',
  changes: {
    en: 'the server loads the application that is nearest to what was written',
    fr: 'le serveur charge l’application la plus proche de ce qui était écrit',
  },
} as const

export default rule({
  id: 'procfile/asgi-target',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'The application named in the web command does not exist',
    fr: 'L’application nommée dans la commande web n’existe pas',
  },
  messages: {
    module: {
      text: {
        en: 'there is no module `{module}` as seen from {folder}: "ModuleNotFoundError: No module named \'{module}\'"{hint}',
        fr: "il n’y a pas de module `{module}` vu depuis {folder} : « ModuleNotFoundError: No module named '{module}' »{hint}",
      },
      help,
      fix,
    },
    // From another folder it would be found.
    'module-below': {
      text: {
        en: 'there is no module `{module}` as seen from {folder}: "ModuleNotFoundError: No module named \'{module}\'"',
        fr: "il n’y a pas de module `{module}` vu depuis {folder} : « ModuleNotFoundError: No module named '{module}' »",
      },
      help: {
        en: 'Start the server in that folder: `web: cd {below} && …`.',
        fr: 'Lancez le serveur dans ce dossier : `web: cd {below} && …`.',
      },
      fix: { safety: 'safe', en: 'Start it in {below}', fr: 'Le lancer dans {below}' },
    },
    attribute: {
      text: {
        en: "`{module}` has no `{attribute}`: \"AttributeError: module '{module}' has no attribute '{attribute}'\"{hint}",
        fr: "`{module}` n’a pas de `{attribute}` : « AttributeError: module '{module}' has no attribute '{attribute}' »{hint}",
      },
      help,
      fix,
    },
    'no-attribute': {
      text: {
        en: '{server} needs `module:attribute`, and `{target}` names no attribute{hint}',
        fr: '{server} a besoin de `module:attribut`, et `{target}` ne nomme pas d’attribut{hint}',
      },
      help,
      fix,
    },
    'empty-attribute': {
      text: {
        en: 'nothing follows the colon of `{target}`{hint}',
        fr: 'rien ne suit le deux-points de `{target}`{hint}',
      },
      help,
      fix,
    },
    'empty-module': {
      text: {
        en: 'no module precedes the colon of `{target}`{hint}',
        fr: 'aucun module ne précède le deux-points de `{target}`{hint}',
      },
      help,
      fix,
    },
    'dot-for-colon': {
      text: {
        en: '`{target}` separates module and application by a dot; {server} expects a colon{hint}',
        fr: '`{target}` sépare module et application par un point ; {server} attend un deux-points{hint}',
      },
      help,
      fix,
    },
    'py-suffix': {
      text: {
        en: '`{target}` names a file; {server} expects a module, without `.py`{hint}',
        fr: '`{target}` nomme un fichier ; {server} attend un module, sans `.py`{hint}',
      },
      help,
      fix,
    },
    finished: {
      text: {
        en: "{server} calls `{target}` without arguments to create the application, but it already is one: \"TypeError: … missing 3 required positional arguments: 'scope', 'receive', and 'send'\", and nothing listens",
        fr: "{server} appelle `{target}` sans argument pour créer l’application, mais c’en est déjà une : « TypeError: … missing 3 required positional arguments: 'scope', 'receive', and 'send' », et rien n’écoute",
      },
      help: {
        en: 'Leave out `--factory` (or the parentheses): it is meant for a function that returns an application.',
        fr: 'Retirez `--factory` (ou les parenthèses) : cela ne vaut que pour une fonction qui renvoie une application.',
      },
      fix: { safety: 'safe', en: 'Leave out --factory', fr: 'Retirer --factory' },
    },
    value: {
      hop: 'http',
      text: {
        en: '`{target}` is {value}, which {server} cannot call: every page fails with a TypeError (500)',
        fr: '`{target}` vaut {value}, que {server} ne peut pas appeler : chaque page échoue avec une TypeError (500)',
      },
      help: {
        en: 'Assign an application to it, such as a ProtocolTypeRouter.',
        fr: 'Donnez-lui pour valeur une application, par exemple un ProtocolTypeRouter.',
      },
    },
    // gunicorn looks at what it is given before it starts a worker.
    'value-refused': {
      text: {
        en: '`{target}` is {value}, which {server} cannot call: it ends with AppImportError',
        fr: '`{target}` vaut {value}, que {server} ne peut pas appeler : il se termine par AppImportError',
      },
      help: {
        en: 'Assign an application to it, such as a ProtocolTypeRouter.',
        fr: 'Donnez-lui pour valeur une application, par exemple un ProtocolTypeRouter.',
      },
    },
    slash: {
      text: {
        en: '`{target}` is a path; {server} expects a module with dots{hint}',
        fr: '`{target}` est un chemin ; {server} attend un module avec des points{hint}',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    const { web } = app.processes
    const verdict = judgeServer(
      app,
      web,
      ({ target }) => target !== undefined && isWrong(targetFault(target), unknownTarget(target)),
      ({ target }) => target && unknownTarget(target),
    )
    const target = verdict?.server.target
    const message = target === undefined ? undefined : targetFault(target)
    if (verdict === undefined || target === undefined || message === undefined) {
      const factory = judgeServer(app, web, (one) => finishedFactory(app, one))
      if (factory !== undefined) {
        const { server, when } = factory
        const data = { server: server.name, target: server.target?.text ?? '' }
        const option = server.options.findLast(({ dest }) => dest === 'factory')
        report('finished', {
          at: server.target?.at ?? server.at,
          data,
          edits: option && dropOption(app, option),
          when,
          symbol: 'web',
        })
        return
      }
      const [server] = web?.runs[0]?.servers ?? []
      // A layer under the name that Channels 1 wanted is told as that.
      const isLayer = server?.target?.attribute === 'channel_layer'
      const found = server && !isLayer ? uncallableServed(app, server) : undefined
      if (found === undefined || server === undefined) return
      report(server.name === 'gunicorn' ? 'value-refused' : 'value', {
        at: found.at,
        data: { server: server.name, target: server.target?.text ?? '', value: found.node.shown },
        when: found.when,
        symbol: 'web',
      })
      return
    }
    const { server, when } = verdict
    // A worker that speaks WSGI cannot use what speaks ASGI.
    const near = server.speaks.protocol === 'wsgi' ? undefined : target.candidates[0]
    const edit = near === undefined ? undefined : replaceValue(app, target.at, target.text, near)
    const folder =
      server.step.cwd === ''
        ? { en: 'the root', fr: 'la racine' }
        : { en: `${server.step.cwd}/`, fr: `${server.step.cwd}/` }
    const below = message === 'module' ? startedBelow(app, server) : undefined
    report(below === undefined ? message : 'module-below', {
      at: faultPlace(target, message),
      data: {
        server: server.name,
        target: target.text,
        module: target.module,
        attribute: target.attribute ?? '',
        folder,
        near: near ?? '',
        below: below?.folder ?? '',
        hint: near === undefined ? '' : { en: `; did you mean \`${near}\`?`, fr: ` ; vouliez-vous dire \`${near}\` ?` },
      },
      related:
        message === 'attribute' && target.file !== undefined
          ? [{ at: { file: target.file, span: { start: 0, end: 0 } }, message: { en: 'the module', fr: 'le module' } }]
          : [],
      edits: below !== undefined ? [below.edit] : edit && [edit],
      when,
      symbol: 'web',
    })
  },
})
