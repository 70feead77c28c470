import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { appError, type CatalogEdit, call, commands, type Intent, type Problem } from '../../../ipc/client'
import { useText } from '../../../shared/text'
import { PlanDialog } from '../../plan/PlanDialog'

type Options = { title: ReactNode; onApplied: () => void; onDone: () => void }

const NONE: Problem[] = []

/** Saves a form: what is wrong is said beside its fields before any plan is shown. */
export function useEdit({ title, onApplied, onDone }: Options) {
  const { t } = useText()
  const [asked, setAsked] = useState<Intent | null>(null)
  const check = useMutation({
    mutationFn: (intent: Intent) => call(commands.plan(intent)),
    onSuccess: (_, intent) => setAsked(intent),
  })
  const known = appError(check.error)
  const problems = known?.code === 'invalid' ? known.problems : NONE
  return {
    save: (request: CatalogEdit) => check.mutate({ intent: 'edit_catalog', request }),
    isChecking: check.isPending,
    problems,
    /** What was refused as a whole. */
    error: problems.length > 0 ? null : check.error,
    /** What was said is about what stood there before. */
    forget: () => check.reset(),
    plan: asked && (
      <PlanDialog
        title={title}
        intent={asked}
        name={t('change.master')}
        slot="edit-catalog"
        onClose={() => setAsked(null)}
        onApplied={onApplied}
        onDone={onDone}
        done={({ operation }) => ({ title: operation ? t('catalog.import.done') : undefined })}
      />
    ),
  }
}
