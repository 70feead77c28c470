import { Link } from '@tanstack/react-router'
import { Activity, Boxes, DoorOpen, Globe, ListChecks, ScrollText, Shapes, ShieldCheck } from 'lucide-react'
import { useStatus } from '../features/connection/api'
import { isRunning, useJobs } from '../features/jobs/api'
import { Sign } from '../shared/Sign'
import { useText } from '../shared/text'

export const SCREENS = [
  { name: 'tenants', to: '/tenants', icon: DoorOpen },
  { name: 'domains', to: '/domains', icon: Globe },
  { name: 'catalog', to: '/catalog', icon: Boxes },
  { name: 'blueprint', to: '/blueprint', icon: Shapes },
  { name: 'health', to: '/health', icon: Activity },
  { name: 'verify', to: '/verify', icon: ShieldCheck },
  { name: 'jobs', to: '/jobs', icon: ListChecks },
  { name: 'journal', to: '/journal', icon: ScrollText },
] as const

export function Rail() {
  const { t, number } = useText()
  const status = useStatus().data
  const running = useJobs().data?.filter(isRunning).length
  const counts: Record<string, number | undefined> = {
    tenants: status?.tenants,
    domains: status?.domains,
    catalog: status?.catalog.atoms,
    jobs: running || undefined,
  }
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <div className="rail-sign">
        <Sign size={24} />
        <span className="rail-text">{t('app.name')}</span>
      </div>
      {SCREENS.map(({ name, to, icon: Icon }) => (
        <Link
          key={name}
          to={to}
          className="rail-link"
          activeProps={{ className: 'active', 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
          title={t(`nav.${name}`)}
          data-testid={`nav-${name}`}
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <span className="rail-text">{t(`nav.${name}`)}</span>
          {counts[name] !== undefined && (
            <span className={name === 'jobs' ? 'rail-count live' : 'rail-count'}>{number(counts[name])}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
