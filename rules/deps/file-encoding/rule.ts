import { firstLine } from '../../../src/app/dependencies/manager.ts'
import { rule } from '../../../src/engine/rule.ts'
import { utf16Edits } from './utf16.ts'

const help = {
  en: 'Save it as UTF-8 (in PowerShell: `pip freeze | Out-File -Encoding utf8 requirements.txt`).',
  fr: 'Enregistrez-le en UTF-8 (dans PowerShell : `pip freeze | Out-File -Encoding utf8 requirements.txt`).',
} as const

export default rule({
  id: 'deps/file-encoding',
  hop: 'build',
  severity: 'warning',
  summary: {
    en: 'requirements.txt is not UTF-8',
    fr: 'requirements.txt n’est pas en UTF-8',
  },
  messages: {
    utf16: {
      text: {
        en: '{file} is UTF-16: pip copes thanks to its byte order mark, but Git shows no diff, and Dependabot, pip-tools, uv and editors fail on it',
        fr: '{file} est en UTF-16 : pip s’en sort grâce à sa marque d’ordre des octets (BOM), mais Git ne montre aucune différence, et Dependabot, pip-tools, uv et les éditeurs échouent',
      },
      help,
      fix: { safety: 'safe', en: 'Save as UTF-8', fr: 'Enregistrer en UTF-8' },
    },
    undecodable: {
      severity: 'error',
      text: {
        en: '{file} is not UTF-8 and declares no other encoding: pip stops with UnicodeDecodeError',
        fr: '{file} n’est pas en UTF-8 et ne déclare pas d’autre encodage : pip s’arrête avec UnicodeDecodeError',
      },
      help,
    },
    binary: {
      severity: 'error',
      text: {
        en: '{file} is UTF-16 without a byte order mark, or is not text: pip reads NUL bytes and stops with "Invalid requirement"',
        fr: '{file} est en UTF-16 sans marque d’ordre des octets (BOM), ou n’est pas du texte : pip lit des octets nuls et s’arrête avec « Invalid requirement »',
      },
      help,
      fix: { safety: 'safe', en: 'Save as UTF-8', fr: 'Enregistrer en UTF-8' },
    },
  },
  check(app, report) {
    for (const { path, encoding, problems } of app.dependencies.installFiles) {
      if (encoding === undefined) continue
      const at = firstLine(app.tree, path)
      const span = { start: at.span.start, end: at.span.start }
      report(encoding === 'utf-16' ? 'utf16' : encoding, {
        at,
        data: { file: path },
        edits:
          encoding === 'utf-16' && problems.length === 0
            ? [{ file: path, span, text: '', encoding: 'utf-8' }]
            : encoding === 'binary'
              ? utf16Edits(app.tree, path)
              : undefined,
        symbol: path,
      })
    }
  },
})
