import { type AST, parseTOML } from 'toml-eslint-parser'
import type { SourceFile } from '../../files/tree.ts'
import type { Written } from '../../syntax/data.ts'
import type { EnvEntry, ManifestProblem, ProjectToml } from './model.ts'

/** Reads project.toml (Cloud Native Buildpacks): `[io.buildpacks]` builder, group, build.env. */
export function readProjectToml(file: SourceFile): { projectToml: ProjectToml; problems: readonly ManifestProblem[] } {
  const values: Found[] = []
  const problems: ManifestProblem[] = []
  try {
    for (const node of parseTOML(file.text).body[0].body) collect(node, [], values)
  } catch (error) {
    const index = typeof error === 'object' && error !== null && 'index' in error ? Number(error.index) : 0
    const start = Math.max(0, Math.min(index, file.text.length - 1))
    const message = { en: 'project.toml is not valid TOML', fr: "project.toml n'est pas du TOML valide" }
    problems.push({ kind: 'syntax', at: { file: file.path, span: { start, end: start + 1 } }, message })
  }
  const written = ({ value, range }: Found): Written => ({
    text: value,
    at: { file: file.path, span: { start: range[0] + 1, end: range[1] - 1 } },
  })
  const builder = values.find(({ path }) => path === 'io.buildpacks.builder')
  const names = values.filter(({ path }) => /^io\.buildpacks\.build\.env\.\d+\.name$/.test(path))
  const env = names.map((name): EnvEntry => {
    const value = values.find(({ path }) => path === name.path.replace(/name$/, 'value'))
    const { text, at } = written(name)
    return {
      name: text,
      value: value?.value,
      required: false,
      generated: false,
      at,
      valueAt: value === undefined ? undefined : written(value).at,
    }
  })
  const groups = values.filter(({ path }) => /^io\.buildpacks\.group\.\d+\.(?:id|uri)$/.test(path))
  return {
    projectToml: { file: file.path, builder: builder && written(builder), env, buildpacks: groups.map(written) },
    problems,
  }
}

interface Found {
  readonly path: string
  readonly value: string
  readonly range: readonly [number, number]
}

function collect(node: AST.TOMLTable | AST.TOMLKeyValue, prefix: readonly (string | number)[], out: Found[]): void {
  if (node.type === 'TOMLTable') {
    for (const entry of node.body) collect(entry, node.resolvedKey, out)
    return
  }
  const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
  collectValue(node.value, [...prefix, ...keys], out)
}

function collectValue(node: AST.TOMLContentNode, path: readonly (string | number)[], out: Found[]): void {
  if (node.type === 'TOMLArray')
    for (const [index, item] of node.elements.entries()) collectValue(item, [...path, index], out)
  else if (node.type === 'TOMLInlineTable') for (const entry of node.body) collect(entry, path, out)
  else if (node.kind === 'string') out.push({ path: path.join('.'), value: node.value, range: node.range })
}
