import type { Config } from '../../config/config.ts'
import type { Presence } from '../../files/present.ts'
import type { FileTree } from '../../files/tree.ts'
import type { DependencySet } from '../dependencies/model.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import type { Manifest } from '../manifest/model.ts'
import type { Project } from '../project/model.ts'

/** What reading a server needs of the app. */
export interface ServerInputs {
  readonly tree: FileTree
  readonly project: Project
  readonly dependencies: DependencySet
  /** What git carries to the dyno; without it, what the tree holds. */
  readonly presence?: Presence
}

/** What reading the processes needs of the app. */
export interface ProcessInputs extends ServerInputs {
  readonly config: Config
  readonly manifest: Manifest
  readonly environment: DynoEnvironment
}
