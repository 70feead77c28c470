import { QueryClient } from '@tanstack/react-query'

/** What the engine said is shown at once, and asked again whenever a screen is opened or the window is looked at. */
export function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
