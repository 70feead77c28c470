import { ToggleButton } from 'react-aria-components'
import type { HealthGroup } from '../../ipc/client'
import { useText } from '../../shared/text'
import { groupName } from './words'

/** So many groups have a colour of their own; whoever is in none of these is one of few. */
const COLOURS = 6

type Props = { groups: HealthGroup[]; chosen: number | undefined; onChoose: (group: number | undefined) => void }

/** Which tenants are equal: the share of each group, and a legend that chooses one. */
export function GroupBar({ groups, chosen, onChoose }: Props) {
  const { t } = useText()
  const shown = groups.slice(0, COLOURS)
  const rest = groups.slice(COLOURS)
  const inRest = rest.reduce((sum, { tenants }) => sum + tenants, 0)
  return (
    <div className="groups" data-testid="health-groups">
      <div className="groups-bar" aria-hidden>
        {shown.map(({ id, tenants }, at) => (
          <span key={id} className={`groups-part g${at}`} style={{ flexGrow: tenants }} />
        ))}
        {inRest > 0 && <span className="groups-part" style={{ flexGrow: inRest }} />}
      </div>
      <ul className="groups-legend" aria-label={t('health.groups')}>
        {shown.map(({ id, tenants, objects, isReference }, at) => (
          <li key={id} title={t('health.groups.objects', { objects })}>
            <ToggleButton
              className="groups-item"
              isSelected={chosen === id}
              onChange={(on) => onChoose(on ? id : undefined)}
              data-testid={`health-group-${id}`}
            >
              <span className={`swatch g${at}`} aria-hidden />
              <span>{t('health.group.name', { name: groupName(id) })}</span>
              <span className="muted">{t('tenants.count', { count: tenants })}</span>
              {isReference && <span className="badge good">{t('health.groups.reference')}</span>}
            </ToggleButton>
          </li>
        ))}
        {rest.length > 0 && (
          <li className="groups-item muted">
            <span className="swatch" aria-hidden />
            {t('health.groups.rest', { groups: rest.length, tenants: inRest })}
          </li>
        )}
      </ul>
    </div>
  )
}

/** The colour of a group, by its place among them. */
export const swatchOf = (groups: HealthGroup[], id: number) => {
  const at = groups.findIndex((group) => group.id === id)
  return at >= 0 && at < COLOURS ? `swatch g${at}` : 'swatch'
}
