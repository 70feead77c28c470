import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { IntlProvider } from 'react-intl'
import { messages } from '../messages/en'
import { makeQueryClient } from './query'
import { makeRouter } from './router'

const LOCALE = 'en-GB'

export function App() {
  const [client] = useState(makeQueryClient)
  const [router] = useState(makeRouter)
  return (
    <IntlProvider locale={LOCALE} defaultLocale={LOCALE} messages={messages}>
      <I18nProvider locale={LOCALE}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </IntlProvider>
  )
}
