import './shell.css'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useStatus, useStatusByPlace, useUsePrivateServer } from '../features/connection/api'
import '../shared/button.css'
import { Dialogs } from '../shared/dialogs'
import { ErrorView } from '../shared/ErrorView'
import { Sign } from '../shared/Sign'
import { Spinner } from '../shared/Spinner'
import { useText } from '../shared/text'
import { useHotkeys } from './hotkeys'
import { Rail } from './Rail'
import { TopBar } from './TopBar'

/** Waits until the platform is open, and frames the screens. */
export function Root() {
  const status = useStatus()
  const connecting = useLocation({ select: (location) => location.pathname === '/connect' })
  // What was read stays in view when the server is lost; each list says so for itself.
  if (status.data) return <Shell />
  if (status.isError && connecting) {
    return (
      <main className="alone">
        <Outlet />
      </main>
    )
  }
  return status.isError ? <NotOpen error={status.error} /> : <Opening />
}

function Shell() {
  const keys = useHotkeys()
  useStatusByPlace(useLocation({ select: (location) => location.pathname }))
  return (
    <div className="shell">
      <Rail />
      <TopBar />
      <main className="screen">
        <Outlet />
      </main>
      {keys}
      <Dialogs />
    </div>
  )
}

function Opening() {
  const { t } = useText()
  return (
    <main className="opening" data-testid="opening">
      <h1 className="hidden-visually">{t('app.name')}</h1>
      <Sign size={48} />
      <p className="row">
        <Spinner />
        {t('app.opening')}
      </p>
      <p className="muted late">{t('app.opening.text')}</p>
    </main>
  )
}

/** The private server did not start. Asking again is starting it again. */
function NotOpen({ error }: { error: unknown }) {
  const { t } = useText()
  const reopen = useUsePrivateServer()
  return (
    <main className="opening">
      <h1 className="hidden-visually">{t('app.name')}</h1>
      <Sign size={48} />
      <div className="opening-error">
        <ErrorView
          error={reopen.error ?? error}
          onRetry={() => reopen.mutate()}
          actions={
            <a className="button plain" href="#/connect" data-testid="start-connect">
              {t('chip.connect')}
            </a>
          }
        />
      </div>
      <p className="row" role="status">
        {reopen.isPending && (
          <>
            <Spinner />
            {t('app.opening')}
          </>
        )}
      </p>
    </main>
  )
}
