import '../../../shared/check.css'
import { useMutation } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Checkbox, Form } from 'react-aria-components'
import { appError, call, commands, type DomainPolicy, type Intent } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Field } from '../../../shared/Field'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { PlanDialog } from '../../plan/PlanDialog'
import { draftOf, isSame, type ListName, type PolicyDraft, policyOf, problemsAt } from './draft'
import { ListField } from './ListField'

const ID = 'domain-policy'

/** The settings as a form. What is wrong is said beside its field before any plan is shown. */
export function PolicyForm({ saved, onClose }: { saved: DomainPolicy; onClose: () => void }) {
  const { t } = useText()
  const [draft, setDraft] = useState(() => draftOf(saved))
  const [asked, setAsked] = useState<Intent | null>(null)
  const check = useMutation({
    mutationFn: (intent: Intent) => call(commands.plan(intent)),
    onSuccess: (_, intent) => setAsked(intent),
  })
  const known = appError(check.error)
  const problems = known?.code === 'invalid' ? known.problems : []
  const edit = (change: Partial<PolicyDraft>) => {
    setDraft((old) => ({ ...old, ...change }))
    check.reset()
  }
  const isUnchanged = isSame(draft, saved)
  const list = (name: ListName) => (
    <ListField
      name={name}
      entries={draft[name]}
      onChange={(entries) => edit({ [name]: entries })}
      problemsOf={(id) => problemsAt(draft, name, id, problems)}
    />
  )
  const footer = (
    <>
      <span className="muted grow" role="status">
        {t(isUnchanged ? 'policy.unchanged' : 'policy.changed')}
      </span>
      <Button isDisabled={isUnchanged} onPress={() => edit(draftOf(saved))} data-testid="policy-reset">
        {t('policy.reset')}
      </Button>
      <Button
        type="submit"
        form={ID}
        variant="primary"
        isDisabled={isUnchanged || check.isPending}
        data-testid="policy-save"
      >
        {t('policy.save')}
      </Button>
    </>
  )
  return (
    <Pane
      label={t('policy.title')}
      title={t('policy.title')}
      subtitle={t('policy.text')}
      footer={footer}
      onClose={onClose}
      data-testid="policy-screen"
    >
      <Form
        id={ID}
        className="policy-form"
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isUnchanged) check.mutate({ intent: 'set_domain_policy', request: policyOf(draft) })
        }}
      >
        {check.isError && problems.length === 0 && <ErrorView error={check.error} />}
        <section className="stack">
          <h3 className="form-heading">{t('policy.targets')}</h3>
          <p className="muted">{t('policy.targets.text')}</p>
          {list('addresses')}
          {list('names')}
        </section>
        <section className="stack">
          <h3 className="form-heading">{t('policy.certificates')}</h3>
          {list('authorities')}
          <div className="policy-port">
            <Field
              name="https_port"
              label={t('policy.port')}
              value={draft.port}
              onChange={(port) => edit({ port })}
              problems={problems.filter(({ field }) => field === 'https_port')}
              hint={t('policy.port.hint')}
              inputMode="numeric"
              data-testid="policy-port"
            />
          </div>
        </section>
        <section className="stack">
          <h3 className="form-heading">{t('policy.ownership')}</h3>
          <Checkbox
            className="check-box"
            isSelected={draft.proofRequired}
            onChange={(proofRequired) => edit({ proofRequired })}
            data-testid="policy-proof"
          >
            <span className="check-box-mark" aria-hidden>
              <Check size={12} strokeWidth={3} />
            </span>
            {t('policy.proof')}
          </Checkbox>
          <p className="muted policy-note">{t('policy.proof.text')}</p>
        </section>
      </Form>
      {asked && (
        <PlanDialog
          title={t('policy.plan')}
          intent={asked}
          name={t('policy.place')}
          slot="domain-policy"
          onClose={() => setAsked(null)}
        />
      )}
    </Pane>
  )
}
