import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Connection, call, commands, type Status } from '../../ipc/client'
import { forgetTasks } from '../../shared/tasks'

const STATUS = ['status']

/** What is open. Waits while it is being opened. */
export const useStatus = () =>
  useQuery({
    queryKey: STATUS,
    queryFn: () => call(commands.status()),
    retryOnMount: false,
  })

/** Others work on the platform too, so its counts are read again with every screen that is opened. */
export function useStatusByPlace(place: string) {
  const client = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it depends on
  useEffect(() => {
    void client.invalidateQueries({ queryKey: STATUS })
  }, [client, place])
}

/** Another platform is open now: nothing that was known is true of it. */
function useOpened() {
  const client = useQueryClient()
  return async (status: Status) => {
    forgetTasks()
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== STATUS[0] })
    client.setQueryData(STATUS, status)
  }
}

export function useUsePrivateServer() {
  const onSuccess = useOpened()
  return useMutation({ mutationFn: () => call(commands.usePrivateServer()), onSuccess })
}

export function useConnect() {
  const onSuccess = useOpened()
  return useMutation({ mutationFn: (connection: Connection) => call(commands.connectServer(connection)), onSuccess })
}

export function useCreatePlatform() {
  const onSuccess = useOpened()
  return useMutation({ mutationFn: (connection: Connection) => call(commands.createPlatform(connection)), onSuccess })
}
