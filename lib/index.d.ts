import type { Hop } from "./hop.js";
import type { Severity } from "./severity.js";
import type { Language } from "./text.js";
import type { JsonReport } from "./json-report.js";
export type { JsonApp, JsonFinding, JsonFix, JsonLink, JsonLocation, JsonPosition, JsonReason, JsonReport, JsonUnknown } from "./json-report.js";
export type { Hop, Language, Severity };
/** The files of an app by path from its root, with `/`: a text, or the bytes as stored. */
export type Files = Readonly<Record<string, string | Uint8Array>>;
export interface CheckOptions {
	/** The language of every text of the report; English when left out. */
	readonly language?: Language;
	/**
	* Config vars of the dyno: a value, or `false` for one that is surely not set. They win over the `env` of the configuration.
	*/
	readonly env?: Readonly<Record<string, string | false>>;
	/** The day for which the app is judged, as `2026-11-29`; today in UTC when left out. */
	readonly today?: string;
	/** Rules that are not asked, as `off` in the configuration. */
	readonly without?: readonly string[];
}
/**
* Checks an app whose files are in memory. It reads `dynolint.toml`, `[tool.dynolint]` of `pyproject.toml` or `dynolint.yaml` among
* them, as the command line does, and asks nothing else: no disk, no network, no environment. It needs no Node.
*
* Secrets of the files stand nowhere in the report. There is no git here: what a push carries is
* undetermined, and every file counts as carried.
* @throws RangeError for a file larger than 12 MiB, or one whose name leaves the root
*/
export declare function check(files: Files, options?: CheckOptions): Promise<JsonReport>;
/** A rule as it is registered. */
export interface RuleInfo {
	/** `area/name`: stable within a major version. */
	readonly id: string;
	/** The hop that it breaks, unless one of its messages says another. */
	readonly hop: Hop;
	readonly severity: Severity;
	readonly summary: string;
	/** Where its page is. */
	readonly docs: string;
}
/** Every rule, in order of id. */
export declare function rules(language?: Language): RuleInfo[];
/** The version of the package. */
export declare const version: string;
