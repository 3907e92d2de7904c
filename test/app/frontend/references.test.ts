import { describe, expect, test } from 'vitest'
import { isReferenced } from '../../../src/app/frontend/references.ts'
import { memoryTree } from '../../../src/files/memory.ts'

const page = 'chat/templates/chat/room.html'

/** Whether the page counts as used when a view says this. */
function used(view: string, file = page): boolean {
  const tree = memoryTree({ [file]: '<p>room</p>', 'chat/views.py': view })
  return isReferenced(tree, file, [file], ['chat/views.py'])
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

  test('directly in the template folder the bare name is the name', () => {
    expect(used("def room(request):\n    return render(request, 'room.html')\n", 'chat/templates/room.html')).toBe(true)
  })
})
