import './frame.css'
import { Link } from '@tanstack/react-router'
import { Boxes, Building2, Tags } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../../shared/text'

const TABS = [
  { name: 'master', to: '/catalog', icon: Boxes, isExact: true },
  { name: 'releases', to: '/catalog/releases', icon: Tags, isExact: false },
  { name: 'fleet', to: '/catalog/fleet', icon: Building2, isExact: false },
] as const

/** The three places of the catalog: what is being written, what was released, and who has it. */
export function CatalogFrame({ children }: { children: ReactNode }) {
  const { t } = useText()
  return (
    <div className="catalog">
      <nav className="catalog-tabs" aria-label={t('catalog.tabs')}>
        {TABS.map(({ name, to, icon: Icon, isExact }) => (
          <Link
            key={name}
            to={to}
            className="catalog-tab"
            activeProps={{ className: 'active', 'aria-current': 'page' }}
            activeOptions={{ includeSearch: false, exact: isExact }}
            data-testid={`catalog-tab-${name}`}
          >
            <Icon size={14} aria-hidden />
            {t(`catalog.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="catalog-body">{children}</div>
    </div>
  )
}
