import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { Channel, commands, type Item, type Progress } from '../ipc/client'

/** Work that takes time. It goes on when its screen is left, and is found again when one comes back. */
export type Task<T> = {
  status: 'idle' | 'running' | 'done' | 'failed'
  id: string
  /** What it is about: the plan that is being applied, say. */
  about: unknown
  /** Where the work is: the latest report that is not about a lock. */
  progress: Progress | null
  /** Set while the work waits for somebody's lock. */
  waiting: Extract<Progress, { progress: 'waiting' }> | null
  items: Item[]
  cancelling: boolean
  result: T | null
  error: unknown
}

const IDLE: Task<never> = {
  status: 'idle',
  id: '',
  about: null,
  progress: null,
  waiting: null,
  items: [],
  cancelling: false,
  result: null,
  error: null,
}
/** Reports come as fast as the engine works; the screen is told this often. */
const FLUSH = 50

const tasks = new Map<string, Task<unknown>>()
const listeners = new Set<() => void>()
let running: string[] = []

function put(slot: string, task: Task<unknown>) {
  tasks.set(slot, task)
  running = [...tasks].filter(([, { status }]) => status === 'running').map(([name]) => name)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Forgets what is not under way: it was about another platform. */
export function forgetTasks() {
  for (const [slot, { status }] of [...tasks]) if (status !== 'running') put(slot, IDLE)
}

/** The slots in which work is under way. */
export const useRunning = () => useSyncExternalStore(subscribe, () => running)

export const useTaskState = <T>(slot: string) =>
  useSyncExternalStore(subscribe, () => (tasks.get(slot) ?? IDLE) as Task<T>)

export function useTask<T>(slot: string) {
  const state = useTaskState<T>(slot)
  const client = useQueryClient()

  const start = useCallback(
    async (work: (id: string, progress: Channel<Progress>) => Promise<T>, about: unknown = null) => {
      if (tasks.get(slot)?.status === 'running') return
      const id = crypto.randomUUID()
      const items: Item[] = []
      let latest: Pick<Task<T>, 'progress' | 'waiting'> = { progress: null, waiting: null }
      let timer: ReturnType<typeof setTimeout> | undefined
      const current = () => tasks.get(slot) ?? IDLE
      const flush = () => {
        timer = undefined
        put(slot, { ...current(), ...latest, items: [...items] })
      }
      const progress = new Channel<Progress>()
      progress.onmessage = (report) => {
        if (report.progress === 'item') items.push(report.item)
        latest =
          report.progress === 'waiting'
            ? { progress: latest.progress, waiting: report }
            : { progress: report, waiting: null }
        timer ??= setTimeout(flush, FLUSH)
      }
      put(slot, { ...IDLE, status: 'running', id, about })
      const end: Partial<Task<T>> = await work(id, progress).then(
        (result) => ({ status: 'done', result }),
        (error) => ({ status: 'failed', error }),
      )
      clearTimeout(timer)
      put(slot, { ...current(), ...latest, items, ...end, waiting: null, cancelling: false })
      await client.invalidateQueries()
    },
    [slot, client],
  )

  const cancel = useCallback(() => {
    const task = tasks.get(slot)
    if (task?.status !== 'running') return
    put(slot, { ...task, cancelling: true })
    void commands.cancel(task.id)
  }, [slot])

  const reset = useCallback(() => {
    if (tasks.get(slot)?.status !== 'running') put(slot, IDLE)
  }, [slot])

  return { ...state, start, cancel, reset }
}
