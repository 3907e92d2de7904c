import { at, type DataNode } from '../../syntax/data.ts'

/** uv installs the project itself when it has a build system, unless told otherwise (docs.astral.sh/uv, "Projects: Packaging"). */
export function isUvPackage(manifest: DataNode | undefined): boolean {
  const said = at(manifest, 'tool', 'uv', 'package')
  return said?.kind === 'boolean' ? said.value : at(manifest, 'build-system') !== undefined
}
