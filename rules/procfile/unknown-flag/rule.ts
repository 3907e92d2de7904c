import { dropOption } from '../../../src/app/processes/command-edits.ts'
import type { UsageProblem } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { unwritableFiles } from './absent-folders.ts'
import { corrected, loggedToOutput } from './corrections.ts'
import { unansweredLifespan } from './lifespan.ts'

const writeElsewhere = {
  en: 'Write logs to `-`, from where Heroku takes them, and other files to /tmp.',
  fr: 'Écrivez les journaux sur `-`, où Heroku les prend, et les autres fichiers dans /tmp.',
} as const

const toStandardOutput = {
  safety: 'safe',
  en: 'Write it to `-`, the log of the dyno',
  fr: 'L’écrire sur `-`, le journal du dyno',
} as const

export default rule({
  id: 'procfile/unknown-flag',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'The server does not take an option of its command line',
    fr: 'Le serveur n’accepte pas une option de sa ligne de commande',
  },
  messages: {
    refused: {
      text: {
        en: '{problem}: {server} exits before it listens{versions}{hint}',
        fr: '{problem} : {server} se termine avant d’écouter{versions}{hint}',
      },
      help: {
        en: 'Remove the option, or write one that this version of {server} has.',
        fr: 'Retirez l’option, ou écrivez-en une que possède cette version de {server}.',
      },
      fix: { safety: 'safe', en: 'Correct the option', fr: 'Corriger l’option' },
    },
    lifespan: {
      text: {
        en: '`--lifespan on` makes uvicorn wait for an answer to the lifespan protocol, and the application has none ("No application configured for scope type \'lifespan\'"): it never listens',
        fr: "`--lifespan on` fait attendre à uvicorn une réponse au protocole lifespan, et l’application n’en a pas (« No application configured for scope type 'lifespan' ») : il n’écoute jamais",
      },
      help: {
        en: 'Remove `--lifespan on`: `auto`, the default, tries the protocol and goes on without it.',
        fr: 'Retirez `--lifespan on` : `auto`, la valeur par défaut, essaie le protocole, puis continue sans lui.',
      },
      fix: { safety: 'safe', en: 'Remove --lifespan on', fr: 'Retirer --lifespan on' },
    },
    folder: {
      text: {
        en: '{server} opens `{path}` when it starts, and the folder `{folder}` is not on the dyno (git keeps no empty folder, nor what it ignores): it exits before it listens',
        fr: '{server} ouvre `{path}` à son démarrage, et le dossier `{folder}` n’est pas sur le dyno (git ne garde ni les dossiers vides ni ce qu’il ignore) : il se termine avant d’écouter',
      },
      help: writeElsewhere,
      fix: toStandardOutput,
    },
    unwritable: {
      text: {
        en: '{server} opens `{path}` when it starts, where a dyno may not write: it exits before it listens',
        fr: '{server} ouvre `{path}` à son démarrage, là où un dyno n’a pas le droit d’écrire : il se termine avant d’écouter',
      },
      help: writeElsewhere,
      fix: toStandardOutput,
    },
    // Which one counts is known, and judged by the rules about it.
    repeated: {
      severity: 'info',
      text: { en: '{problem}', fr: '{problem}' },
      help: { en: 'Keep the one you mean.', fr: 'Gardez celle que vous voulez.' },
    },
  },
  check(app, report) {
    const unanswered = unansweredLifespan(app)
    if (unanswered !== undefined) {
      report('lifespan', {
        at: unanswered.option.at,
        edits: dropOption(app, unanswered.option),
        when: unanswered.when,
        symbol: 'web --lifespan',
      })
    }
    for (const process of app.processes.all) {
      for (const { option, path, folder, server, when } of unwritableFiles(app, process)) {
        report(folder === undefined ? 'unwritable' : 'folder', {
          at: option.valueAt ?? option.at,
          process: process.type,
          data: { server: server.name, path, folder: folder ?? '' },
          edits: loggedToOutput(app, option, path),
          when,
          restsOn: ['heroku'],
          symbol: `${process.type} ${option.dest}`,
        })
      }
      const key = (problem: UsageProblem) => `${problem.kind}:${placeKey(problem.at)}`
      const problems = new Map(
        process.servers.flatMap((server) => server.problems.map((problem) => [key(problem), problem])),
      )
      for (const [id, problem] of problems) {
        const verdict = judgeServer(app, process, (server) => server.problems.some((one) => key(one) === id))
        if (verdict === undefined) continue
        const { name, version } = verdict.server
        const { versions, suggestion, message } = problem
        const other = version === undefined ? '' : `, ${name}==${version}`
        report(problem.kind === 'repeated' ? 'repeated' : 'refused', {
          at: problem.at,
          process: process.type,
          data: {
            problem: message,
            server: name,
            versions:
              versions === undefined || versions === ''
                ? ''
                : { en: ` (${name}${versions} has it${other})`, fr: ` (${name}${versions} l’a${other})` },
            hint:
              suggestion === undefined
                ? ''
                : { en: `; did you mean ${suggestion}?`, fr: ` ; vouliez-vous dire ${suggestion} ?` },
          },
          edits: corrected(app, verdict.server, problem),
          when: verdict.when,
          symbol: `${process.type} ${problem.option}`,
        })
      }
    }
  },
})
