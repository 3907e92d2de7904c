import { describe, expect, test } from 'vitest'
import { isReferenced, referencesIn } from '../../../src/app/frontend/references.ts'
import { memoryTree } from '../../../src/files/memory.ts'

const page = 'chat/templates/chat/room.html'

/** Whether the page counts as used when a view says this. */
function used(view: string, file = page, others: Readonly<Record<string, string>> = {}): boolean {
  const tree = memoryTree({ [file]: '<p>room</p>', 'chat/views.py': view, ...others })
  return isReferenced(tree, file, referencesIn(tree, [file, ...Object.keys(others)], ['chat/views.py']))
}

describe('a template and who names it', () => {
  test.each([
    ["def room(request):\n    return render(request, 'chat/room.html')\n", true],
    ["def room(request):\n    return render(request, 'room.html')\n", false],
    ["class Room(TemplateView):\n    template_name = 'room.html'\n", false],
    ["def room(request):\n    return render(request, 'chat/' + 'room.html')\n", true],
    ["def room(request):\n    return render(request, f'{folder}/room.html')\n", true],
    ["def room(request):\n    return render(request, os.path.join('chat', 'room.html'))\n", true],
    ["ROOM = 'room.html'\n", true],
    ["# return render(request, 'chat/room.html')\n", false],
    ["def room(request):\n    return render(request, 'other.html')\n", false],
  ])('%j: %s', (view, expected) => expect(used(view)).toBe(expected))

  test('what a page says of itself is no reference', () => {
    const tree = memoryTree({ [page]: '<form action="chat/room.html">', 'chat/views.py': '' })
    expect(isReferenced(tree, page, referencesIn(tree, [page], ['chat/views.py']))).toBe(false)
  })

  test('directly in the template folder the bare name is the name', () => {
    expect(used("def room(request):\n    return render(request, 'room.html')\n", 'chat/templates/room.html')).toBe(true)
  })

  test.each([
    ["def room(request):\n    return render(request, 'chat/new_room.html')\n", false],
    ["def room(request):\n    return render(request, 'chat/room.html.txt')\n", false],
    ["PAGE = '%sroom.html' % folder\n", true],
  ])('another name that holds it is another file: %j', (view, expected) => expect(used(view)).toBe(expected))

  test.each([
    ['{% include "chat/room.html" %}', true],
    ['<!-- from chat/room.html -->', false],
    ['{# see chat/room.html #}', false],
    ['{% comment %}\n{% include "chat/room.html" %}\n{% endcomment %}', false],
    ['<!-- old --> {% include "chat/room.html" %}', true],
  ])('a page that says %j', (text, expected) => {
    expect(used('', page, { 'chat/templates/chat/index.html': text })).toBe(expected)
  })
})
