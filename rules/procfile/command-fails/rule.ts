import type { App } from '../../../src/app/app.ts'
import { startedBy } from '../../../src/app/processes/server-verdict.ts'
import { unpushedSoFar } from '../../../src/app/project/evaluate-pushed.ts'
import { openedByModule } from '../../../src/app/project/named-by-module.ts'
import { fileCrashes } from '../../../src/app/settings/command-runs.ts'
import type { DecisiveCommand } from '../../../src/app/settings/decisive-commands.ts'
import { undecided } from '../../../src/app/settings/verdict.ts'
import { rule } from '../../../src/engine/rule.ts'
import { alteredAfterRows } from './altered-after-rows.ts'
import { askingCommands } from './asking.ts'
import { madeIfAbsent, mergeMigration, modelOfThen, withOption } from './corrections.ts'
import { conflictingMigrations } from './migration-leaves.ts'
import { missingNodes } from './migration-nodes.ts'
import { modelsOfToday } from './models-of-today.ts'
import { failedChecks } from './pending-changes.ts'
import { carelessReceivers } from './receivers.ts'
import { rowsToCome } from './rows-to-come.ts'
import { unmigratedUsers } from './unmigrated-user.ts'
import { virtualColumns } from './virtual-columns.ts'

/** A migration that was applied is not run again. */
const newDatabase = {
  en: 'the database has not had this migration yet (a new app, a review app)',
  fr: 'la base de données n’a pas encore reçu cette migration (nouvelle application, review app)',
}

/** A loop goes round for each of them. */
const someRows = {
  en: 'there are rows for which the migration writes others',
  fr: 'il y a des lignes pour lesquelles la migration en écrit d’autres',
}

/** Each migration that is applied is a row. */
const newMigration = {
  en: 'there is a migration to apply (a new app, a review app, a change of a model)',
  fr: 'il y a une migration à appliquer (nouvelle application, review app, changement d’un modèle)',
}

const byModule = {
  safety: 'safe',
  en: 'Name the file relative to the module',
  fr: 'Nommer le fichier par rapport au module',
} as const

const keepFile = {
  en: 'Commit the file, and name it relative to the module: Path(__file__).resolve().parent / "…".',
  fr: 'Ajoutez le fichier au dépôt, et nommez-le par rapport au module : Path(__file__).resolve().parent / "…".',
} as const

const firstMigration = {
  en: 'Run `python manage.py makemigrations {app}` on your machine and commit what it writes, __init__.py included.',
  fr: 'Lancez `python manage.py makemigrations {app}` sur votre machine et committez ce qu’elle écrit, __init__.py compris.',
} as const

const asks = {
  text: {
    en: '`{type}` runs {command}, which asks before it goes on, and nobody answers on a dyno: "EOFError: EOF when reading a line"',
    fr: '`{type}` lance {command}, qui pose une question avant de continuer, et personne ne répond sur un dyno : « EOFError: EOF when reading a line »',
  },
  help: { en: 'Give it {option}.', fr: 'Donnez-lui {option}.' },
} as const

/** Whether config vars alone decide that the command runs; what nobody can tell goes on record. */
function isDecided(app: App, { process, hop, when }: DecisiveCommand): boolean {
  const opaque = when.find((one) => one.opaque)
  if (opaque !== undefined)
    app.inquiry.cannotTell({ what: startedBy(process), why: undecided(opaque), at: opaque.at, hop })
  return opaque === undefined
}

export default rule({
  id: 'procfile/command-fails',
  hop: 'release',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'A management command ends with an error where the dyno runs it',
    fr: 'Une commande de gestion s’arrête sur une erreur là où le dyno la lance',
  },
  messages: {
    asks,
    'asks-overwrite': {
      ...asks,
      text: {
        en: '`{type}` runs {command}, which asks whether to overwrite the files that the build has collected, and nobody answers on a dyno: "EOFError: EOF when reading a line"',
        fr: '`{type}` lance {command}, qui demande s’il faut écraser les fichiers que le build a collectés, et personne ne répond sur un dyno : « EOFError: EOF when reading a line »',
      },
      fix: { safety: 'safe', en: 'Add --noinput', fr: 'Ajouter --noinput' },
    },
    'migration-file': {
      text: {
        en: 'the migration opens a file here that is not on the dyno: {message}; migrate in `{type}` ends with FileNotFoundError',
        fr: 'la migration ouvre ici un fichier absent du dyno : {message} ; migrate, dans `{type}`, s’arrête sur FileNotFoundError',
      },
      help: keepFile,
      fix: byModule,
    },
    'command-file': {
      text: {
        en: '{command} opens a file here that is not where the dyno looks for it: {message}; `{type}` ends with FileNotFoundError',
        fr: '{command} ouvre ici un fichier qui n’est pas là où le dyno le cherche : {message} ; `{type}` s’arrête sur FileNotFoundError',
      },
      help: keepFile,
      fix: byModule,
    },
    virtual: {
      text: {
        en: '{field} is a GeneratedField that is not stored, which this Django cannot create in Postgres: migrate in `{type}` ends with "PostgreSQL does not support non-persisted GeneratedFields." (fields.E221)',
        fr: '{field} est un GeneratedField qui n’est pas stocké, ce que ce Django ne sait pas créer dans Postgres : migrate, dans `{type}`, s’arrête sur « PostgreSQL does not support non-persisted GeneratedFields. » (fields.E221)',
      },
      help: {
        en: 'Write `db_persist=True`, in the model and in the migration that adds it.',
        fr: 'Écrivez `db_persist=True`, dans le modèle et dans la migration qui l’ajoute.',
      },
    },
    'several-leaves': {
      text: {
        en: 'migrate in `{type}` refuses to choose: "Conflicting migrations detected; multiple leaf nodes in the migration graph: ({names} in {app})"',
        fr: 'migrate, dans `{type}`, refuse de choisir : « Conflicting migrations detected; multiple leaf nodes in the migration graph: ({names} in {app}) »',
      },
      help: {
        en: 'Run `python manage.py makemigrations --merge` on your machine and commit what it writes.',
        fr: 'Lancez `python manage.py makemigrations --merge` sur votre machine et committez ce qu’elle écrit.',
      },
      fix: {
        safety: 'unsafe',
        en: 'Write the migration that follows both',
        fr: 'Écrire la migration qui suit les deux',
        needs: {
          en: 'the migrations change different things: their order stays open',
          fr: 'les migrations changent des choses différentes : leur ordre reste libre',
        },
      },
    },
    'missing-node': {
      text: {
        en: 'migrate in `{type}` ends with "NodeNotFoundError: Migration {migration} dependencies reference nonexistent parent node {parent}"',
        fr: 'migrate, dans `{type}`, s’arrête sur « NodeNotFoundError: Migration {migration} dependencies reference nonexistent parent node {parent} »',
      },
      help: {
        en: 'Commit the migration that is named, install its app, or correct `dependencies`.',
        fr: 'Ajoutez au dépôt la migration nommée, installez son application, ou corrigez `dependencies`.',
      },
    },
    'user-empty': {
      text: {
        en: '{model} is the user model and has no migration, though its app has a package for them, and {by} follows it: migrate in `{type}` ends with "ValueError: Dependency on app with no migrations: {app}"',
        fr: '{model} est le modèle d’utilisateur et n’a pas de migration, alors que son application a un paquet pour elles, et {by} en dépend : migrate, dans `{type}`, s’arrête sur « ValueError: Dependency on app with no migrations: {app} »',
      },
      help: firstMigration,
    },
    'user-absent': {
      text: {
        en: '{model} is the user model and the push carries no migration of it, so that migrate makes no table for it; the tables of {by} point there, and in Postgres migrate in `{type}` ends with \'relation "{table}" does not exist\'',
        fr: '{model} est le modèle d’utilisateur et le push n’en contient aucune migration, si bien que migrate ne lui crée pas de table ; celles de {by} y renvoient, et sur Postgres migrate, dans `{type}`, s’arrête sur « relation "{table}" does not exist »',
      },
      help: firstMigration,
    },
    'model-of-today': {
      text: {
        en: 'migration {migration} queries {model} here as it is today, and only {later} adds its column `{field}`, later; where both are still to be applied, migrate in `{type}` ends with "no such column: …{field}" or "column … does not exist"',
        fr: 'la migration {migration} interroge ici {model} tel qu’il est aujourd’hui, alors que seule {later} ajoute sa colonne `{field}`, plus tard ; quand les deux restent à appliquer, migrate, dans `{type}`, s’arrête sur « no such column: …{field} » ou « column … does not exist »',
      },
      help: {
        en: 'In a migration, take the model as it was then, also instead of helpers that use today’s model: {model} = apps.get_model("{app}", "{model}").',
        fr: 'Dans une migration, prenez le modèle tel qu’il était alors, aussi à la place des fonctions qui se servent de celui d’aujourd’hui : {model} = apps.get_model("{app}", "{model}").',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'that model has only its columns, without methods and managers of its own',
          fr: 'ce modèle n’a que ses colonnes, sans méthodes ni managers propres',
        },
        en: 'Take {model} from `apps`',
        fr: 'Prendre {model} dans `apps`',
      },
    },
    'row-to-come': {
      text: {
        en: 'migration {migration} asks here for a row of {model}, and migrate makes these rows only once every migration is applied (post_migrate): in one run with the others, migrate in `{type}` ends with "{model} matching query does not exist"',
        fr: 'la migration {migration} demande ici une ligne de {model}, et migrate ne crée ces lignes qu’une fois toutes les migrations appliquées (post_migrate) : en une fois avec les autres, migrate, dans `{type}`, s’arrête sur « {model} matching query does not exist »',
      },
      help: {
        en: 'Take `get_or_create`, or do this in a receiver of `post_migrate`.',
        fr: 'Prenez `get_or_create`, ou faites-le dans un récepteur de `post_migrate`.',
      },
      fix: { safety: 'safe', en: 'Make the row where there is none', fr: 'Créer la ligne quand il n’y en a pas' },
    },
    'altered-after-rows': {
      text: {
        en: 'migration {migration} writes rows of {model} here and alters their table afterwards, in one transaction: Postgres still has to look at the foreign key `{field}`, and migrate in `{type}` ends with "cannot ALTER TABLE … because it has pending trigger events"',
        fr: 'la migration {migration} écrit ici des lignes de {model} puis modifie leur table, dans une seule transaction : Postgres doit encore vérifier la clé étrangère `{field}`, et migrate, dans `{type}`, s’arrête sur « cannot ALTER TABLE … because it has pending trigger events »',
      },
      help: {
        en: 'Write the rows in one migration and alter the table in the next.',
        fr: 'Écrivez les lignes dans une migration et modifiez la table dans la suivante.',
      },
    },
    'careless-receiver': {
      text: {
        en: "{receiver} has no sender, so {signal} calls it for every row, even those that migrate itself saves: \"AttributeError: 'Migration' object has no attribute '{attribute}'\", and `{type}` fails",
        fr: "{receiver} n’a pas de sender : {signal} l’appelle pour chaque ligne, même celles que migrate enregistre elle-même : « AttributeError: 'Migration' object has no attribute '{attribute}' », et `{type}` échoue",
      },
      help: {
        en: 'Name the model: `@receiver({signal}, sender=…)`.',
        fr: 'Nommez le modèle : `@receiver({signal}, sender=…)`.',
      },
    },
    'models-ahead': {
      text: {
        en: '`{type}` runs makemigrations --check, and no migration has this yet: "{change}"; the command lists it and ends with exit code 1',
        fr: '`{type}` lance makemigrations --check, et aucune migration ne contient encore ceci : « {change} » ; la commande l’affiche et se termine avec le code 1',
      },
      help: {
        en: 'Run `python manage.py makemigrations` on your machine and commit what it writes.',
        fr: 'Lancez `python manage.py makemigrations` sur votre machine et committez ce qu’elle écrit.',
      },
    },
  },
  check(app, report) {
    for (const check of failedChecks(app).filter((one) => isDecided(app, one))) {
      const { process, command, hop, changes, when } = check
      const [first, ...others] = changes
      report('models-ahead', {
        at: first.at,
        data: { type: process.type, change: first.text },
        related: [
          ...others.map(({ text, at }) => ({ at, message: { en: text, fr: text } })),
          { at: command.at, message: { en: 'run here', fr: 'lancée ici' } },
        ],
        hop,
        when,
        symbol: `${process.type} makemigrations`,
      })
    }
    for (const { process, command, hop, when, field, at } of virtualColumns(app).filter((one) => isDecided(app, one)))
      report('virtual', {
        at,
        data: { type: process.type, field },
        related: [{ at: command.at, message: { en: 'run here', fr: 'lancée ici' } }],
        hop,
        when,
        symbol: `${process.type} ${field}`,
      })
    for (const one of unmigratedUsers(app).filter((user) => isDecided(app, user))) {
      const { kind, process, command, hop, when, model, table, label, by, at } = one
      report(kind === 'empty' ? 'user-empty' : 'user-absent', {
        at,
        data: { type: process.type, model, table, app: label, by },
        related: [{ at: command.at, message: { en: 'run here', fr: 'lancée ici' } }],
        hop,
        when: kind === 'empty' ? when : [...when, newDatabase],
        symbol: `${process.type} ${model}`,
      })
    }
    const missing = missingNodes(app).filter((one) => isDecided(app, one))
    for (const { process, command, hop, when, migration, parent, at } of missing) {
      report('missing-node', {
        at,
        data: { type: process.type, migration, parent },
        related: [{ at: command.at, message: { en: 'run here', fr: 'lancée ici' } }],
        hop,
        when,
        symbol: `${process.type} migrate ${migration}`,
      })
    }
    for (const { process, command, hop, when, receiver, attribute, signal, at } of carelessReceivers(app).filter(
      (one) => isDecided(app, one),
    )) {
      report('careless-receiver', {
        at,
        data: { type: process.type, receiver, attribute, signal },
        related: [{ at: command.at, message: { en: 'run here', fr: 'lancée ici' } }],
        hop,
        when: [...when, newMigration],
        symbol: `${process.type} ${receiver}`,
      })
    }
    // Where one is missing, Django never comes to look at the last ones.
    const conflicts = missing.length > 0 ? [] : conflictingMigrations(app).filter((one) => isDecided(app, one))
    for (const { process, command, hop, when, app: label, leaves, at } of conflicts) {
      report('several-leaves', {
        at,
        data: { type: process.type, names: leaves.join(', '), app: label },
        edits: mergeMigration(app, label, leaves, at),
        related: [{ at: command.at, message: { en: 'run here', fr: 'lancée ici' } }],
        hop,
        when,
        symbol: `${process.type} migrate ${label}`,
      })
    }
    for (const one of modelsOfToday(app).filter((query) => isDecided(app, query))) {
      const { process, command, hop, when, at, model, field, migration, later } = one
      report('model-of-today', {
        at,
        data: { type: process.type, app: one.app, migration, later, model, field },
        edits: modelOfThen(app, at, one.migrationAt, one.app, model),
        related: [
          { at: one.migrationAt, message: { en: 'the migration that asks', fr: 'la migration qui interroge' } },
          { at: one.laterAt, message: { en: 'the one that adds the column', fr: 'celle qui ajoute la colonne' } },
          { at: command.at, message: { en: 'run here', fr: 'lancée ici' } },
        ],
        hop,
        when: [...when, newDatabase],
        symbol: `${process.type} ${one.app} ${migration} ${model}`,
      })
    }
    for (const { process, command, hop, when, at, model, app: label, migration, migrationAt } of rowsToCome(app).filter(
      (one) => isDecided(app, one),
    )) {
      report('row-to-come', {
        at,
        data: { type: process.type, migration, model },
        edits: madeIfAbsent(app, at),
        related: [
          { at: migrationAt, message: { en: 'the migration that asks', fr: 'la migration qui interroge' } },
          { at: command.at, message: { en: 'run here', fr: 'lancée ici' } },
        ],
        hop,
        when: [...when, newDatabase],
        symbol: `${process.type} ${label} ${migration} ${model}`,
      })
    }
    for (const one of alteredAfterRows(app).filter((row) => isDecided(app, row))) {
      const { process, command, hop, when, at, model, field, migration } = one
      report('altered-after-rows', {
        at,
        data: { type: process.type, migration, model, field },
        related: [
          { at: one.alteredAt, message: { en: 'altered here', fr: 'modifiée ici' } },
          { at: command.at, message: { en: 'run here', fr: 'lancée ici' } },
        ],
        hop,
        when: [...when, newDatabase, ...(one.byRows ? [someRows] : [])],
        symbol: `${process.type} ${one.app} ${migration} ${model} rows`,
      })
    }
    for (const { kind, process, command, hop, when, unless } of askingCommands(app).filter((one) =>
      isDecided(app, one),
    )) {
      const data = {
        type: process.type,
        command: command.name,
        option: command.name === 'search_index' ? '-f' : '--noinput',
      }
      const found = { at: command.at, data, hop, when: [...when, ...unless], symbol: `${process.type} ${command.name}` }
      if (kind === 'asks') report('asks', found)
      else report(kind, { ...found, edits: withOption(app, command.at, command.name, '--noinput') })
    }
    const crashes = fileCrashes(app).filter((one) => isDecided(app, one))
    // app/not-committed reports the file; whether the migration runs at all depends on the database.
    for (const { file, at } of unpushedSoFar(app))
      if (
        /(?:^|\/)migrations\/[^/]+$/.test(at.file) &&
        app.processes.release?.django.some(({ name }) => name === 'migrate')
      )
        app.inquiry.cannotTell({
          what: { en: 'whether migrate succeeds', fr: 'si migrate réussit' },
          why: { en: `\`${file}\` is not in the push`, fr: `\`${file}\` n’est pas dans le push` },
          at,
          hop: 'release',
        })
    for (const { kind, process, command, hop, crash, when } of crashes) {
      report(kind, {
        at: crash.at,
        data: { type: process.type, command: command.name, message: crash.message },
        edits: openedByModule(app, crash.at, crash.message),
        related: [
          ...crash.chain.map((at) => ({ at, message: { en: 'imported here', fr: 'importé ici' } })),
          { at: command.at, message: { en: 'run here', fr: 'lancée ici' } },
        ],
        hop,
        when: kind === 'migration-file' ? [...when, newDatabase] : when,
        symbol: `${command.name} ${crash.at.file}`,
      })
    }
  },
})
