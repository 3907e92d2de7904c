import type { Text } from '../../src/contracts/text.ts'
import type { Noun } from '../../src/report/numbers.ts'
import type { Role } from './contract.ts'

export const words = {
  title: { en: 'dynolint playground', fr: 'Bac à sable de dynolint' },
  question: {
    en: 'Will the WebSockets of this Django project work on a Heroku dyno? Everything is read in this page; nothing is sent anywhere.',
    fr: 'Les WebSockets de ce projet Django marcheront-ils sur un dyno Heroku ? Tout est lu dans cette page ; rien n’est envoyé.',
  },
  skip: { en: 'Skip to the findings', fr: 'Aller aux constats' },
  language: { en: 'Français', fr: 'English' },
  theme: { en: 'Theme', fr: 'Thème' },
  system: { en: 'system', fr: 'système' },
  light: { en: 'light', fr: 'clair' },
  dark: { en: 'dark', fr: 'sombre' },
  openFolder: { en: 'Open a folder', fr: 'Ouvrir un dossier' },
  openZip: { en: 'Open a zip', fr: 'Ouvrir un zip' },
  share: { en: 'Share', fr: 'Partager' },
  reset: { en: 'Guide’s project', fr: 'Projet du guide' },
  drop: { en: 'Drop a folder or a zip here', fr: 'Déposez ici un dossier ou un zip' },
  chain: { en: 'The path of a WebSocket', fr: 'Le chemin d’un WebSocket' },
  runs: { en: 'What runs', fr: 'Ce qui tourne' },
  files: { en: 'Files', fr: 'Fichiers' },
  otherFiles: { en: 'Other files…', fr: 'Autres fichiers…' },
  newFile: { en: 'New file', fr: 'Nouveau fichier' },
  newFileName: { en: 'Path of the new file', fr: 'Chemin du nouveau fichier' },
  deleteFile: { en: 'Delete this file', fr: 'Supprimer ce fichier' },
  noText: {
    en: 'This file is not plain UTF-8: it is checked, but not shown.',
    fr: 'Ce fichier n’est pas en UTF-8 simple : il est vérifié, mais pas affiché.',
  },
  environment: { en: 'The dyno’s environment', fr: 'L’environnement du dyno' },
  asFiles: { en: 'as the files say', fr: 'comme le disent les fichiers' },
  set: { en: 'set to', fr: 'défini à' },
  unset: { en: 'not set', fr: 'non défini' },
  valueOf: { en: 'value of', fr: 'valeur de' },
  redis: { en: 'Redis add-on', fr: 'add-on Redis' },
  postgres: { en: 'Postgres add-on', fr: 'add-on Postgres' },
  none: { en: 'none', fr: 'aucun' },
  findings: { en: 'Findings', fr: 'Constats' },
  nothing: { en: 'Nothing found.', fr: 'Rien à signaler.' },
  show: { en: 'Show', fr: 'Voir' },
  apply: { en: 'Apply:', fr: 'Appliquer :' },
  fixAll: { en: 'Apply all that is safe', fr: 'Appliquer tout ce qui est sûr' },
  unsafe: { en: '(changes behaviour)', fr: '(change le comportement)' },
  changed: { en: 'Changed:', fr: 'Modifié :' },
  unchanged: { en: 'Nothing was changed.', fr: 'Rien n’a été modifié.' },
  withheld: { en: 'Not applied, because it would break', fr: 'Pas appliqué, car cela casserait' },
  undetermined: { en: 'What could not be determined', fr: 'Ce qui reste indéterminé' },
  why: { en: 'Where a value comes from', fr: 'D’où vient une valeur' },
  whyName: { en: 'Name of a setting or config var', fr: 'Nom d’un setting ou d’une config var' },
  whyAsk: { en: 'Why?', fr: 'Pourquoi ?' },
  whyHere: { en: 'At the cursor (F9)', fr: 'Au curseur (F9)' },
  whyNothing: {
    en: 'No settings module sets that name or reads it from the environment.',
    fr: 'Aucun module de settings ne définit ce nom ni ne le lit dans l’environnement.',
  },
  broken: { en: 'breaks first at', fr: 'casse d’abord à l’étape' },
  whole: { en: 'no hop certainly breaks', fr: 'aucune étape ne casse à coup sûr' },
  checking: { en: 'checking…', fr: 'vérification…' },
  failed: { en: 'Could not be checked:', fr: 'La vérification a échoué :' },
  shared: {
    en: 'The address now holds the project, and is copied. Whoever has it can read the files.',
    fr: 'L’adresse contient maintenant le projet, et elle est copiée. Qui l’a peut lire les fichiers.',
  },
  sharedUncopied: {
    en: 'The address now holds the project: copy it from the address bar. Whoever has it can read the files.',
    fr: 'L’adresse contient maintenant le projet : copiez-la de la barre d’adresse. Qui l’a peut lire les fichiers.',
  },
  tooLong: {
    en: 'The project is too large to be shared by its address.',
    fr: 'Le projet est trop volumineux pour être partagé par son adresse.',
  },
  badLink: { en: 'The address holds no project that can be read.', fr: 'L’adresse ne contient aucun projet lisible.' },
  noFiles: { en: 'It holds no file that can be read.', fr: 'Il ne contient aucun fichier lisible.' },
  loads: { en: 'the engine loads…', fr: 'le moteur se charge…' },
} satisfies Record<string, Text>

/** What is counted when a project is opened. */
export const openedFiles: Noun = {
  en: ['file opened', 'files opened'],
  fr: ['fichier ouvert', 'fichiers ouverts'],
}

export type Word = keyof typeof words

export const roleNames: Readonly<Record<Role, Text>> = {
  procfile: { en: 'process types', fr: 'types de processus' },
  requirements: { en: 'dependencies', fr: 'dépendances' },
  settings: { en: 'settings', fr: 'settings' },
  asgi: { en: 'ASGI application', fr: 'application ASGI' },
  routing: { en: 'routes', fr: 'routes' },
  consumer: { en: 'consumer', fr: 'consumer' },
  page: { en: 'page that opens the socket', fr: 'page qui ouvre le socket' },
  'app-json': { en: 'app manifest', fr: 'manifeste de l’application' },
}
