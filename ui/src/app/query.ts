import { QueryClient } from '@tanstack/react-query'

/** What the engine said is kept until something is applied, or the window is looked at again. */
export function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 1_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
