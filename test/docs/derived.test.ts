import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeDocuments } from '../../scripts/documents.ts'
import { repository } from '../support/trees.ts'

/** `npm run generate` writes them: the lists of rules and formats, the pictures of a report, the schemas. */
it('documents that follow from the sources are as they would be written today', async () => {
  const documents = await writeDocuments(repository)
  expect(documents.length).toBeGreaterThan(10)
  for (const [path, content] of documents) expect(content, path).toBe(readFileSync(join(repository, path), 'utf8'))
})
