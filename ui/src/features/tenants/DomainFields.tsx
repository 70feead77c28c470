import { Plus, X } from 'lucide-react'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { VerdictLine } from '../domains/VerdictLine'
import { useDraft } from './draft'
import type { FormProblems } from './formProblems'
import type { Making } from './making'

type Props = { making: Making } & Pick<FormProblems, 'problemsOf' | 'verdictOf'>

const DEVELOPMENT = [
  ['localhost', 'alias-localhost'],
  ['127.0.0.1', 'alias-127'],
] as const

/** The primary domain and the aliases, each with what would be stored and who has it. */
export function DomainFields({ making, problemsOf, verdictOf }: Props) {
  const { t } = useText()
  const { source, draft: store } = making
  const draft = useDraft(store)
  const line = (field: string, value: string, primary: boolean) => {
    const verdict = verdictOf(field, value)
    return verdict && <VerdictLine verdict={verdict} place={primary ? 'primary' : 'alias'} />
  }
  return (
    <section className="pane-section stack">
      <Field
        name="primary_domain"
        label={t('form.primary_domain')}
        value={draft.primaryDomain}
        onChange={(primaryDomain) => store.edit({ primaryDomain })}
        onBlur={() => store.leave('primary_domain')}
        problems={problemsOf('primary_domain', draft.primaryDomain)}
        below={line('primary_domain', draft.primaryDomain, true)}
        mono
        inputMode="url"
        optional={source !== null}
        hint={source === null ? undefined : t('clone.domain.hint')}
      />
      {draft.aliases.map(({ id, value }, at) => (
        <Field
          key={id}
          name={`aliases.${at}`}
          label={t('form.alias', { number: at + 1 })}
          value={value}
          onChange={(next) => store.editAlias(id, next)}
          onBlur={() => store.leave(`aliases[${at}]`)}
          problems={problemsOf(`aliases[${at}]`, value)}
          below={line(`aliases[${at}]`, value, false)}
          mono
          inputMode="url"
          autoFocus={value === ''}
          after={
            <Button
              variant="quiet"
              icon={<X size={14} />}
              aria-label={t('form.alias.remove', { number: at + 1 })}
              onPress={() => store.removeAlias(id)}
            />
          }
        />
      ))}
      <div className="alias-actions">
        <Button icon={<Plus size={14} />} onPress={() => store.addAlias('')} data-testid="add-alias">
          {t('form.alias.add')}
        </Button>
        <span className="muted small">{t('form.alias.development')}</span>
        {DEVELOPMENT.map(([domain, testId]) => (
          <Button
            key={domain}
            isDisabled={draft.aliases.some(({ value }) => value === domain)}
            onPress={() => store.addAlias(domain)}
            data-testid={testId}
          >
            <span className="mono">{domain}</span>
          </Button>
        ))}
      </div>
    </section>
  )
}
