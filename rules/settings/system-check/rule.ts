import { firstChecking } from '../../../src/app/settings/system-checks/commands.ts'
import { raisedChecks, systemChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { rule } from '../../../src/engine/rule.ts'
import { failingDeployChecks, failingFolderChecks } from './deploy-commands.ts'
import { checkEdits, keptFolder, withoutLevel } from './edits.ts'
import { admins, messages } from './messages.ts'
import { raisedByAdmins } from './raised-by-admins.ts'

const first = {
  build: { en: ', collectstatic in the build included', fr: ', collectstatic pendant le build compris' },
  release: { en: ', that of the release included', fr: ', celle de la release comprise' },
  boot: { en: ', that of `web` included', fr: ', celle de `web` comprise' },
} as const

function isOurs(id: string): id is keyof typeof messages {
  return id in messages
}

/** What `check --deploy` is told to fail for; alone, it prints the same and goes on. */
const deploy = {
  text: {
    en: '`check --deploy` stops at each {level}, and these settings raise {ids}: the process ends with "SystemCheckError: System check identified some issues"',
    fr: '`check --deploy` s’arrête à chaque {level}, et ces settings lèvent {ids} : le processus se termine sur « SystemCheckError: System check identified some issues »',
  },
  help: {
    en: 'Set what they ask for (`dynolint --profile strict` explains each), or silence those you accept with SILENCED_SYSTEM_CHECKS.',
    fr: 'Définissez ce qu’elles demandent (`dynolint --profile strict` explique chacune), ou faites taire celles que vous acceptez avec SILENCED_SYSTEM_CHECKS.',
  },
  fix: {
    safety: 'unsafe',
    changes: {
      en: 'the process goes on after warnings, which the command prints',
      fr: 'le processus continue après des avertissements, que la commande affiche',
    },
    en: 'Let it stop at errors alone',
    fr: 'Ne l’arrêter qu’aux erreurs',
  },
} as const

/** It warns since Django 4.0; before, collectstatic fails on it. */
const folder = {
  text: {
    en: '`check` stops at each {level}, and STATICFILES_DIRS names `{folder}`, which the repository does not contain (git keeps no empty folders): staticfiles.W004, and the process ends with "SystemCheckError: System check identified some issues"',
    fr: '`check` s’arrête à chaque {level}, et STATICFILES_DIRS nomme `{folder}`, que le dépôt ne contient pas (git ne garde pas les dossiers vides) : staticfiles.W004, et le processus se termine sur « SystemCheckError: System check identified some issues »',
  },
  help: {
    en: 'Commit a file in it (`{folder}/.gitkeep`), or take it out of STATICFILES_DIRS.',
    fr: 'Ajoutez-y un fichier au dépôt (`{folder}/.gitkeep`), ou retirez-le de STATICFILES_DIRS.',
  },
  fix: { safety: 'safe', en: 'Add {folder}/.gitkeep', fr: 'Ajouter {folder}/.gitkeep' },
} as const

export default rule({
  id: 'settings/system-check',
  hop: 'release',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'A system check of Django raises an error for these settings: migrate stops',
    fr: 'Une vérification de Django signale une erreur dans ces settings : migrate s’arrête',
  },
  messages: { ...messages, deploy, folder, ...admins },
  check(app, report) {
    for (const { process, command, level, raised } of failingDeployChecks(app)) {
      const [first, ...others] = raised
      report('deploy', {
        at: command.at,
        process: process.type,
        hop: process.type === 'web' ? 'boot' : 'release',
        data: { level, ids: raised.map(({ check }) => check.id).join(', ') },
        edits: withoutLevel(app, command, level),
        related: [first, ...others]
          .slice(0, 5)
          .map(({ at, check }) => ({ at, message: { en: check.id, fr: check.id } })),
        when: first.when,
        symbol: `${process.type} check --deploy`,
      })
    }
    for (const { process, command, level, folder: name, at, when } of failingFolderChecks(app))
      report('folder', {
        at,
        process: process.type,
        hop: process.type === 'web' ? 'boot' : 'release',
        data: { level, folder: name },
        edits: keptFolder(app, name),
        related: [{ at: command.at, message: { en: 'run here', fr: 'lancée ici' } }],
        when,
        symbol: `${process.type} check ${name}`,
      })
    for (const { fault, hop, when } of raisedByAdmins(app)) {
      const { id, kind, at, admin, option, name, model } = fault
      report(kind, {
        at,
        hop,
        process: hop === undefined ? 'run' : undefined,
        data: { first: hop === undefined ? { en: '', fr: '' } : first[hop], id, admin, option, name, model },
        when,
        symbol: `${id} ${admin} ${name}`,
      })
    }
    for (const ofStaticFiles of [true, false]) {
      const { hop, settings, when } = firstChecking(app, ofStaticFiles)
      const asked = systemChecks.filter(({ id, ofStaticFiles: own }) => isOurs(id) && (own ?? false) === ofStaticFiles)
      for (const raised of raisedChecks(app, settings, asked)) {
        const { id, of } = raised.check
        if (!isOurs(id)) continue
        report(id, {
          at: raised.at,
          data: { first: hop === undefined ? { en: '', fr: '' } : first[hop], setting: of ?? '', value: raised.value },
          edits: checkEdits(app, raised),
          hop,
          // Whoever runs a command by hand meets it, in a one-off dyno.
          process: hop === undefined ? 'run' : undefined,
          when: when === undefined ? raised.when : [...raised.when, when],
          symbol: [id, of ?? '', raised.value].join(' ').trim(),
        })
      }
    }
  },
})
