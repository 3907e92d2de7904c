let e;const t=()=>e??=require("./check.js");let n;const r=()=>n??=require("./formats.js");let i;const a=()=>i??=require("./commands.js");let o;const s=()=>o??=require("./cli.js"),c=new Set([`place`,`file`]);function l(e,t,n=``){return typeof e==`string`?c.has(n)?e:t(e):Array.isArray(e)?e.map(e=>l(e,t,n)):typeof e!=`object`||!e?e:Object.fromEntries(Object.entries(e).map(([e,n])=>[e,l(n,t,e)]))}function u(e,{edits:t}){let n=t.filter(({action:e})=>e!==void 0).flatMap(t=>d(e,t)),r=t.filter(({action:e})=>e===void 0),i=[...new Set(r.map(({file:e})=>e))];return[...n,...i.flatMap(t=>f(e,t,r))]}function d(e,{file:n,text:r,action:i}){let a=t().printable(t().pathIn(e.root,n));if(i===`rename`)return[{kind:`file`,text:`${a} \u2192 ${t().printable(t().pathIn(e.root,r))}`}];let o=t().readText(e.tree,n)?.text??``;return p(e,i===`create`?`+ ${a}`:`- ${a}`,i===`create`?[``,r]:[o,``])}function f(e,n,r){let i=t().readText(e.tree,n)?.text??``,o=a().applyEdits(i,r.filter(e=>e.file===n)).text;return p(e,t().printable(t().pathIn(e.root,n)),[i,o])}function p(e,n,[r,i]){let{mask:o}=t().maskerFor(e),{hunks:s}=a().structuredPatch(``,``,o(r),o(i),void 0,void 0,{context:2});return[{kind:`file`,text:n},...s.flatMap(({oldStart:e,oldLines:n,newStart:r,newLines:i,lines:a})=>[{kind:`hunk`,text:`@@ -${e},${n} +${r},${i} @@`},...a.map(e=>({kind:e.startsWith(`+`)?`added`:e.startsWith(`-`)?`removed`:`same`,text:t().printable(e)}))])]}const m={title:{en:`dynolint report`,fr:`Rapport de dynolint`},question:{en:`Will the WebSockets of this project work on a Heroku dyno?`,fr:`Les WebSockets de ce projet marcheront-ils sur un dyno Heroku\u202f?`},skip:{en:`Skip to the findings`,fr:`Aller aux constats`},chain:{en:`The path of a WebSocket`,fr:`Le chemin d\u2019un WebSocket`},breaksAt:{en:`breaks first at`,fr:`casse d\u2019abord \u00e0 l\u2019\u00e9tape`},runs:{en:`What runs`,fr:`Ce qui tourne`},browser:{en:`sockets in the browser`,fr:`sockets du navigateur`},web:{en:`web process`,fr:`processus web`},routes:{en:`routes and consumers`,fr:`routes et consumers`},layer:{en:`channel layer`,fr:`channel layer`},redis:{en:`Redis`,fr:`Redis`},none:{en:`none found`,fr:`aucun trouv\u00e9`},noServer:{en:`no server is known`,fr:`aucun serveur connu`},processes:{en:`Processes`,fr:`Processus`},process:{en:`process`,fr:`processus`},command:{en:`command`,fr:`commande`},server:{en:`server`,fr:`serveur`},listens:{en:`listens on`,fr:`\u00e9coute sur`},loads:{en:`loads`,fr:`charge`},settings:{en:`Settings and channel layer, where they are read`,fr:`Settings et channel layer, l\u00e0 o\u00f9 ils sont lus`},step:{en:`step`,fr:`\u00e9tape`},every:{en:`all steps`,fr:`toutes les \u00e9tapes`},module:{en:`settings`,fr:`settings`},when:{en:`when`,fr:`quand`},findings:{en:`Findings`,fr:`Constats`},nothing:{en:`Nothing found.`,fr:`Rien \u00e0 signaler.`},help:{en:`Help:`,fr:`Rem\u00e8de\xA0:`},fix:{en:`Fix available:`,fr:`Correction possible\xA0:`},unsafe:{en:`(changes behaviour)`,fr:`(change le comportement)`},why:{en:`why, and what to write instead`,fr:`pourquoi, et quoi \u00e9crire \u00e0 la place`},beside:{en:`Beside the chain`,fr:`Hors de la cha\u00eene`},unknown:{en:`undetermined`,fr:`ind\u00e9termin\u00e9`}},h=e=>r().xml(e).replace(/`([^`]+)`/g,`<code>$1</code>`),g=e=>e;function _(e,n,{language:i,docs:a}){let o=t().locator(e),c=t().readText(e.tree,n.at.file),l=c===void 0?[]:t().codeFrame(c,n.at.span,{mark:g,dim:g,hidden:t().maskerFor(e).hidden}),d=[`<h4><span class="badge">${r().xml(s().severityNames[n.severity][i])}</span>${h(n.message[i])}</h4>`,`<p class="place">${r().xml(y(o(n.at)))} \u00b7 ${r().xml(n.rule)}</p>`];if(n.condition!==void 0&&d.push(`<p>${r().xml(m.when[i])} ${h(n.condition[i])}</p>`),l.length>0&&d.push(v(`code`,l.map(e=>r().xml(e.slice(2))).join(`
`),y(o(n.at)))),n.related.length>0){let e=n.related.map(({at:e,message:t})=>`<li><span class="place">${r().xml(y(o(e)))}</span> ${h(t[i])}</li>`);d.push(`<ul class="plain">${e.join(``)}</ul>`)}n.help[i]!==``&&d.push(`<p class="help">${r().xml(m.help[i])} ${h(n.help[i])}</p>`);for(let t of n.fixes){let n=t.safety===`unsafe`?` ${m.unsafe[i]}`:``,a=`${m.fix[i]} ${t.title[i]}${n}`,o=u(e,t).map(({kind:e,text:t})=>`<span class="${e}">${r().xml(t)}</span>`);d.push(`<details open><summary>${r().xml(a)}</summary>${v(`diff`,o.join(``),a)}</details>`)}return d.push(`<p><a${r().attribute(`href`,a(n.rule))}>${r().xml(n.rule)}: ${r().xml(m.why[i])}</a></p>`),`<article class="finding ${n.severity}">\n${d.join(`
`)}\n</article>\n`}const v=(e,t,n)=>`<pre class="${e}" tabindex="0" role="group"${r().attribute(`aria-label`,n)}>${t}</pre>`,y=({file:e,start:n})=>`${t().printable(e)}:${n.line}:${n.column}`;function b(e,{id:t,language:n,linked:i}){let[a,o,c]=[100,62,26],l=e.filter(({hop:e})=>e!==`safety`),u=[],d=({hop:e,state:c},l)=>{let d=`${e}: ${s().states[c][n]}`,f=`<g class="${c}">${`<rect class="box" x="${l}" y="8" width="${a}" height="${o}" rx="9"/><text class="strong" x="${l+a/2}" y="34" text-anchor="middle">${r().xml(e)}</text><text class="mark" x="${l+a/2}" y="56" text-anchor="middle">${s().marks[c]}</text><title>${r().xml(d)}</title>`}</g>`;u.push(i.has(e)?`<a href="#${t}-${e}"${r().attribute(`aria-label`,d)}>${f}</a>`:f)};l.forEach((e,t)=>{let n=4+t*(a+c);t>0&&u.push(S(n-c+3,39,n-4,39,x(l,t))),d(e,n)});let f=e.find(({hop:e})=>e===`safety`),p=4+l.length*(a+c);f!==void 0&&d(f,p+14);let h=e.map(({hop:e,state:t})=>`${e} ${s().states[t][n]}`).join(`, `);return C(p+14+a+4,o+16,`${m.chain[n]}: ${h}`,u)}function x(e,t){let n=new Set([`breaks`]);return e.slice(0,t).some(({state:e})=>n.has(e))?`lost`:``}const S=(e,t,n,r,i)=>`<path class="way ${i}" d="M${e} ${t}L${n} ${r}M${n-5} ${r-4}L${n} ${r}L${n-5} ${r+4}"/>`;function C(e,t,n,i){return`<div class="picture" tabindex="0" role="group"${r().attribute(`aria-label`,n)}><svg viewBox="0 0 ${e} ${t}" xmlns="http://www.w3.org/2000/svg">${i.join(``)}</svg></div>\n`}const w={width:190,gap:30},T={height:48,gap:12};function E(e,t){let n=e.processes.find(({type:e})=>e===`web`),i=[...e.routes.flatMap(e=>e.sockets),...e.sockets],a=i.filter((e,t)=>i.findIndex(t=>t.place===e.place)===t),o=e.worlds.at(-1)?.layers??[],s=[...new Set(o.flatMap(e=>e.redis.map(e=>e[t])))],c={lines:[m.none[t],``],kind:`not-applicable`},l=[a.map(j),[N(n,t)],e.routes.map(M),o.map(e=>({lines:[A(e.backend[t]),e.when===void 0?e.place??``:`${m.when[t]} ${e.when[t]}`],kind:``})),s.map(e=>({lines:[e,``],kind:``}))].map(e=>e.length===0?[c]:e),u=[m.browser,m.web,m.routes,m.layer,m.redis].map((e,n)=>`<text class="small" x="${D(n)}" y="18">${r().xml(e[t])}</text>`);u.push(...R(e,a,o.map(e=>e.redis.map(e=>e[t])),s)),l.forEach((e,t)=>{for(let[n,r]of e.entries())u.push(P(r,D(t),O(n)))});let d=Math.max(...l.map(e=>e.length));return C(D(4)+w.width+4,Math.max(O(d),30+I(3)+T.gap),m.runs[t],u)}const D=e=>4+e*(w.width+w.gap),O=e=>30+e*(T.height+T.gap),k=e=>O(e)+T.height/2,A=e=>e.split(`.`).at(-1)??e,j=({address:e,place:t,reaches:n})=>({lines:[e,t],kind:n===`none`?`breaks`:n===`unknown`?`undetermined`:``}),M=({pattern:e,consumer:t})=>({lines:[e,t],kind:``});function N(e,t){if(e===void 0)return{lines:[m.none[t],``],kind:`not-applicable`};let{server:n}=e;return n===void 0?{lines:[e.command,m.noServer[t]],kind:`undetermined`}:{lines:[`${n.name}, ${n.speaks}`,n.binds.join(`, `),n.target??``],kind:``}}function P({lines:e,kind:t},n,i){let a=e.filter(e=>e!==``),o=I(a.length),s=i+(o-(a.length-1)*F)/2+4,c=a.map((e,t)=>`<text class="mono ${t===0?`strong`:`small`}" x="${n+9}" y="${s+t*F}">${r().xml(L(e))}</text>`);return`<g class="${t}"><title>${r().xml(a.join(`
`))}</title><rect class="box" x="${n}" y="${i}" width="${w.width}" height="${o}" rx="7"/>${c.join(``)}</g>`}const F=17,I=e=>Math.max(T.height,14+e*17),L=e=>[...e].length>24?`${[...e].slice(0,23).join(``)}\u2026`:e;function R({routes:e,sockets:t},n,r,i){let a=(e,t,n,r=``)=>{let[i,a]=[D(e)+w.width,D(e+1)],o=w.gap/2;return`<path class="way ${r}" d="M${i} ${k(t)}C${i+o} ${k(t)} ${a-o} ${k(n)} ${a} ${k(n)}"/>`},o=[];return n.forEach((e,n)=>{let r=t.find(({place:t})=>t===e.place);o.push(a(0,n,0,r?.reaches===`none`?`lost`:r===void 0?``:`open`))}),e.forEach((e,t)=>{o.push(a(1,0,t));for(let e=0;e<r.length;e++)o.push(a(2,t,e))}),r.forEach((e,t)=>{for(let n of e)o.push(a(3,t,i.indexOf(n)))}),o}const z={page:[`#fbfbfa`,`#16181b`],card:[`#ffffff`,`#1e2125`],text:[`#1c1e21`,`#e8eaed`],soft:[`#5a6068`,`#a8afb8`],line:[`#d9dce0`,`#3a3f46`],code:[`#f3f4f5`,`#14161a`],link:[`#0b57b5`,`#8ab8ff`],good:[`#17692b`,`#7fd493`],bad:[`#b3261e`,`#ff9c94`],warn:[`#8a5300`,`#f2bd6b`],info:[`#0b5f8a`,`#7cc7ee`],idle:[`#6a7078`,`#a0a7b0`],"good-back":[`#e6f4e9`,`#17301d`],"bad-back":[`#fdeceb`,`#3b1b1a`],"warn-back":[`#fdf3e0`,`#362812`],"idle-back":[`#eff0f2`,`#272b30`]},B=e=>Object.entries(z).map(([t,n])=>`--${t}: ${n[e]};`).join(` `),V=`
:root { color-scheme: light dark; ${B(0)} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${B(1)} }
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
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .95rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
th { white-space: nowrap; } td:nth-child(n+3) code { white-space: nowrap; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
pre { background: var(--code); border-radius: 8px; padding: .6rem .8rem; margin: .5rem 0; overflow-x: auto; line-height: 1.45; }

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
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --code: #f5f5f5; }
  body { font-size: 11pt; } .skip { display: none; }
  .picture { overflow: visible; } .picture svg { min-width: 0; }
  pre { white-space: pre-wrap; overflow: visible; } .diff span { min-width: 0; }
  h2, h3 { break-after: avoid; }
}
`,H=(e,n)=>{let{language:i}=n,a=e.apps.length>1,o=e.apps.map((e,t)=>U(e,`app${t}`,a,n)),{error:s,warning:c,info:l}=t().summarise(e.apps),u=i===`fr`?`${s} ${s>1?`erreurs`:`erreur`}, ${c} ${c>1?`avertissements`:`avertissement`}, ${l} ${l>1?`infos`:`info`}`:`${s} ${s===1?`error`:`errors`}, ${c} ${c===1?`warning`:`warnings`}, ${l} info`,d=t().filteredLines(e,i).map(e=>`<p class="soft">${r().xml(e)}</p>`);return`<!doctype html>
<html lang="${i}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${r().xml(m.title[i])}</title>
<style>${V}</style>
</head>
<body>
<a class="skip" href="#findings">${r().xml(m.skip[i])}</a>
<header>
<h1>${r().xml(m.title[i])}</h1>
<p class="soft">${r().xml(m.question[i])}</p>
<p class="counts"><strong>${r().xml(u)}</strong></p>
${d.join(`
`)}
</header>
<main>
<span id="findings"></span>
${o.join(``)}</main>
<footer><p>dynolint ${r().xml(e.version)}</p></footer>
</body>
</html>
`};function U(e,n,i,a){let{language:o}=a,s=new Set(e.findings.flatMap(({hop:e,beside:t})=>t?[]:[e])),c=i?`<h2>${r().xml(t().printable(e.root))}</h2>\n`:``,l=e.chain.find(({hop:e,state:t})=>t===`breaks`&&e!==`safety`),u=l===void 0?``:`<p><strong>${r().xml(m.breaksAt[o])} ${s.has(l.hop)?`<a href="#${n}-${l.hop}">${l.hop}</a>`:l.hop}</strong></p>\n`;return[c,`<h2>${r().xml(m.chain[o])}</h2>\n${u}`,b(e.chain,{id:n,language:o,linked:s}),W(e,a),e.overview===void 0?``:G(e.overview,a),q(e,n,a)].join(``)}function W({chain:e},{language:t}){return`<p class="soft">${[...new Set(e.map(({state:e})=>e))].map(e=>r().xml(`${s().marks[e]} ${s().states[e][t]}`)).join(` \u00b7 `)}</p>\n`}function G(e,{language:t}){let n=e=>r().xml(e[t]),i=e.processes.map(({type:e,command:t,server:n,place:i})=>[`<strong>${r().xml(e)}</strong>`,`<code>${r().xml(t)}</code><br><span class="place">${r().xml(i)}</span>`,n===void 0?`\u2013`:r().xml(`${n.name}, ${n.speaks}`),n===void 0?`\u2013`:`<code>${r().xml(n.binds.join(`, `))}</code>`,n?.target===void 0?`\u2013`:`<code>${r().xml(n.target)}</code>`]),a=e.worlds.flatMap(({hops:t,module:i,when:a,layers:o})=>(o.length===0?[void 0]:o).map(o=>{let s=[a,o?.when].flatMap(e=>e===void 0?[]:[n(e)]);return[e.worlds.length===1?n(m.every):r().xml(t.join(`, `)),`<code>${r().xml(i??`?`)}</code>`,o===void 0?n(m.unknown):`<code>${n(o.backend)}</code>`,o===void 0||o.redis.length===0?`\u2013`:o.redis.map(n).join(`<br>`),s.length===0?`\u2013`:s.join(`<br>`)]})),o=e=>e.map(n);return[`<h2>${n(m.runs)}</h2>\n`,E(e,t),i.length===0?``:K(n(m.processes),o([m.process,m.command,m.server,m.listens,m.loads]),i),a.length===0?``:K(n(m.settings),o([m.step,m.module,m.layer,m.redis,m.when]),a)].join(``)}function K(e,t,n){let i=t.map(e=>`<th scope="col">${e}</th>`).join(``),a=n.map(e=>`<tr>${e.map(e=>`<td>${e}</td>`).join(``)}</tr>\n`).join(``);return`<div class="picture" tabindex="0" role="group"${r().attribute(`aria-label`,e)}><table><caption>${e}</caption><thead><tr>${i}</tr></thead><tbody>\n${a}</tbody></table></div>\n`}function q(e,n,i){let{language:a}=i,o=`<h2>${r().xml(m.findings[a])}</h2>\n`;if(e.findings.length===0)return`${o}<p>${r().xml(m.nothing[a])}</p>\n`;let c=new Map(e.chain.map(({hop:e,state:t})=>[e,t])),l=t().hops.flatMap(t=>{let o=J(e.findings.filter(e=>e.hop===t&&!e.beside)),l=c.get(t);if(o.length===0)return[];let u=l===void 0?``:` ${s().marks[l]} ${s().states[l][a]}`,d=o.map(t=>_(e,t,i));return[`<section id="${n}-${t}">\n<h3>${r().xml(t)}${r().xml(u)}</h3>\n${d.join(``)}</section>\n`]}),u=J(e.findings.filter(e=>e.beside));if(u.length>0){let t=u.map(t=>_(e,t,i));l.push(`<section>\n<h3>${r().xml(m.beside[a])}</h3>\n${t.join(``)}</section>\n`)}return o+l.join(``)}const J=e=>s().severities.flatMap(t=>e.filter(e=>e.severity===t));exports.html=H,
exports.mapTexts=l;