import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Control, call, commands, type Job, type JobId, type NewItem } from '../../ipc/client'

/** How often one looks: often while something happens, seldom otherwise, since others may start a job too. */
const OFTEN = 700
const SELDOM = 5000
/** The items of a large job are much to read. */
const MANY = 2000
const LESS_OFTEN = 3000

const JOBS = ['jobs']

/** The jobs, the newest first. */
export const useJobs = () =>
  useQuery({
    queryKey: JOBS,
    queryFn: () => call(commands.jobs()),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? OFTEN : SELDOM),
  })

export const isRunning = ({ state }: Job) => state === 'running'

export const useJobItems = (job: Job | undefined) =>
  useQuery({
    // What was done or failed makes it another list, so the last one is read too when the job has ended.
    queryKey: ['job-items', job?.id, job?.state, job && !isRunning(job) ? job.done + job.failed : null],
    queryFn: () => call(commands.jobItems(job?.id ?? '')),
    enabled: job !== undefined,
    placeholderData: (before) => before,
    refetchInterval: job !== undefined && isRunning(job) && (job.total > MANY ? LESS_OFTEN : OFTEN),
  })

export function useCreateJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (items: NewItem[]) => call(commands.createJob(items)),
    onSuccess: () => client.invalidateQueries({ queryKey: JOBS }),
  })
}

/** What taking a job back comes to, as the platform is now. */
export const useJobUndo = (id: JobId) =>
  useQuery({
    queryKey: ['job-undo', id],
    queryFn: () => call(commands.planJobUndo(id)),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

export function useUndoJob(id: JobId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(commands.undoJob(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: JOBS }),
  })
}

export function useControlJob(id: JobId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (control: Control) => call(commands.controlJob(id, control)),
    onSuccess: (job) => {
      client.setQueryData<Job[]>(JOBS, (jobs) => jobs?.map((known) => (known.id === job.id ? job : known)))
      void client.invalidateQueries({ queryKey: JOBS })
    },
  })
}
