import type { App } from '../../../src/app/app.ts'
import { dropOption, inForeground } from '../../../src/app/processes/command-edits.ts'
import type { ServerOption } from '../../../src/app/processes/model.ts'
import { heldStatement, withoutStatement } from '../../../src/app/project/statement-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { sameSpan } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { awaitedHosts } from './awaited-hosts.ts'
import { besideServer } from './beside-server.ts'

const waits = {
  severity: 'error',
  hop: 'boot',
  text: {
    en: '`{type}` goes on only when `{host}` answers, a name that containers beside each other have (docker compose): on Heroku it never does, nothing listens on $PORT, and Heroku stops the dyno after 60 s (R10)',
    fr: '`{type}` ne continue que quand `{host}` répond, un nom que portent des conteneurs côte à côte (docker compose) : sur Heroku il ne répond jamais, rien n’écoute sur $PORT, et Heroku arrête le dyno au bout de 60 s (R10)',
  },
  help: {
    en: 'Start without waiting: add-ons are there before the dyno. Keep the loop for compose, or ask the host of DATABASE_URL or REDIS_URL.',
    fr: 'Démarrez sans attendre : les add-ons sont là avant le dyno. Gardez la boucle pour compose, ou interrogez l’hôte de DATABASE_URL ou de REDIS_URL.',
  },
} as const

export default rule({
  id: 'procfile/background-server',
  hop: 'stay',
  severity: 'warning',
  summary: {
    en: 'The web server runs in the background, shares its dyno with others, or is never reached',
    fr: 'Le serveur web tourne en arrière-plan, partage son dyno avec d’autres, ou n’est jamais atteint',
  },
  messages: {
    background: {
      text: {
        en: '{server} runs in the background: when it dies, the dyno goes on without it and Heroku restarts nothing; SIGTERM does not reach it either',
        fr: '{server} tourne en arrière-plan : s’il meurt, le dyno continue sans lui et Heroku ne relance rien ; SIGTERM ne l’atteint pas non plus',
      },
      help: {
        en: 'Start it last, in the foreground, with `exec`.',
        fr: 'Lancez-le en dernier, au premier plan, avec `exec`.',
      },
    },
    alone: {
      severity: 'error',
      hop: 'boot',
      text: {
        en: '{server} runs in the background and nothing after it in the foreground: the shell ends, the dyno with it, and Heroku calls that a crash (H10)',
        fr: '{server} tourne en arrière-plan et rien ne suit au premier plan : le shell se termine, le dyno avec lui, et Heroku y voit un crash (H10)',
      },
      help: {
        en: 'Remove the `&`, so that the server runs in the foreground.',
        fr: 'Retirez le `&`, pour que le serveur tourne au premier plan.',
      },
      fix: { safety: 'safe', en: 'Keep it in the foreground', fr: 'Le garder au premier plan' },
    },
    unreached: {
      severity: 'error',
      hop: 'boot',
      text: {
        en: '{program} runs in the foreground before {server} and does not end: {server} is never started, nothing listens on $PORT, and Heroku stops the dyno after 60 s (R10)',
        fr: '{program} tourne au premier plan avant {server} et ne se termine pas : {server} n’est jamais lancé, rien n’écoute sur $PORT, et Heroku arrête le dyno au bout de 60 s (R10)',
      },
      help: { en: 'Give it a process type of its own.', fr: 'Donnez-lui son propre type de processus.' },
    },
    left: {
      severity: 'error',
      hop: 'boot',
      text: {
        en: '{server} is started by a supervisord that leaves the foreground: the command ends at once, and Heroku stops the dyno ("Process exited with status 0", H10)',
        fr: '{server} est lancé par un supervisord qui quitte le premier plan : la commande se termine aussitôt, et Heroku arrête le dyno (« Process exited with status 0 », H10)',
      },
      help: {
        en: 'Write `nodaemon=true` under [supervisord], or start it with `-n`.',
        fr: 'Écrivez `nodaemon=true` sous [supervisord], ou lancez-le avec `-n`.',
      },
    },
    waits,
    'release-waits': {
      ...waits,
      hop: 'release',
      text: {
        en: '`{type}` goes on only when `{host}` answers, a name that containers beside each other have (docker compose): on Heroku it never does, and the release phase never succeeds',
        fr: '`{type}` ne continue que quand `{host}` répond, un nom que portent des conteneurs côte à côte (docker compose) : sur Heroku il ne répond jamais, et la phase de release n’aboutit jamais',
      },
    },
    daemon: {
      severity: 'error',
      hop: 'boot',
      text: {
        en: '{server} becomes a daemon: the command ends at once, and Heroku stops the dyno ("Process exited with status 0", H10)',
        fr: '{server} devient un démon : la commande se termine aussitôt, et Heroku arrête le dyno (« Process exited with status 0 », H10)',
      },
      help: {
        en: 'Remove the option: on Heroku the server stays in the foreground.',
        fr: 'Retirez l’option : sur Heroku, le serveur reste au premier plan.',
      },
      fix: { safety: 'safe', en: 'Remove the option', fr: 'Retirer l’option' },
    },
    several: {
      text: {
        en: '{program} runs in the same dyno as {server}: only one of them can listen on $PORT, and only that one gets traffic',
        fr: '{program} tourne dans le même dyno que {server} : un seul peut écouter sur $PORT, et lui seul reçoit du trafic',
      },
      help: {
        en: 'Let one ASGI server serve HTTP and WebSockets.',
        fr: 'Laissez un seul serveur ASGI servir HTTP et WebSockets.',
      },
    },
    worker: {
      severity: 'info',
      text: {
        en: '{program} runs beside {server} in one dyno: it shares its memory, is not restarted when it dies, and scales with `web`',
        fr: '{program} tourne à côté de {server} dans un même dyno : il en partage la mémoire, n’est pas relancé s’il meurt et change d’échelle avec `web`',
      },
      help: { en: 'Give it a process type of its own.', fr: 'Donnez-lui son propre type de processus.' },
    },
    managed: {
      severity: 'info',
      text: {
        en: '{program} runs beside {server} in one dyno: it shares its memory and scales with `web`',
        fr: '{program} tourne à côté de {server} dans un même dyno : il en partage la mémoire et change d’échelle avec `web`',
      },
      help: { en: 'Give it a process type of its own.', fr: 'Donnez-lui son propre type de processus.' },
    },
  },
  check(app, report) {
    const { web, release } = app.processes
    for (const process of [release, web])
      for (const { host, at, service, when } of process === undefined ? [] : awaitedHosts(app, process))
        report(process === web ? 'waits' : 'release-waits', {
          at,
          when,
          data: { type: process?.type ?? '', host },
          related: service === undefined ? [] : [{ at: service, message: { en: 'the service', fr: 'le service' } }],
          symbol: `${process?.type} ${host}`,
        })
    if (web === undefined) return
    for (const { kind, step, server, program } of besideServer(web)) {
      const own = kind === 'background' || kind === 'alone' || kind === 'left' || kind === 'daemon'
      const daemon = kind === 'daemon' ? server.options.find(({ at }) => sameSpan(at.span, step.at.span)) : undefined
      const edits =
        kind === 'alone'
          ? [inForeground(app, server)]
          : daemon && (inConfiguration(app, daemon) ?? dropOption(app, daemon))
      report(kind, {
        at: own && kind !== 'daemon' ? server.at : step.at,
        data: { server: server.name, program },
        related: own
          ? []
          : [
              {
                at: server.at,
                message:
                  kind === 'unreached'
                    ? { en: 'the server that waits for it', fr: 'le serveur qui l’attend' }
                    : { en: 'the server that gets the traffic', fr: 'le serveur qui reçoit le trafic' },
              },
            ],
        edits: edits?.includes(undefined) ? undefined : (edits as Edit[] | undefined),
        symbol: `web ${program}`,
      })
    }
  },
})

/** `daemon = True` in gunicorn’s own file goes with its line. */
function inConfiguration(app: App, { at }: ServerOption): Edit[] | undefined {
  const held = at.file.endsWith('.py') ? heldStatement(app.tree, at) : undefined
  const edit = held?.statement.kind === 'Assign' ? withoutStatement(app.tree, at.file, held) : undefined
  return edit && [edit]
}
