import type { Value } from '../../../evaluate/python/value.ts'
import type { App } from '../../app.ts'

/** True, false, or undefined: nobody can tell. */
export type Answer = boolean | undefined

/** What the settings hold on one path; a setting that is not bound has Django's own value. */
export interface SettingsHeld {
  /** The value of a setting that the check `asks` for. */
  get(name: string): Value
  /** Whether the settings bind it. */
  binds(name: string): boolean
}

/** What a check asks besides the settings. */
export interface Around {
  readonly app: App
  /** The release of Django is at least this one (`5.1`). */
  since(release: string): boolean
}

/**
 * A system check of Django that the values of settings decide (django/core/checks, django/contrib/…/checks.py of 3.2 to 6.0).
 * `test/oracle/checks` compares each with `manage.py check --deploy`.
 */
export interface SystemCheck {
  /** As Django prints it: `security.W004`. */
  readonly id: string
  /** The setting that the message is about, where several have the same check. */
  readonly of?: string
  /** It runs with `check --deploy` alone. */
  readonly deploy?: true
  /** collectstatic runs it too; other checks run with commands that run all of them. */
  readonly ofStaticFiles?: true
  /** The first release of Django that has it, and the first that has it no more. */
  readonly since?: string
  readonly until?: string
  /** Every setting that `raised` reads. */
  readonly asks: readonly string[]
  /** Where a finding stands: the first of these that the settings bind. */
  readonly standsAt: readonly string[]
  raised(held: SettingsHeld, around: Around): Answer
  /** The item that is to blame, where one is. */
  culprit?(held: SettingsHeld): Value | undefined
}
