import { useRef } from 'react'
import type { Owner } from '../../ipc/client'
import { AddField } from './add/AddField'
import { AddSteps } from './add/AddSteps'
import { useAdding } from './add/adding'

/** Adds domains to a tenant: the field, and the plan or the conflict that follows. */
export function AddDomain({ tenant }: { tenant: Owner }) {
  const adding = useAdding(tenant)
  const form = useRef<HTMLFormElement>(null)
  return (
    <div className="pane-section">
      <AddField adding={adding} form={form} />
      <AddSteps adding={adding} form={form} />
    </div>
  )
}
