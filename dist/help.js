let e;const t=()=>e??=require("./cli.js");let n;const r=()=>n??=require("./rarely.js"),i={en:`dynolint: will the WebSockets of this Django Channels project work on a Heroku dyno?

  dynolint [check] [paths\u2026]      read the project(s) and report what breaks, where and why
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
      --fix[=<rule>,\u2026]           apply the safe corrections, of these rules alone if any is named
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

Reading the chain: push \u2192 build \u2192 release \u2192 boot \u2192 http \u2192 handshake \u2192 message \u2192 stay, and safety beside it
  {legend}
`,fr:`dynolint\xA0: les WebSockets de ce projet Django Channels marcheront-ils sur un dyno Heroku\u202f?

  dynolint [check] [chemins\u2026]    lit le ou les projets et dit ce qui casse, o\u00f9 et pourquoi
  dynolint show [chain|web|deps|settings|asgi|all] [chemin]
                                 ce que Heroku ex\u00e9cuterait, tel que dynolint le comprend
  dynolint why <NOM|FICHIER:LIGNE> [chemin]
                                 d\u2019o\u00f9 vient une valeur des settings\xA0: chaque instruction, et \u00e0 quelles conditions
  dynolint explain <r\u00e8gle|domaine|mots>
                                 pourquoi une r\u00e8gle existe et quoi \u00e9crire \u00e0 la place\u202f; ou les r\u00e8gles qui parlent d\u2019un sujet
  dynolint rules                 toutes les r\u00e8gles, une par ligne
  dynolint pins [chemin]         les versions de Django et de Channels en vigueur, et les plus r\u00e9centes compatibles\u202f;
                                 --write les inscrit dans la configuration (pins)
  dynolint prepare [chemin]      ce qui manque \u00e0 un projet jamais d\u00e9ploy\u00e9, en patch, et les commandes heroku qui
                                 restent\u202f; --write applique le patch
  dynolint init [chemin]         \u00e9crit un dynolint.toml de d\u00e9part
  dynolint completions <shell>   compl\u00e9tions pour bash, zsh ou fish
  heroku logs -n 1500 | dynolint logs [projet]
                                 ce que dit un journal, et quel constat en est la cause (dynolint logs --help)
  dynolint snapshot --app <nom> [--output <fichier>]
                                 demande au CLI heroku ce qu\u2019a l\u2019application d\u00e9ploy\u00e9e, et l\u2019\u00e9crit dans un fichier sans secret
  dynolint lsp --stdio           le serveur de langage que lancent les \u00e9diteurs (docs/editors.fr.md)
  dynolint pre-push <d\u00e9p\u00f4t> <adresse>
                                 le hook de git\xA0: v\u00e9rifie les commits qu\u2019un push vers Heroku emporte\xA0; --any-remote\xA0:
                                 tout push

Options
  -f, --format <format>          text (par d\u00e9faut), concise, json, html, markdown, github, sarif, gitlab, junit,
                                 checkstyle, rdjson (show, why, pins, rules\xA0: text ou json)\u202f; plusieurs, chacun avec son -o
  -o, --output <fichier>         \u00e9crit ce format dans ce fichier\xA0:  -f sarif -o x.sarif -f text
      --fail-on <s\u00e9v\u00e9rit\u00e9>       error (par d\u00e9faut), warning, info, never\xA0: ce qui donne le code de sortie 1
      --env NOM=VALEUR           une config var du dyno, pour cette ex\u00e9cution (r\u00e9p\u00e9table)
      --unset NOM                une config var qui n\u2019est certainement pas d\u00e9finie (r\u00e9p\u00e9table)
      --config <fichier>         ce fichier de configuration au lieu de dynolint.toml, de [tool.dynolint] dans
                                 pyproject.toml ou de dynolint.yaml
      --snapshot <fichier>       ce qu\u2019a l\u2019application d\u00e9ploy\u00e9e (config vars, add-ons, dynos, domaines), tel que
                                 l\u2019\u00e9crit dynolint snapshot
      --config-vars <fichier>, --addons <fichier>, --ps <fichier>
                                 de m\u00eame, depuis la sortie de heroku config --json, heroku addons --json,
                                 heroku ps --json\u202f; les valeurs ne sont jamais affich\u00e9es
      --select <r\u00e8gles>, --ignore <r\u00e8gles>
                                 ne montre que ces r\u00e8gles, ou pas celles-ci\xA0: noms ou motifs (settings/*), avec des virgules
      --profile <profil>         guide (par d\u00e9faut), strict, pedantic\xA0: ce qui est exig\u00e9 du projet
      --baseline <fichier>       constats accept\u00e9s tels quels\u202f; --update-baseline \u00e9crit le fichier
      --since <rev>              ne montre que ce qui n\u2019existait pas l\u00e0 o\u00f9 la branche a quitt\u00e9 <rev>
      --staged, --rev <rev>      v\u00e9rifie ce que contient l\u2019index de git ou un commit au lieu des fichiers (lance git)
      --stdin-filename <fichier> avec - comme chemin\xA0: l\u2019entr\u00e9e standard est ce fichier
      --fix[=<r\u00e8gle>,\u2026]          applique les corrections s\u00fbres, de ces r\u00e8gles seules si l\u2019on en nomme
      --unsafe-fixes             applique aussi celles qui changent le comportement
      --fix=ask                  montre une cause apr\u00e8s l\u2019autre avec son diff, et demande
      --fix-only                 applique les corrections, sans signaler ni compter ce qui reste
      --diff                     affiche ce qui serait appliqu\u00e9, en patch pour git apply, et n\u2019\u00e9crit rien
      --no-cache                 n\u2019utilise ni ne garde le programme compil\u00e9
  -v, --verbose                  chaque constat en entier, ce qui n\u2019a pu \u00eatre d\u00e9termin\u00e9 et ce qui a \u00e9t\u00e9 ignor\u00e9\u202f; avec
                                 explain, les cas de la r\u00e8gle
      --statistics               dit aussi, sur la sortie d\u2019erreur, ce qui a \u00e9t\u00e9 trouv\u00e9 par r\u00e8gle, combien de fichiers ont
                                 \u00e9t\u00e9 lus et o\u00f9 est pass\u00e9 le temps (en JSON avec --format json)
  -w, --watch                    v\u00e9rifie de nouveau chaque fois qu\u2019un fichier change, jusqu\u2019\u00e0 Ctrl-C
      --debug                    dit aussi, sur la sortie d\u2019erreur, ce qui a \u00e9chou\u00e9 dans dynolint m\u00eame, avec les piles
                                 d\u2019appels
      --color <quand>            auto (par d\u00e9faut), always, never\u202f; NO_COLOR et FORCE_COLOR sont respect\u00e9es
      --lang <langue>            en, fr (par d\u00e9faut\xA0: LC_ALL, LC_MESSAGES, LANG)
  -h, --help    -V, --version

Codes de sortie\xA0: 0 rien au niveau de --fail-on ou au-dessus, 1 des constats, 2 erreur d\u2019usage, de configuration ou interne.

Un commentaire sur la ligne, ou au-dessus, y d\u00e9sactive la r\u00e8gle\xA0:  # dynolint: ignore[settings/debug] pr\u00e9production

Lire la cha\u00eene\xA0: push \u2192 build \u2192 release \u2192 boot \u2192 http \u2192 handshake \u2192 message \u2192 stay, et safety \u00e0 c\u00f4t\u00e9
  {legend}
`},a={en:`dynolint logs: what the log of a Heroku app says, and which finding in the project is the cause

  heroku logs -n 1500 | dynolint logs [project]
  heroku logs --tail | dynolint logs --follow [project]
  dynolint logs --file app.log [project]

It recognises the codes of the router and the platform (H10 \u2026, R10 \u2026, L10 \u2026), how processes end, the start lines of
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
`,fr:`dynolint logs\xA0: ce que dit le journal d\u2019une application Heroku, et quel constat du projet en est la cause

  heroku logs -n 1500 | dynolint logs [projet]
  heroku logs --tail | dynolint logs --follow [projet]
  dynolint logs --file app.log [projet]

La commande reconna\u00eet les codes du routeur et de la plateforme (H10 \u2026, R10 \u2026, L10 \u2026), la fin des processus, les lignes
de d\u00e9marrage de daphne, uvicorn, gunicorn, hypercorn et granian, les erreurs de Django, Channels, channels_redis et
redis-py, et les traces Python, m\u00eame de plusieurs dynos \u00e0 la fois. Les lignes sont compt\u00e9es selon leur sens\u202f; l\u2019inconnu
est laiss\u00e9 de c\u00f4t\u00e9, sauf les traces, compt\u00e9es par exception. Avec un projet, check y est ex\u00e9cut\u00e9, et le constat qui
explique un groupe est nomm\u00e9 avec son fichier et sa ligne. Jetons, mots de passe et longues valeurs opaques sont
masqu\u00e9s, et rien ne quitte cette machine.

Options
      --file <journal>           lit ce fichier au lieu de l\u2019entr\u00e9e standard
      --follow                   signale aussit\u00f4t ce qui appara\u00eet pour la premi\u00e8re fois\u202f; automatique dans un terminal
                                 tant que le journal continue\u202f; le bilan vient \u00e0 la fin ou sur Ctrl-C
  -f, --format <format>          text (par d\u00e9faut) ou json (schemas/logs.schema.json)
      --fail-on <s\u00e9v\u00e9rit\u00e9>       never (par d\u00e9faut), error, warning, info\xA0: ce qui donne le code de sortie 1
      --env, --unset, --config   comme pour check
      --color <quand>, --lang <langue>

Codes de sortie\xA0: 0, ou 1 si --fail-on est donn\u00e9 et que cette s\u00e9v\u00e9rit\u00e9 a \u00e9t\u00e9 reconnue\u202f; 2 erreur d\u2019usage ou interne.
`};function o(e,n,r){let o=n===`logs`?a[e]:i[e].replace(`{legend}`,t().legend(e));return r>=120?o:s(o,r)}function s(e,t){let n=` `.repeat(33),i=[];for(let t of e.split(`
`)){let e=i.at(-1)??``;(t.startsWith(n)?e.startsWith(n)||l.test(e):c(t)&&c(e))?i[i.length-1]=`${e} ${t.trim()}`:i.push(t)}return i.flatMap(e=>r().fold(e,t,c(e)?``:n)).join(`
`)}const c=e=>/^\S.*\s/.test(e),l=/\S {2,}\S/;
exports.helpText=o;