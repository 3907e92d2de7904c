import type { SourceFile } from '../../files/tree.ts'
import { at, type DataNode, itemsOf, type Written, writtenIn } from '../../syntax/data.ts'
import { parseToml } from '../../syntax/toml/toml.ts'
import type { EnvEntry, ManifestProblem, ProjectToml } from './model.ts'

/** Reads project.toml (Cloud Native Buildpacks): `[io.buildpacks]` builder, group, build.env. */
export function readProjectToml(file: SourceFile): { projectToml: ProjectToml; problems: readonly ManifestProblem[] } {
  const { root, problems } = parseToml(file.text)
  const buildpacks = at(root, 'io', 'buildpacks')
  const written = (node: DataNode | undefined): Written | undefined => writtenIn(file.path, node)
  const env = itemsOf(at(buildpacks, 'build', 'env')).flatMap((item): EnvEntry[] => {
    const name = written(at(item, 'name'))
    const value = written(at(item, 'value'))
    if (name === undefined) return []
    return [{ name: name.text, value: value?.text, required: false, generated: false, at: name.at, valueAt: value?.at }]
  })
  const groups = itemsOf(at(buildpacks, 'group')).flatMap((item) => [written(at(item, 'id')), written(at(item, 'uri'))])
  return {
    projectToml: {
      file: file.path,
      builder: written(at(buildpacks, 'builder')),
      env,
      buildpacks: groups.filter((group) => group !== undefined),
    },
    problems: problems.map(({ span }) => ({ kind: 'syntax', at: { file: file.path, span }, message: invalid })),
  }
}

const invalid = { en: 'project.toml is not valid TOML', fr: 'project.toml n’est pas du TOML valide' }
