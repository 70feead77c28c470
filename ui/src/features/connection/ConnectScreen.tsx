import './connection.css'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { Form, Label, Radio, RadioGroup } from 'react-aria-components'
import { appError, type Connection, type Problem, type Tls } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Field } from '../../shared/Field'
import { Notice } from '../../shared/Notice'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'
import { useConnect, useCreatePlatform, useStatus, useUsePrivateServer } from './api'

const FIELDS = ['host', 'port', 'database', 'user'] as const
const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host.trim()) || host.startsWith('/')

type Fields = Record<(typeof FIELDS)[number] | 'password', string>
const BLANK: Fields = { host: '', port: '5432', database: '', user: '', password: '' }

/** The fields of a connection. Nothing of it is kept. */
export function ConnectScreen() {
  const { t, rich } = useText()
  const navigate = useNavigate()
  const router = useRouter()
  const status = useStatus()
  const [fields, setFields] = useState(BLANK)
  const [open, setOpen] = useState(false)
  const connect = useConnect()
  const create = useCreatePlatform()
  const fallBack = useUsePrivateServer()
  const tls: Tls = open && isLocal(fields.host) ? 'disable' : 'verify-full'
  const connection: Connection = {
    ...fields,
    port: portOf(fields.port),
    password: fields.password || null,
    tls,
    weakerReason: null,
    rootCertificate: null,
  }
  const there = { onSuccess: () => void navigate({ to: '/tenants' }) }

  const error = create.error ?? connect.error ?? fallBack.error
  const known = appError(error)
  const isEmpty = known?.code === 'not_a_platform' && known.found.found === 'empty'
  const problems = known?.code === 'invalid' ? known.problems : []
  const elsewhere = problems.some(({ field }) => !FIELDS.some((name) => name === field))
  const isPending = connect.isPending || create.isPending || fallBack.isPending

  const set = (name: keyof Fields) => (value: string) => {
    setFields((old) => ({ ...old, [name]: value }))
    connect.reset()
    create.reset()
  }
  const field = (name: keyof Fields) => ({
    name,
    label: t(`connect.${name}`),
    value: fields[name],
    onChange: set(name),
    problems: problems.filter((problem: Problem) => problem.field === name),
  })
  return (
    <div className="connect">
      <Form
        className="connect-form"
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault()
          create.reset()
          connect.mutate(connection, there)
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
        <RadioGroup className="field" name="tls" value={tls} onChange={(value) => setOpen(value === 'disable')}>
          <Label className="field-label">{t('connect.tls')}</Label>
          <div className="choices">
            <Choice value="verify-full" text="connect.tls.verify_full" />
            <Choice value="disable" text="connect.tls.disable" isDisabled={!isLocal(fields.host)} />
          </div>
        </RadioGroup>
        {isEmpty && (
          <Notice
            tone="note"
            title={rich('connect.create.title', { database: <bdi>{fields.database}</bdi> })}
            data-testid="connect-empty"
            actions={
              <Button
                variant="primary"
                isDisabled={isPending}
                onPress={() => create.mutate(connection, there)}
                data-testid="create-platform"
              >
                {t('connect.create', { database: fields.database })}
              </Button>
            }
          >
            <p>{t('connect.create.text')}</p>
          </Notice>
        )}
        {error && !isEmpty && (problems.length === 0 || elsewhere) && <ErrorView error={error} />}
        <div className="row">
          <Button type="submit" variant={isEmpty ? 'plain' : 'primary'} isDisabled={isPending} data-testid="connect">
            {t('connect.connect')}
          </Button>
          <Button
            variant="quiet"
            onPress={() => (status.isSuccess ? router.history.back() : void navigate({ to: '/tenants' }))}
          >
            {t('app.back')}
          </Button>
          {!status.isSuccess && (
            <Button variant="quiet" isDisabled={isPending} onPress={() => fallBack.mutate(undefined, there)}>
              {t('connect.private')}
            </Button>
          )}
          {isPending && (
            <span className="row muted" role="status">
              <Spinner small />
              {t('connect.connecting')}
            </span>
          )}
        </div>
      </Form>
    </div>
  )
}

function Choice(props: { value: Tls; text: 'connect.tls.verify_full' | 'connect.tls.disable'; isDisabled?: boolean }) {
  const { t } = useText()
  return (
    <Radio className="choice" value={props.value} isDisabled={props.isDisabled}>
      <span>{t(props.text)}</span>
      <span className="field-hint">{t(`${props.text}.hint`)}</span>
    </Radio>
  )
}

/** What is no port goes to the engine as 0, which it refuses in its own words. */
function portOf(text: string): number {
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0
}
