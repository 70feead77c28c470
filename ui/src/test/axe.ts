import axe from 'axe-core'
import { expect } from 'vitest'

/** What a machine can tell of accessibility without a real browser. */
export async function expectAccessible() {
  const { violations } = await axe.run(document.body, {
    // Colours need a real browser.
    rules: { 'color-contrast': { enabled: false } },
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
