import type { AppError } from './bindings'

export { Channel } from '@tauri-apps/api/core'
export type * from './bindings'
export { commands } from './bindings'

/** An answer of the engine that is not "done". */
export class IpcError extends Error {
  override readonly name = 'IpcError'

  constructor(readonly error: AppError) {
    super(error.code)
  }
}

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: AppError }

/** Waits for a command. What the engine refuses becomes an `IpcError`; what fails before it is reached, a plain `Error`. */
export async function call<T>(pending: Promise<Answer<T>>): Promise<T> {
  const answer = await pending
  if (answer.status === 'ok') return answer.data
  throw typeof answer.error === 'string' ? new Error(answer.error) : new IpcError(answer.error)
}

/** What the engine said, if that is what went wrong. */
export function appError(error: unknown): AppError | null {
  return error instanceof IpcError ? error.error : null
}
