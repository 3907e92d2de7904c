/** Every colour by its name, in light and in dark. */
export const palette: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  page: ['#fbfbfa', '#16181b'],
  card: ['#ffffff', '#1e2125'],
  text: ['#1c1e21', '#e8eaed'],
  soft: ['#5a6068', '#a8afb8'],
  line: ['#d9dce0', '#3a3f46'],
  code: ['#f3f4f5', '#14161a'],
  link: ['#0b57b5', '#8ab8ff'],
  good: ['#17692b', '#7fd493'],
  bad: ['#b3261e', '#ff9c94'],
  warn: ['#8a5300', '#f2bd6b'],
  info: ['#0b5f8a', '#7cc7ee'],
  idle: ['#6a7078', '#a0a7b0'],
  'good-back': ['#e6f4e9', '#17301d'],
  'bad-back': ['#fdeceb', '#3b1b1a'],
  'warn-back': ['#fdf3e0', '#362812'],
  'idle-back': ['#eff0f2', '#272b30'],
}

const colours = (index: 0 | 1): string =>
  Object.entries(palette)
    .map(([name, values]) => `--${name}: ${values[index]};`)
    .join(' ')

/** How the pictures of `picture.ts` look. */
export const pictureStyle = `
svg text { font: 13px system-ui, sans-serif; fill: var(--text); }
svg .mono { font-family: ui-monospace, monospace; font-size: 12px; }
svg .small { font-size: 12px; fill: var(--soft); }
svg .strong { font-weight: 650; }
svg .box { fill: var(--card); stroke: var(--line); stroke-width: 1.5; }
svg .way { stroke: var(--idle); stroke-width: 1.75; fill: none; }
svg .lost { stroke: var(--bad); stroke-dasharray: 5 4; }
svg .open { stroke-dasharray: 2 4; }
svg a:hover .box { stroke: var(--link); }
.holds .box { fill: var(--good-back); stroke: var(--good); } .holds .mark { fill: var(--good); }
.breaks .box { fill: var(--bad-back); stroke: var(--bad); stroke-width: 2.5; } .breaks .mark { fill: var(--bad); }
.warned .box, .undetermined .box { fill: var(--warn-back); stroke: var(--warn); }
.warned .mark, .undetermined .mark { fill: var(--warn); }
.not-reached .box, .not-applicable .box { fill: var(--idle-back); stroke: var(--idle); stroke-dasharray: 4 3; }
.mark { font-weight: 700; }
`

/** How the articles of `finding.ts` look. */
export const findingStyle = `
.finding { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--idle); border-radius: 8px; padding: .8rem 1rem; margin: .8rem 0; break-inside: avoid; }
.finding.error { border-left-color: var(--bad); } .finding.warning { border-left-color: var(--warn); } .finding.info { border-left-color: var(--info); }
.badge { display: inline-block; font-size: .8rem; font-weight: 650; padding: 0 .5rem; border-radius: 99px; border: 1px solid currentcolor; margin-right: .4rem; }
.error .badge { color: var(--bad); } .warning .badge { color: var(--warn); } .info .badge { color: var(--info); }
.place { font-family: ui-monospace, monospace; font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }
.help { font-weight: 550; }
details { margin: .5rem 0; } summary { cursor: pointer; }
.added { background: var(--good-back); color: var(--good); } .removed { background: var(--bad-back); color: var(--bad); }
.file, .hunk { color: var(--soft); }
.diff span { display: block; min-width: max-content; padding: 0 .25rem; }
ul.plain { list-style: none; padding: 0; margin: .4rem 0; }
`

/** The whole look of the page: light and dark by what the reader’s system asks for, and for paper. */
export const style = `
:root { color-scheme: light dark; ${colours(0)} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${colours(1)} }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main, header, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 3rem; color: var(--soft); }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.soft { color: var(--soft); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.counts { font-size: 1.1rem; margin: 0 0 .5rem; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: .75rem; margin: .75rem 0; }
.picture svg { display: block; min-width: 46rem; width: 100%; height: auto; }
${pictureStyle}table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .95rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
th { white-space: nowrap; } td:nth-child(n+3) code { white-space: nowrap; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
pre { background: var(--code); border-radius: 8px; padding: .6rem .8rem; margin: .5rem 0; overflow-x: auto; line-height: 1.45; }
${findingStyle}@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --code: #f5f5f5; }
  body { font-size: 11pt; } .skip { display: none; }
  .picture { overflow: visible; } .picture svg { min-width: 0; }
  pre { white-space: pre-wrap; overflow: visible; } .diff span { min-width: 0; }
  h2, h3 { break-after: avoid; }
}
`
