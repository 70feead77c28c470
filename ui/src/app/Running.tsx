import { Link, type LinkProps } from '@tanstack/react-router'
import { searchOf } from '../features/catalog/sync/searchOf'
import { clonedIn } from '../features/tenants/making'
import type { SyncFleet } from '../ipc/client'
import type { MessageId } from '../messages/en'
import { Spinner } from '../shared/Spinner'
import { useRunning, useTaskState } from '../shared/tasks'
import { useText } from '../shared/text'

type Place = { text: MessageId; link: LinkProps }

const PLACES: Record<string, Place> = {
  health: { text: 'running.health', link: { to: '/health' } },
  verify: { text: 'running.verify', link: { to: '/verify' } },
  'compare-catalogs': { text: 'running.compare', link: { to: '/catalog/fleet' } },
  usage: { text: 'running.usage', link: { to: '/catalog' } },
  example: { text: 'running.example', link: { to: '/tenants' } },
  create: { text: 'running.create', link: { to: '/tenants', search: { panel: 'new', step: 'preview' } } },
}

function placeOf(slot: string, about: unknown): Place | undefined {
  if (slot === 'sync-preview') {
    return { text: 'running.sync', link: { to: '/catalog/fleet/sync', search: searchOf(about as SyncFleet) } }
  }
  const tenant = clonedIn(slot)
  if (tenant === null) return PLACES[slot]
  return { text: 'running.create', link: { to: '/tenants', search: { tenant, panel: 'clone', step: 'preview' } } }
}

/** Work that goes on while one looks elsewhere, and the way back to it. */
export function Running() {
  return useRunning().map((slot) => <RunningTask key={slot} slot={slot} />)
}

function RunningTask({ slot }: { slot: string }) {
  const { t } = useText()
  const { progress, about } = useTaskState(slot)
  const place = placeOf(slot, about)
  if (!place) return null
  const counted = progress && 'total' in progress
  return (
    <Link {...place.link} className="running">
      <Spinner small />
      {t(place.text)}
      {counted && <span className="muted">{t('task.item', { done: progress.index + 1, total: progress.total })}</span>}
    </Link>
  )
}
