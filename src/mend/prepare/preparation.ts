import type { App } from '../../app/app.ts'
import type { Edit } from '../../contracts/edit.ts'
import type { Text } from '../../contracts/text.ts'

/** One thing that a project needs to be deployed, made where it is missing. */
export interface Preparation {
  readonly title: Text
  readonly edits: readonly Edit[]
}

/** Looks for one thing: undefined when it is there, or when how to make it cannot be told. Asked again after each step. */
export type Creator = (app: App) => Preparation | undefined
