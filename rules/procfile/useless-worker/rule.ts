import { dropLine } from '../../../src/app/processes/command-edits.ts'
import { rule } from '../../../src/engine/rule.ts'
import { uselessWorkers } from './useless-workers.ts'

const help = {
  en: 'Delete the line: this dyno costs money for nothing.',
  fr: 'Supprimez la ligne : ce dyno est payé pour rien.',
} as const

export default rule({
  id: 'procfile/useless-worker',
  hop: 'boot',
  severity: 'warning',
  needs: 'channels-2',
  summary: {
    en: 'A `runworker` process serves no channel',
    fr: 'Un processus `runworker` ne sert aucun canal',
  },
  messages: {
    usage: {
      severity: 'error',
      text: {
        en: '`{type}` runs `runworker` without a channel name: since Channels 2 it exits with "the following arguments are required: channels"; WebSockets need no worker',
        fr: '`{type}` lance `runworker` sans nom de canal : depuis Channels 2 il se termine par « the following arguments are required: channels » ; les WebSockets n’ont besoin d’aucun worker',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the process type is gone, with the dynos that were scaled for it',
          fr: 'le type de processus disparaît, avec les dynos qui lui étaient attribués',
        },
        en: 'Delete the line',
        fr: 'Supprimer la ligne',
      },
    },
    undeclared: {
      text: {
        en: '`{type}` listens to {channels}, which no ChannelNameRouter declares: nothing is ever sent there, and WebSockets need no worker',
        fr: '`{type}` écoute {channels}, qu’aucun ChannelNameRouter ne déclare : rien n’y est jamais envoyé, et les WebSockets n’ont besoin d’aucun worker',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the process type is gone, with the dynos that were scaled for it',
          fr: 'le type de processus disparaît, avec les dynos qui lui étaient attribués',
        },
        en: 'Delete the line',
        fr: 'Supprimer la ligne',
      },
    },
  },
  check(app, report) {
    for (const { process, command, channels } of uselessWorkers(app)) {
      const edit = dropLine(app, process)
      report(channels.length === 0 ? 'usage' : 'undeclared', {
        at: command.at,
        process: process.type,
        data: { type: process.type, channels: channels.map((name) => `\`${name}\``).join(', ') },
        edits: edit && [edit],
        symbol: process.type,
      })
    }
  },
})
