import '@testing-library/jest-dom/vitest'
import { clearMocks } from '@tauri-apps/api/mocks'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import { forgetAtomDrafts } from '../features/catalog/master/draft'
import { forgetChosen } from '../features/domains/chosen'
import { forgetImport } from '../features/domains/import/draft'
import { forgetMappings } from '../features/many/mapping'
import { chooseNone } from '../features/tenants/chosen'
import { forgetDrafts } from '../features/tenants/draft'
import { closeDialog } from '../shared/dialogs'
import { forgetTasks } from '../shared/tasks'

// The machine may have other things to do.
configure({ asyncUtilTimeout: 20_000 })

/** What jsdom lacks: a size, and whoever watches it. */
const size = (name: 'offsetHeight' | 'offsetWidth' | 'clientHeight' | 'clientWidth', value: number) =>
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value })
size('offsetHeight', 640)
size('offsetWidth', 1000)
size('clientHeight', 640)
size('clientWidth', 1000)
HTMLElement.prototype.scrollTo = () => undefined
// The editor of config schemas asks an older Safari so where its selection is.
document.execCommand = () => false
Range.prototype.getClientRects = () => [] as unknown as DOMRectList

vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)
vi.stubGlobal('matchMedia', (media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}))
vi.stubGlobal('scrollTo', () => undefined)

beforeEach(() => {
  window.history.replaceState(null, '', '/')
})

afterEach(() => {
  cleanup()
  forgetDrafts()
  forgetAtomDrafts()
  forgetMappings()
  forgetImport()
  chooseNone()
  forgetChosen()
  localStorage.clear()
  closeDialog()
  forgetTasks()
  clearMocks()
})
