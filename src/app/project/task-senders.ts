import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { eachNode } from './nodes.ts'

/** Some code of the project hands a task to Celery, or hands on what does: `sync_to_async(task.delay)`. */
export const sendsTasks = ({ project, tree }: App): boolean =>
  project.python.some((path) => {
    let sends = false
    eachNode(parseFile(tree, path)?.module.body, (node) => {
      if (node.kind === 'Attribute' && senders.has(node.attr)) sends = true
      return !sends
    })
    return sends
  })

const senders = new Set(['delay', 'delay_on_commit', 'apply_async', 'apply_async_on_commit', 'send_task'])
