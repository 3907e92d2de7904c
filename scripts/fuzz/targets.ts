import { editorTarget } from './editor.ts'
import { fixTarget, projectTarget } from './projects.ts'
import { randomOf } from './random.ts'
import { readerTargets } from './readers.ts'
import { sampleProjects } from './samples.ts'
import type { Target } from './target.ts'

/** Everything that is tried, the readers first. */
export function allTargets(): readonly Target<unknown>[] {
  const projects = sampleProjects()
  return [
    ...readerTargets(projects),
    projectTarget(projects, (seed) => randomOf(seed)),
    fixTarget(projects),
    editorTarget(projects),
  ] as readonly Target<unknown>[]
}
