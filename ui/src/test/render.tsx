import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { App } from '../app/App'
import { installFake } from './fake'
import type { FakePlatform } from './fake/platform'

/** The whole interface on a platform that is made up, at a place. */
export function open(platform: FakePlatform, place = '/tenants', options: Parameters<typeof installFake>[1] = {}) {
  const fake = installFake(platform, options)
  window.history.replaceState(null, '', `/#${place}`)
  const user = userEvent.setup({ delay: null })
  const { container } = render(<App />)
  return { fake, user, container }
}

/** A field by the name that its value has in the request. */
export async function field(name: string): Promise<HTMLInputElement> {
  await screen.findByTestId(/^(new-tenant|clone)-panel$/)
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  if (!input) throw new Error(`there is no field ${name}`)
  return input
}

export const place = () => decodeURIComponent(window.location.hash)
