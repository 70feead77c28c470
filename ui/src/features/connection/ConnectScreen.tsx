import './connection.css'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { Connection } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'
import { useConnect, useLook, useStatus, useUsePrivateServer } from './api'
import { ConnectForm } from './ConnectForm'
import { FoundPane } from './FoundPane'
import { BLANK, connectionOf, type Fields } from './fields'

/** A server is looked at, and what was found stands beside the fields. Only a platform opens without another word. */
export function ConnectScreen() {
  const { t } = useText()
  const navigate = useNavigate()
  const router = useRouter()
  const status = useStatus()
  const [fields, setFields] = useState(BLANK)
  const look = useLook()
  const connect = useConnect()
  const fallBack = useUsePrivateServer()
  const onOpened = () => void navigate({ to: '/tenants' })
  const open = (connection: Connection) => connect.mutate(connection, { onSuccess: onOpened })
  const isPending = look.isPending || connect.isPending || fallBack.isPending
  const seen = look.data && !look.data.opens ? look.data : null

  const change = (some: Partial<Fields>) => {
    setFields((old) => ({ ...old, ...some }))
    look.reset()
    connect.reset()
    fallBack.reset()
  }
  const submit = () => {
    connect.reset()
    look.mutate(connectionOf(fields), { onSuccess: ({ opens, connection }) => opens && open(connection) })
  }
  const actions = (
    <>
      <Button type="submit" variant={seen ? 'plain' : 'primary'} isDisabled={isPending} data-testid="connect">
        {t(seen ? 'connect.again' : 'connect.connect')}
      </Button>
      <Button
        variant="quiet"
        onPress={() => (status.isSuccess ? router.history.back() : void navigate({ to: '/tenants' }))}
      >
        {t('app.back')}
      </Button>
      {!status.isSuccess && (
        <Button
          variant="quiet"
          isDisabled={isPending}
          onPress={() => fallBack.mutate(undefined, { onSuccess: onOpened })}
        >
          {t('connect.private')}
        </Button>
      )}
      {isPending && (
        <span className="row muted" role="status">
          <Spinner small />
          {t(look.isPending ? 'connect.looking' : 'connect.connecting')}
        </span>
      )}
    </>
  )
  return (
    <div className={seen ? 'connect open' : 'connect'}>
      <ConnectForm
        fields={fields}
        change={change}
        error={connect.error ?? look.error ?? fallBack.error}
        actions={actions}
        onSubmit={submit}
      />
      {seen && <FoundPane key={seen.look} seen={seen} onOpen={() => open(seen.connection)} onOpened={onOpened} />}
    </div>
  )
}
