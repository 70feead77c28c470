import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call, commands } from '../../../ipc/client'

const keyOf = (slug: string, version: string) => `${slug}\n${version}`

/** The newest release, and the versions that it has not. */
async function published() {
  const newest = (await call(commands.catalogReleases())).releases[0]
  if (!newest) return null
  const rows = await call(commands.releaseDifference(newest.number, 0))
  const added = rows.flatMap(({ row, kind }) =>
    row.part === 'version' && kind === 'added' ? [keyOf(row.key, row.version ?? '')] : [],
  )
  return { release: newest.number, added }
}

/** The release that has a version already, so that its content cannot change; nothing where that is not known. */
export function usePublished() {
  const { data } = useQuery({ queryKey: ['catalog', 'published'], queryFn: published })
  return useMemo(() => {
    const added = new Set(data?.added)
    return (slug: string, version: string) => (data && !added.has(keyOf(slug, version)) ? data.release : null)
  }, [data])
}

/** What is wrong with a config schema. */
export const useSchemaProblems = (text: string) =>
  useQuery({
    queryKey: ['config-schema', text],
    queryFn: () => call(commands.checkConfigSchema(text)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    placeholderData: (before) => before,
  })
