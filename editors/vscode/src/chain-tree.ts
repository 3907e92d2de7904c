import type { EditorChain } from '../../../src/lsp/chain.ts'

/** The chain as a tree: projects, the hops of each, and why a hop is as it is. */
export interface ChainNode {
  readonly label: string
  readonly description: string
  /** A codicon, with the colour of the theme that it has. */
  readonly icon: readonly [name: string, colour: string | undefined] | undefined
  /** What a click shows. */
  readonly at: EditorChain['links'][number]['reasons'][number]['at']
  readonly children: readonly ChainNode[]
}

type State = EditorChain['links'][number]['state']

const icons: Readonly<Record<State, readonly [string, string | undefined]>> = {
  holds: ['pass', 'testing.iconPassed'],
  warned: ['warning', 'list.warningForeground'],
  breaks: ['error', 'list.errorForeground'],
  undetermined: ['question', undefined],
  'not-reached': ['circle-outline', undefined],
  'not-applicable': ['dash', undefined],
}

const names: Readonly<Record<'en' | 'fr', Readonly<Record<State, string>>>> = {
  en: {
    holds: 'holds',
    warned: 'holds, with warnings',
    breaks: 'breaks',
    undetermined: 'undetermined',
    'not-reached': 'not reached',
    'not-applicable': 'does not apply',
  },
  fr: {
    holds: 'tient',
    warned: 'tient, avec des avertissements',
    breaks: 'casse',
    undetermined: 'indéterminé',
    'not-reached': 'pas atteint',
    'not-applicable': 'sans objet',
  },
}

/** One project is shown by its hops alone. */
export function chainTree(chains: readonly EditorChain[], language: 'en' | 'fr'): readonly ChainNode[] {
  const projects = chains.map((chain) => projectNode(chain, language))
  const [only] = projects
  return projects.length === 1 && only !== undefined ? only.children : projects
}

function projectNode({ uri, links }: EditorChain, language: 'en' | 'fr'): ChainNode {
  return {
    label: decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)),
    description: '',
    icon: ['folder', undefined],
    at: null,
    children: links.map(({ hop, state, reasons }) => ({
      label: hop,
      description: names[language][state],
      icon: icons[state],
      at: null,
      children: reasons.map(({ text, at }) => ({ label: text, description: '', icon: undefined, at, children: [] })),
    })),
  }
}
