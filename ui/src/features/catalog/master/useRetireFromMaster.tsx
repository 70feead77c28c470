import { useMemo } from 'react'
import type { Intent } from '../../../ipc/client'
import { useText } from '../../../shared/text'
import { usePlanFlow } from '../../plan/usePlanFlow'

type Options = { slug: string; isChosen: boolean; onClose: () => void }

/** An atom is taken out of the master catalog. No tenant is touched by it. */
export function useRetireFromMaster({ slug, isChosen, onClose }: Options) {
  const { t } = useText()
  const intent = useMemo(
    (): Intent | null => (isChosen ? { intent: 'edit_catalog', request: { removeAtoms: [slug] } } : null),
    [slug, isChosen],
  )
  const close = () => {
    flow.task.reset()
    onClose()
  }
  const flow = usePlanFlow({
    slot: `retire ${slug}`,
    intent,
    name: t('change.master'),
    back: { label: t('plan.cancel'), onPress: onClose },
    close,
    done: ({ operation }) => ({
      title: operation ? t('retire.master.done') : undefined,
      text: operation ? t('retire.master.next') : undefined,
    }),
  })
  return { body: <div className="plan-body retire-plan">{flow.body}</div>, footer: flow.footer, isBusy: flow.isBusy }
}
