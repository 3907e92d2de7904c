import { rules as allRules } from '../../rules/index.generated.ts'
import { about, pageUrl } from '../about.generated.ts'
import { check as checkApp } from '../check.ts'
import type { Hop } from '../contracts/hop.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Language } from '../contracts/text.ts'
import { maxFileBytes } from '../files/limits.ts'
import { memoryTree } from '../files/memory.ts'
import { jsonReport } from '../report/json.ts'
import type { JsonReport } from '../report/json-report.ts'
import { masked } from '../report/masking.ts'
import { configured } from './configured.ts'

export type {
  JsonApp,
  JsonFinding,
  JsonFix,
  JsonLink,
  JsonLocation,
  JsonPosition,
  JsonReason,
  JsonReport,
  JsonUnknown,
} from '../report/json-report.ts'
export type { Hop, Language, Severity }

/** The files of an app by path from its root, with `/`: a text, or the bytes as stored. */
export type Files = Readonly<Record<string, string | Uint8Array>>

export interface CheckOptions {
  /** The language of every text of the report; English when left out. */
  readonly language?: Language
  /**
   * Config vars of the dyno: a value, or `false` for one that is surely not set. They win over the `env` of the configuration.
   */
  readonly env?: Readonly<Record<string, string | false>>
  /** The day for which the app is judged, as `2026-11-29`; today in UTC when left out. */
  readonly today?: string
  /** Rules that are not asked, as `off` in the configuration. */
  readonly without?: readonly string[]
}

/**
 * Checks an app whose files are in memory. It reads `dynolint.toml`, `[tool.dynolint]` of `pyproject.toml` or `dynolint.yaml` among
 * them, as the command line does, and asks nothing else: no disk, no network, no environment. It needs no Node.
 *
 * Secrets of the files stand nowhere in the report. There is no git here: what a push carries is
 * undetermined, and every file counts as carried.
 * @throws RangeError for a file larger than 12 MiB, or one whose name leaves the root
 */
export async function check(files: Files, options: CheckOptions = {}): Promise<JsonReport> {
  const { language = 'en', env = {}, today = new Date().toISOString().slice(0, 10), without = [] } = options
  for (const [path, content] of Object.entries(files)) {
    if (content.length > maxFileBytes) throw new RangeError(`${path} is larger than ${maxFileBytes} bytes`)
  }
  const some = (paths: readonly string[]) => treeOf(Object.fromEntries(paths.map((path) => [path, files[path] ?? ''])))
  const { report } = checkApp(await configured(Object.keys(files), some, { today, env, without }))
  return jsonReport(masked({ version, apps: [{ root: '.', ...report }], rules: allRules }), {
    language,
    colour: false,
    width: 100,
    links: false,
    verbose: false,
    docs: (rule) => pageUrl(rule, language),
    prefix: '',
  })
}

function treeOf(files: Files): ReturnType<typeof memoryTree> {
  try {
    return memoryTree(files)
  } catch (error) {
    throw new RangeError(String(error))
  }
}

/** A rule as it is registered. */
export interface RuleInfo {
  /** `area/name`: stable within a major version. */
  readonly id: string
  /** The hop that it breaks, unless one of its messages says another. */
  readonly hop: Hop
  readonly severity: Severity
  readonly summary: string
  /** Where its page is. */
  readonly docs: string
}

/** Every rule, in order of id. */
export function rules(language: Language = 'en'): RuleInfo[] {
  return allRules.map(({ id, hop, severity, summary }) => ({
    id,
    hop,
    severity,
    summary: summary[language],
    docs: pageUrl(id, language),
  }))
}

/** The version of the package. */
export const version: string = about.version
