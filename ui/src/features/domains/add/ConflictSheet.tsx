import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Held, Inspected, Owner } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Dialog } from '../../../shared/Dialog'
import { Loaded } from '../../../shared/Loaded'
import { Mono } from '../../../shared/Name'
import { Notice } from '../../../shared/Notice'
import { useText } from '../../../shared/text'
import { ConflictFacts } from './ConflictFacts'
import { ConflictWays } from './ConflictWays'
import { inspectedOptions } from './inspected'

export type ConflictProps = {
  domain: string
  /** Whom it was meant for. */
  tenant: Owner | null
  /** Somebody was faster. */
  isRace?: boolean
  onMove: (domain: string) => void
  /** Another name, or none yet: the cursor goes back to the field. */
  onAnother: (domain: string | null) => void
  onClose: () => void
}

/** A name that somebody has: whose it is, and the ways on from there. */
export function ConflictSheet(props: ConflictProps) {
  const { domain, tenant, onClose } = props
  const { t, rich } = useText()
  const query = useQuery(inspectedOptions(domain, tenant?.schema ?? null))
  const of = query.data?.[0]
  const name = <Mono key="domain">{domain}</Mono>
  return (
    <Dialog title={title(of)} isOpen onClose={onClose}>
      <div className="plan-body" data-testid="conflict-sheet">
        <Loaded query={query}>{() => of && <Body of={of} {...props} />}</Loaded>
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose} data-testid="conflict-close">
          {t('conflict.close')}
        </Button>
      </footer>
    </Dialog>
  )

  function title(found: Inspected | undefined): ReactNode {
    const held = found?.held
    if (!held) return name
    return rich('conflict.title', { domain: name, owner: <bdi key="owner">{held.owner.name}</bdi> })
  }
}

function Body({ of, ...props }: ConflictProps & { of: Inspected }) {
  const { t, rich } = useText()
  const { domain, tenant, isRace } = props
  const { held } = of
  const name = <Mono key="domain">{domain}</Mono>
  if (!held) {
    return (
      <Notice tone="good" title={rich('conflict.gone', { domain: name })}>
        <p>{t('conflict.gone.text')}</p>
      </Notice>
    )
  }
  if (held.owner.schema === tenant?.schema) {
    return (
      <Notice tone="note" title={rich('conflict.yours', { domain: name, name: <bdi key="n">{tenant.name}</bdi> })} />
    )
  }
  return (
    <>
      {isRace && <Race held={held} />}
      <ConflictFacts held={held} />
      <ConflictWays of={of} held={held} {...props} />
    </>
  )
}

function Race({ held }: { held: Held }) {
  const { t, rich } = useText()
  return (
    <Notice
      tone="note"
      title={rich('conflict.race', { owner: <bdi key="o">{held.owner.name}</bdi> })}
      data-testid="conflict-race"
    >
      <p>{t('conflict.race.text')}</p>
    </Notice>
  )
}
