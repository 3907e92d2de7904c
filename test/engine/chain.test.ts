import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')
const web = 'web: daphne -b 0.0.0.0 -p $PORT --proxy-headers mysite.asgi:application\n'

function checked(procfile: string) {
  const { report } = check({ today, tree: memoryTree({ ...base, Procfile: procfile }), config: defaultConfig })
  return {
    errors: report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    boot: report.chain.find(({ hop }) => hop === 'boot'),
  }
}

describe('the chain', () => {
  it.each([
    ['procfile/useless-worker', 'worker: python manage.py runworker\n'],
    ['procfile/command-missing', 'worker: ./scripts/work.sh\n'],
    ['procfile/unknown-flag', 'extra: daphne --workers 2 -b 0.0.0.0 -p 9000 mysite.asgi:application\n'],
    ['deps/missing-package', 'extra: uvicorn mysite.asgi:application --port 9000\n'],
  ])('is not broken by what breaks a process beside the web: %s', (rule, line) => {
    const { errors, boot } = checked(web + line)
    expect(errors).toContain(rule)
    expect(boot).toMatchObject({ state: 'holds', rules: [] })
  })

  it('is broken by the same in the web process', () => {
    expect(checked('web: ./scripts/work.sh\n').boot).toMatchObject({ state: 'breaks' })
    const uvicorn = 'uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n'
    expect(checked(`web: ${uvicorn}`).boot).toMatchObject({ state: 'breaks', rules: ['deps/missing-package'] })
    // Of a package that both need, the web's need counts.
    expect(checked(`extra: ${uvicorn}web: ${uvicorn}`).boot).toMatchObject({ state: 'breaks' })
  })

  it('goes on behind a page that fails where another page with a socket does not', () => {
    const page = (head: string) =>
      `${head}<script>let s; function open() { s = new WebSocket('wss://' + location.host + '/ws/chat/lobby/'); s.onclose = () => setTimeout(open, 1000) }; open()</script>\n`
    const states = (files: Record<string, string>) => {
      const tree = memoryTree({ ...base, Procfile: web, ...files })
      const { chain } = check({ today, tree, config: defaultConfig }).report
      return chain.flatMap(({ hop, state }) => (hop === 'http' || hop === 'handshake' ? [state] : []))
    }
    const view = (path: string, name: string) =>
      `    path('${path}', TemplateView.as_view(template_name='chat/${name}.html')),\n`
    const imports = 'from django.urls import path\nfrom django.views.generic import TemplateView\n\n'
    const more = { 'mysite/urls.py': `${imports}urlpatterns = [\n${view('', 'room')}${view('more/', 'more')}]\n` }
    const [broken, sound] = [page('{{ total|intcomma }}'), page('')]
    expect(states({ 'templates/chat/room.html': sound })).toEqual(['holds', 'holds'])
    expect(states({ 'templates/chat/room.html': sound, 'templates/chat/more.html': broken, ...more })).toEqual([
      'breaks',
      'holds',
    ])
    expect(states({ 'templates/chat/room.html': broken })).toEqual(['breaks', 'not-reached'])
  })
})
