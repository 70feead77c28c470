import { useEffect, useRef } from 'react'
import { Name } from '../../shared/Name'
import { useText } from '../../shared/text'
import { Adoption } from './Adoption'
import type { Seen } from './api'
import { Deadlock } from './Deadlock'
import { FreshPlatform } from './FreshPlatform'

type Props = { seen: Seen; onOpen: () => void; onOpened: () => void }

/** What a server's database holds, and what can be done about it. */
export function FoundPane({ seen, onOpen, onOpened }: Props) {
  const { t } = useText()
  const { inspection } = seen
  const pane = useRef<HTMLElement>(null)
  // In a narrow window it stands below the fields, out of view.
  useEffect(() => void pane.current?.scrollIntoView?.({ block: 'start' }), [])
  return (
    <aside
      ref={pane}
      className="found"
      aria-label={t('seen.label')}
      data-testid="found"
      data-found={inspection.found.found}
    >
      <header className="found-head">
        <h2 className="cut">
          <Name mono>{inspection.database}</Name>
        </h2>
        <p className="muted wrap">
          {t('seen.at', {
            version: inspection.serverVersion,
            host: seen.connection.host,
            user: inspection.user,
          })}
        </p>
      </header>
      {body()}
    </aside>
  )

  function body() {
    switch (inspection.found.found) {
      case 'empty':
        return <FreshPlatform seen={seen} onOpened={onOpened} />
      case 'foreign':
      case 'occupied':
      case 'other_version':
        return <Deadlock found={inspection.found} />
      default:
        return <Adoption seen={seen} onOpen={onOpen} onOpened={onOpened} />
    }
  }
}
