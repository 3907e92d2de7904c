import type { Language, Text } from '../contracts/text.ts'
import { legend } from '../report/marks.ts'
import { fold } from '../terminal/fold.ts'

const help: Text = {
  en: `dynolint: will the WebSockets of this Django Channels project work on a Heroku dyno?

  dynolint [check] [paths…]      read the project(s) and report what breaks, where and why
  dynolint show [chain|web|deps|settings|asgi|all] [path]
                                 what Heroku would run, as dynolint understands it
  dynolint why <NAME|FILE:LINE> [path]
                                 where a setting gets its value: every statement, under which conditions
  dynolint explain <rule|area|words>
                                 why a rule exists and what to write instead; or the rules about a subject
  dynolint rules                 all rules, one per line
  dynolint pins [path]           the versions of Django and Channels in force, and the newest that fit together;
                                 --write puts those into the configuration (pins)
  dynolint prepare [path]        what a project that was never deployed lacks, as a patch, and the heroku commands that
                                 remain; --write applies the patch
  dynolint init [path]           write a dynolint.toml to start from
  dynolint completions <shell>   completions for bash, zsh or fish
  heroku logs -n 1500 | dynolint logs [project]
                                 what a log says, and which finding is the cause (dynolint logs --help)
  dynolint snapshot --app <name> [--output <file>]
                                 ask the heroku CLI what the deployed app has, and write that to a file without secrets
  dynolint lsp --stdio           the language server that editors start (docs/editors.md)
  dynolint pre-push <remote> <address>
                                 git's hook: checks the commits that a push to Heroku carries; --any-remote: any push

Options
  -f, --format <format>          text (default), concise, json, html, markdown, github, sarif, gitlab, junit, checkstyle,
                                 rdjson (show, why, pins, rules: text or json); several, each with its -o
  -o, --output <file>            write that format into this file:  -f sarif -o x.sarif -f text
      --fail-on <severity>       error (default), warning, info, never: what makes the exit code 1
      --env NAME=VALUE           a config var on the dyno, for this run (repeatable)
      --unset NAME               a config var that is certainly not set (repeatable)
      --config <file>            this configuration file instead of dynolint.toml, [tool.dynolint] in
                                 pyproject.toml or dynolint.yaml
      --snapshot <file>          what the deployed app has (config vars, add-ons, dynos, domains), as written
                                 by dynolint snapshot
      --config-vars <file>, --addons <file>, --ps <file>
                                 the same from the output of heroku config --json, heroku addons --json,
                                 heroku ps --json; values are never printed
      --select <rules>, --ignore <rules>
                                 show only these rules, or not these: ids or globs (settings/*), comma-separated
      --profile <profile>        guide (default), strict, pedantic: how much is asked of the project
      --baseline <file>          findings that are accepted as they are; --update-baseline writes the file
      --since <rev>              show only what was not there where this branch left <rev>
      --staged, --rev <rev>      check what git's index or a commit holds instead of the files (runs git)
      --stdin-filename <file>    with - as the path: standard input is this file
      --fix[=<rule>,…]           apply the safe corrections, of these rules alone if any is named
      --unsafe-fixes             also apply those that change behaviour
      --fix=ask                  show one cause after the other with its diff, and ask
      --fix-only                 apply corrections, and neither report nor count what is left
      --diff                     print what would be applied as a patch for git apply, and write nothing
      --no-cache                 neither use nor keep the compiled program
  -v, --verbose                  every finding in full, what could not be determined, and what was ignored; with explain,
                                 the cases of the rule
      --statistics               also say on standard error what was found by rule, how many files were read and where the
                                 time went (as JSON with --format json)
  -w, --watch                    check again whenever a file changes, until Ctrl-C
      --debug                    also say on standard error what failed inside dynolint itself, with stack traces
      --color <when>             auto (default), always, never; NO_COLOR and FORCE_COLOR are honoured
      --lang <language>          en, fr (default: LC_ALL, LC_MESSAGES, LANG)
  -h, --help    -V, --version

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or internal error.

A comment on the line or above it turns a rule off there:  # dynolint: ignore[settings/debug] staging only

Reading the chain: push → build → release → boot → http → handshake → message → stay, and safety beside it
  {legend}
`,
  fr: `dynolint : les WebSockets de ce projet Django Channels marcheront-ils sur un dyno Heroku ?

  dynolint [check] [chemins…]    lit le ou les projets et dit ce qui casse, où et pourquoi
  dynolint show [chain|web|deps|settings|asgi|all] [chemin]
                                 ce que Heroku exécuterait, tel que dynolint le comprend
  dynolint why <NOM|FICHIER:LIGNE> [chemin]
                                 d’où vient une valeur des settings : chaque instruction, et à quelles conditions
  dynolint explain <règle|domaine|mots>
                                 pourquoi une règle existe et quoi écrire à la place ; ou les règles qui parlent d’un sujet
  dynolint rules                 toutes les règles, une par ligne
  dynolint pins [chemin]         les versions de Django et de Channels en vigueur, et les plus récentes compatibles ;
                                 --write les inscrit dans la configuration (pins)
  dynolint prepare [chemin]      ce qui manque à un projet jamais déployé, en patch, et les commandes heroku qui
                                 restent ; --write applique le patch
  dynolint init [chemin]         écrit un dynolint.toml de départ
  dynolint completions <shell>   complétions pour bash, zsh ou fish
  heroku logs -n 1500 | dynolint logs [projet]
                                 ce que dit un journal, et quel constat en est la cause (dynolint logs --help)
  dynolint snapshot --app <nom> [--output <fichier>]
                                 demande au CLI heroku ce qu’a l’application déployée, et l’écrit dans un fichier sans secret
  dynolint lsp --stdio           le serveur de langage que lancent les éditeurs (docs/editors.fr.md)
  dynolint pre-push <dépôt> <adresse>
                                 le hook de git : vérifie les commits qu’un push vers Heroku emporte ; --any-remote :
                                 tout push

Options
  -f, --format <format>          text (par défaut), concise, json, html, markdown, github, sarif, gitlab, junit,
                                 checkstyle, rdjson (show, why, pins, rules : text ou json) ; plusieurs, chacun avec son -o
  -o, --output <fichier>         écrit ce format dans ce fichier :  -f sarif -o x.sarif -f text
      --fail-on <sévérité>       error (par défaut), warning, info, never : ce qui donne le code de sortie 1
      --env NOM=VALEUR           une config var du dyno, pour cette exécution (répétable)
      --unset NOM                une config var qui n’est certainement pas définie (répétable)
      --config <fichier>         ce fichier de configuration au lieu de dynolint.toml, de [tool.dynolint] dans
                                 pyproject.toml ou de dynolint.yaml
      --snapshot <fichier>       ce qu’a l’application déployée (config vars, add-ons, dynos, domaines), tel que
                                 l’écrit dynolint snapshot
      --config-vars <fichier>, --addons <fichier>, --ps <fichier>
                                 de même, depuis la sortie de heroku config --json, heroku addons --json,
                                 heroku ps --json ; les valeurs ne sont jamais affichées
      --select <règles>, --ignore <règles>
                                 ne montre que ces règles, ou pas celles-ci : noms ou motifs (settings/*), avec des virgules
      --profile <profil>         guide (par défaut), strict, pedantic : ce qui est exigé du projet
      --baseline <fichier>       constats acceptés tels quels ; --update-baseline écrit le fichier
      --since <rev>              ne montre que ce qui n’existait pas là où la branche a quitté <rev>
      --staged, --rev <rev>      vérifie ce que contient l’index de git ou un commit au lieu des fichiers (lance git)
      --stdin-filename <fichier> avec - comme chemin : l’entrée standard est ce fichier
      --fix[=<règle>,…]          applique les corrections sûres, de ces règles seules si l’on en nomme
      --unsafe-fixes             applique aussi celles qui changent le comportement
      --fix=ask                  montre une cause après l’autre avec son diff, et demande
      --fix-only                 applique les corrections, sans signaler ni compter ce qui reste
      --diff                     affiche ce qui serait appliqué, en patch pour git apply, et n’écrit rien
      --no-cache                 n’utilise ni ne garde le programme compilé
  -v, --verbose                  chaque constat en entier, ce qui n’a pu être déterminé et ce qui a été ignoré ; avec
                                 explain, les cas de la règle
      --statistics               dit aussi, sur la sortie d’erreur, ce qui a été trouvé par règle, combien de fichiers ont
                                 été lus et où est passé le temps (en JSON avec --format json)
  -w, --watch                    vérifie de nouveau chaque fois qu’un fichier change, jusqu’à Ctrl-C
      --debug                    dit aussi, sur la sortie d’erreur, ce qui a échoué dans dynolint même, avec les piles
                                 d’appels
      --color <quand>            auto (par défaut), always, never ; NO_COLOR et FORCE_COLOR sont respectées
      --lang <langue>            en, fr (par défaut : LC_ALL, LC_MESSAGES, LANG)
  -h, --help    -V, --version

Codes de sortie : 0 rien au niveau de --fail-on ou au-dessus, 1 des constats, 2 erreur d’usage, de configuration ou interne.

Un commentaire sur la ligne, ou au-dessus, y désactive la règle :  # dynolint: ignore[settings/debug] préproduction

Lire la chaîne : push → build → release → boot → http → handshake → message → stay, et safety à côté
  {legend}
`,
}

const logs: Text = {
  en: `dynolint logs: what the log of a Heroku app says, and which finding in the project is the cause

  heroku logs -n 1500 | dynolint logs [project]
  heroku logs --tail | dynolint logs --follow [project]
  dynolint logs --file app.log [project]

It recognises the codes of the router and the platform (H10 …, R10 …, L10 …), how processes end, the start lines of
daphne, uvicorn, gunicorn, hypercorn and granian, the errors of Django, Channels, channels_redis and redis-py, and
tracebacks, also of several dynos at once. Lines are counted by what they mean; what is not known is left out, except
for tracebacks, which are counted by exception. With a project, check is run on it, and a finding that explains a group
is named with its file and line. Tokens, passwords and long opaque values are masked, and nothing leaves this machine.

Options
      --file <log>               read this file instead of standard input
      --follow                   report at once what is seen for the first time; on a terminal this starts by itself
                                 while the log keeps coming; the summary follows at the end or on Ctrl-C
  -f, --format <format>          text (default) or json (schemas/logs.schema.json)
      --fail-on <severity>       never (default), error, warning, info: what makes the exit code 1
      --env, --unset, --config   as for check
      --color <when>, --lang <language>

Exit codes: 0, or 1 when --fail-on is given and something of that severity was recognised; 2 usage or internal error.
`,
  fr: `dynolint logs : ce que dit le journal d’une application Heroku, et quel constat du projet en est la cause

  heroku logs -n 1500 | dynolint logs [projet]
  heroku logs --tail | dynolint logs --follow [projet]
  dynolint logs --file app.log [projet]

La commande reconnaît les codes du routeur et de la plateforme (H10 …, R10 …, L10 …), la fin des processus, les lignes
de démarrage de daphne, uvicorn, gunicorn, hypercorn et granian, les erreurs de Django, Channels, channels_redis et
redis-py, et les traces Python, même de plusieurs dynos à la fois. Les lignes sont comptées selon leur sens ; l’inconnu
est laissé de côté, sauf les traces, comptées par exception. Avec un projet, check y est exécuté, et le constat qui
explique un groupe est nommé avec son fichier et sa ligne. Jetons, mots de passe et longues valeurs opaques sont
masqués, et rien ne quitte cette machine.

Options
      --file <journal>           lit ce fichier au lieu de l’entrée standard
      --follow                   signale aussitôt ce qui apparaît pour la première fois ; automatique dans un terminal
                                 tant que le journal continue ; le bilan vient à la fin ou sur Ctrl-C
  -f, --format <format>          text (par défaut) ou json (schemas/logs.schema.json)
      --fail-on <sévérité>       never (par défaut), error, warning, info : ce qui donne le code de sortie 1
      --env, --unset, --config   comme pour check
      --color <quand>, --lang <langue>

Codes de sortie : 0, ou 1 si --fail-on est donné et que cette sévérité a été reconnue ; 2 erreur d’usage ou interne.
`,
}

/** Columns that the texts here are written for, and the one where what an option does begins. */
const written = 120
const column = 33

/** The help of a command that has its own, else the whole; `width`: columns of the terminal. */
export function helpText(language: Language, command: string | undefined, width: number): string {
  const text = command === 'logs' ? logs[language] : help[language].replace('{legend}', legend(language))
  return width >= written ? text : narrowed(text, width)
}

/** The text with no line wider than that: what an option does stays in its column, prose is filled anew. */
function narrowed(text: string, width: number): string {
  const indent = ' '.repeat(column)
  const whole: string[] = []
  for (const line of text.split('\n')) {
    const before = whole.at(-1) ?? ''
    const continues = line.startsWith(indent)
      ? before.startsWith(indent) || saysMore.test(before)
      : isProse(line) && isProse(before)
    if (continues) whole[whole.length - 1] = `${before} ${line.trim()}`
    else whole.push(line)
  }
  return whole.flatMap((line) => fold(line, width, isProse(line) ? '' : indent)).join('\n')
}

const isProse = (line: string): boolean => /^\S.*\s/.test(line)

/** An option and something that is said of it. */
const saysMore = /\S {2,}\S/
