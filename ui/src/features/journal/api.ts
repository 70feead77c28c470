import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'

export const useJournal = () =>
  useQuery({ queryKey: ['journal'], queryFn: () => call(commands.journal({ text: '', before: null, limit: 200 })) })
