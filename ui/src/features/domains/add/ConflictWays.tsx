import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Held, Inspected } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Mono } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import type { ConflictProps } from './ConflictSheet'
import { inspectedOptions } from './inspected'
import { variantsOf } from './variants'

type Props = ConflictProps & { of: Inspected; held: Held }

/** The ways on from a name that somebody has: look at them, take it over, or take another one. */
export function ConflictWays({ of, held, domain, tenant, onMove, onAnother, onClose }: Props) {
  const { t, rich } = useText()
  const navigate = useNavigate()
  const free = useFree(of)
  const { owner, primary, nextPrimary } = held
  const name = <bdi key="owner">{owner.name}</bdi>
  const open = () => {
    onClose()
    void navigate({ to: '/tenants', search: { tenant: owner.schema } })
  }
  return (
    <section>
      <h3 className="plan-heading">{t('conflict.ways')}</h3>
      <ul className="ways">
        <Way text={t('conflict.open.text')}>
          <Button onPress={open} data-testid="conflict-open">
            {rich('conflict.open', { owner: name })}
          </Button>
        </Way>
        <Way text={tenant ? loses() : t('conflict.move.choose')}>
          <Button onPress={() => onMove(domain)} isDisabled={tenant === null} data-testid="conflict-move">
            {t('conflict.move')}
          </Button>
        </Way>
        <Way
          text={
            free.length === 0 ? (
              t('conflict.another.none')
            ) : (
              <span className="variants">
                {t('conflict.another.text')}
                {free.map((variant) => (
                  <Button
                    key={variant}
                    onPress={() => onAnother(variant)}
                    aria-label={t('conflict.use', { domain: variant })}
                    data-testid={`conflict-use-${variant}`}
                  >
                    <span className="mono">{variant}</span>
                  </Button>
                ))}
              </span>
            )
          }
        >
          <Button onPress={() => onAnother(null)} data-testid="conflict-another">
            {t('conflict.another')}
          </Button>
        </Way>
      </ul>
    </section>
  )

  /** What the owner would be left with. */
  function loses(): ReactNode {
    if (held.domains <= 1) return <span className="bad">{rich('conflict.move.last', { owner: name })}</span>
    if (!primary) return rich('conflict.move.alias', { owner: name })
    if (nextPrimary === null) return <span className="bad">{rich('conflict.move.last', { owner: name })}</span>
    return rich('conflict.move.next', { owner: name, next: <Mono key="next">{nextPrimary}</Mono> })
  }
}

function Way({ children, text }: { children: ReactNode; text: ReactNode }) {
  return (
    <li className="way">
      {children}
      <span className="wrap muted">{text}</span>
    </li>
  )
}

/** Names near it that nobody has. */
function useFree(of: Inspected): string[] {
  const variants = variantsOf(of)
  const { data } = useQuery({ ...inspectedOptions(variants.join(' '), null), enabled: variants.length > 0 })
  const isFree = ({ name, held, problem }: Inspected) => name !== null && held === null && problem === null
  return (data ?? [])
    .filter(isFree)
    .map(({ name, input }) => name?.stored ?? input)
    .slice(0, 3)
}
