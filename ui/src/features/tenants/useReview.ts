import { useEffect, useState } from 'react'
import { call, commands, type Intent, type Plan, type SchemaName } from '../../ipc/client'

/** What would become of one tenant of many. */
export type Reviewed = { schema: SchemaName; plan: Plan | null; error: unknown }

/** So many plans are made at once: the engine has other things to do. */
const AT_ONCE = 4
const FLUSH = 120

/** A plan for each, made one after another; those that cannot be made are kept with their reason. */
export function useReview(schemas: SchemaName[], intentOf: (schema: SchemaName) => Intent) {
  const [reviewed, setReviewed] = useState<Reviewed[]>([])

  useEffect(() => {
    let isLeft = false
    let next = 0
    const found: Reviewed[] = []
    const flush = () => !isLeft && setReviewed([...found])
    const timer = setInterval(flush, FLUSH)
    async function work() {
      for (let schema = schemas[next++]; schema !== undefined && !isLeft; schema = schemas[next++]) {
        found.push(await review(schema, intentOf(schema)))
      }
    }
    void Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
      clearInterval(timer)
      flush()
    })
    return () => {
      isLeft = true
      clearInterval(timer)
    }
  }, [schemas, intentOf])

  return { reviewed, isDone: reviewed.length === schemas.length }
}

async function review(schema: SchemaName, intent: Intent): Promise<Reviewed> {
  try {
    return { schema, plan: await call(commands.plan(intent)), error: null }
  } catch (error) {
    return { schema, plan: null, error }
  }
}
