import { parseRequirementsFile } from '../../../src/syntax/requirements/file.ts'
import { dynoEnvironment, evaluateMarker, type Marker, normaliseName } from '../../../src/syntax/requirements/marker.ts'

const environments = ['3.9.18', '3.13.0'].map((python) => ({
  ...dynoEnvironment(python),
  platform_release: '0',
  platform_version: '0',
  extra: '',
}))

const evaluated = (marker: Marker | undefined) =>
  marker === undefined ? null : environments.map((environment) => evaluateMarker(marker, environment) ?? 'undefined')

/** What our reader makes of a requirements file, in the shape of pip_reader.py. `KNOWN_TOKEN` is the one variable set. */
export function ourLines(text: string, kind: (path: string) => 'file' | 'directory' | undefined): unknown[] {
  const variable = (name: string) => (name === 'KNOWN_TOKEN' ? 's3cret' : undefined)
  return parseRequirementsFile(text, { constraint: false, kind, variable }).lines.map((line) => {
    const head = { line: line.number, type: line.type }
    if (line.type === 'include') return { ...head, path: line.path, constraint: line.constraint }
    if (line.type !== 'requirement') return head
    const { name, extras, specifiers, marker, url, editable, hashes } = line.requirement
    return {
      ...head,
      name: normaliseName(name),
      extras: [...new Set(extras.map(normaliseName))].sort(),
      specifiers: specifiers.map(({ operator, version }) => operator + version).sort(),
      marker: evaluated(marker),
      link: url !== undefined,
      editable,
      hashes: [...hashes].sort(),
    }
  })
}
