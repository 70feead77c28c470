import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { appError, type Problem } from '../../ipc/client'
import { ErrorView } from '../../shared/ErrorView'
import { Field } from '../../shared/Field'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'
import type { Fields } from './fields'
import { TlsFields } from './TlsFields'

const SHOWN = ['host', 'port', 'database', 'user', 'weaker_reason', 'root_certificate']

type Props = {
  fields: Fields
  change: (change: Partial<Fields>) => void
  error: unknown
  actions: ReactNode
  onSubmit: () => void
}

/** The fields of a connection. Nothing of it is kept. */
export function ConnectForm({ fields, change, error, actions, onSubmit }: Props) {
  const { t } = useText()
  const known = appError(error)
  const problems: Problem[] = known?.code === 'invalid' ? known.problems : []
  const oldServer = known?.code === 'not_a_platform' && known.found.found === 'old_server' ? known.found : null
  const elsewhere = problems.some(({ field }) => !SHOWN.includes(field))
  const problemsOf = (field: string) => problems.filter((problem) => problem.field === field)
  const field = (name: 'host' | 'port' | 'database' | 'user' | 'password') => ({
    name,
    label: t(`connect.${name}`),
    value: fields[name],
    onChange: (value: string) => change({ [name]: value }),
    problems: problemsOf(name),
  })
  return (
    <Form
      className="connect-form"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <div className="connect-head">
        <h1>{t('connect.title')}</h1>
        <p className="muted">{t('connect.text')}</p>
      </div>
      <div className="connect-host">
        <Field {...field('host')} mono autoFocus hint={t('connect.host.hint')} />
        <Field {...field('port')} mono inputMode="numeric" />
      </div>
      <Field {...field('database')} mono />
      <div className="fields">
        <Field {...field('user')} mono />
        <Field {...field('password')} type="password" hint={t('connect.password.hint')} />
      </div>
      <TlsFields fields={fields} change={change} problemsOf={problemsOf} />
      {oldServer ? (
        <Notice tone="note" title={t('deadlock.old_server', oldServer)} data-testid="found-deadlock">
          <p>{t('deadlock.old_server.text')}</p>
        </Notice>
      ) : (
        Boolean(error) && (problems.length === 0 || elsewhere) && <ErrorView error={error} />
      )}
      <div className="row connect-actions">{actions}</div>
    </Form>
  )
}
