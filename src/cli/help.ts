import { legend } from '../report/text.ts'
import type { Language, Text } from '../text.ts'

const help: Text = {
  en: `dynolint: will the WebSockets of this Django Channels project work on a Heroku dyno?

  dynolint [check] [paths…]      read the project(s) and report what breaks, where and why
  dynolint show [web|deps|settings|asgi|all] [path]
                                 what Heroku would run, as dynolint understands it
  dynolint explain <rule>        the page of a rule
  dynolint rules                 every rule in one line
  dynolint init [path]           write a dynolint.toml to start from

Options
  -f, --format <format>          text (default), concise, json, github, sarif (show, rules: text or json)
      --fail-on <severity>       error (default), warning, info, never: what makes the exit code 1
      --env NAME=VALUE           a config var on the dyno, for this run (repeatable)
      --unset NAME               a config var that is surely not set (repeatable)
      --config <file>            this configuration file instead of dynolint.toml, [tool.dynolint] in
                                 pyproject.toml or dynolint.yaml
      --fix, --unsafe-fixes      apply the safe corrections; or also those that change behaviour
      --no-cache                 neither use nor keep what an earlier run left in the user's cache folder
  -v, --verbose                  also list what could not be determined and what was ignored
      --color <when>             auto (default), always, never; NO_COLOR and FORCE_COLOR are honoured
      --lang <language>          en, fr (default: LC_ALL, LC_MESSAGES, LANG)
  -h, --help    -V, --version

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or internal error.

A line is excused by a comment on it or above it:  # dynolint: ignore[settings/debug] staging only

Reading the chain: push → build → release → boot → http → handshake → message → stay, and safety beside it
  {legend}
`,
  fr: `dynolint : les WebSockets de ce projet Django Channels marcheront-ils sur un dyno Heroku ?

  dynolint [check] [chemins…]    lit le ou les projets et dit ce qui casse, où et pourquoi
  dynolint show [web|deps|settings|asgi|all] [chemin]
                                 ce que Heroku exécuterait, tel que dynolint le comprend
  dynolint explain <règle>       la page d’une règle
  dynolint rules                 toutes les règles, une par ligne
  dynolint init [chemin]         écrit un dynolint.toml de départ

Options
  -f, --format <format>          text (par défaut), concise, json, github, sarif (show, rules : text ou json)
      --fail-on <sévérité>       error (par défaut), warning, info, never : ce qui donne le code de sortie 1
      --env NOM=VALEUR           une config var du dyno, pour cette exécution (répétable)
      --unset NOM                une config var qui n’est sûrement pas définie (répétable)
      --config <fichier>         ce fichier de configuration au lieu de dynolint.toml, de [tool.dynolint] dans
                                 pyproject.toml ou de dynolint.yaml
      --fix, --unsafe-fixes      applique les corrections sûres ; ou aussi celles qui changent le comportement
      --no-cache                 n’utilise ni ne garde ce qu’une exécution précédente a laissé dans le cache de l’utilisateur
  -v, --verbose                  liste aussi ce qui n’a pu être déterminé et ce qui a été ignoré
      --color <quand>            auto (par défaut), always, never ; NO_COLOR et FORCE_COLOR sont respectées
      --lang <langue>            en, fr (par défaut : LC_ALL, LC_MESSAGES, LANG)
  -h, --help    -V, --version

Codes de sortie : 0 rien au niveau de --fail-on ou au-dessus, 1 des constats, 2 erreur d’usage, de configuration ou interne.

Une ligne est excusée par un commentaire sur elle ou au-dessus :  # dynolint: ignore[settings/debug] préproduction

Lire la chaîne : push → build → release → boot → http → handshake → message → stay, et safety à côté
  {legend}
`,
}

export function helpText(language: Language): string {
  return help[language].replace('{legend}', legend(language))
}
