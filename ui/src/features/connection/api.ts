import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Connection, call, commands, type Inspection, type Status, type TableChoice } from '../../ipc/client'
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

/** A server that was looked at, and how it was reached. */
export type Seen = {
  /** Which look it was; it stands for the connection where its password must not be. */
  look: string
  connection: Connection
  inspection: Inspection
  /** It is a platform, and nothing has to be decided first. */
  opens: boolean
}

export const useLook = () =>
  useMutation({
    mutationFn: async (connection: Connection): Promise<Seen> => {
      const inspection = await call(commands.inspectServer(connection))
      const isPlatform = inspection.found.found === 'platform'
      const opens = isPlatform && (inspection.readOnly !== null || (await isMapped(connection)))
      return { look: crypto.randomUUID(), connection, inspection, opens }
    },
  })

/** Whether the views show what the tables have now. Where that cannot be said, the platform is opened as it is. */
const isMapped = (connection: Connection) =>
  call(commands.planAdoption(connection, ANY_TABLE)).then(
    ({ action }) => action === 'nothing',
    () => true,
  )

export const ANY_TABLE: TableChoice = { tenantTable: null, domainTable: null }

export const useAdoptionPlan = ({ look, connection }: Seen, choice: TableChoice | null) =>
  useQuery({
    queryKey: ['adoption', look, choice],
    queryFn: () => call(commands.planAdoption(connection, choice ?? ANY_TABLE)),
    enabled: choice !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export function useAdopt({ connection }: Seen) {
  const onSuccess = useOpened()
  return useMutation({
    mutationFn: ({ choice, hash }: { choice: TableChoice; hash: string }) =>
      call(commands.adoptPlatform(connection, choice, hash)),
    onSuccess,
  })
}

export const useLeavePlan = () =>
  useQuery({ queryKey: ['leaving'], queryFn: () => call(commands.planLeaving()), staleTime: 0, gcTime: 0 })

export function useLeave() {
  const onSuccess = useOpened()
  return useMutation({ mutationFn: () => call(commands.leavePlatform()), onSuccess })
}
