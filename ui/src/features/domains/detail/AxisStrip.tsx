import { CircleX, UserRound } from 'lucide-react'
import type { DomainDetail } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { OwnerLink } from '../../../shared/OwnerLink'
import { ruleText } from '../../../shared/ProblemText'
import { useText } from '../../../shared/text'
import { AxisLine } from './AxisLine'
import { CERTIFICATE_MARKS, OWNERSHIP_MARKS, ROUTING_MARKS } from './axes'
import { useWhen } from './when'

/** Four things about a domain that do not hang on each other: whose it is, who says so, where it leads, and how safely. */
export function AxisStrip({ detail }: { detail: DomainDetail }) {
  const { t } = useText()
  const { ownership, routing, certificate, domain, proofRequired } = detail
  const isLocal = domain.kind === 'development'
  const owned = ownership?.state ?? 'not_required'
  const led = routing?.state ?? 'not_applicable'
  const secured = certificate?.state ?? 'not_applicable'
  return (
    <div className="axes">
      {routing && <Heads />}
      <dl>
        <Assignment detail={detail} />
        <AxisLine
          name="ownership"
          axis={ownership}
          mark={OWNERSHIP_MARKS[owned]}
          words={t(`world.ownership.${owned}`)}
          isAsked={proofRequired}
        />
        <AxisLine
          name="routing"
          axis={routing}
          mark={ROUTING_MARKS[led]}
          words={t(`world.routing.${led}`)}
          isAsked={!isLocal}
        />
        <AxisLine
          name="certificate"
          axis={certificate}
          mark={CERTIFICATE_MARKS[secured]}
          words={t(`world.certificate.${secured}`)}
          isAsked={!isLocal}
        />
      </dl>
    </div>
  )
}

/** Each time has these words beside it too, for whoever does not see the columns. */
function Heads() {
  const { t } = useText()
  return (
    <div className="axis-heads small muted" aria-hidden>
      <span className="axis-times">
        <span>{t('world.head.since')}</span>
        <span>{t('world.head.looked')}</span>
        <span>{t('world.head.next')}</span>
      </span>
    </div>
  )
}

function Assignment({ detail: { domain, assignment } }: { detail: DomainDetail }) {
  const text = useText()
  const { t, rich } = text
  const when = useWhen()
  const { since, by } = assignment
  return (
    <div className="axis assigned" data-testid="axis-assignment">
      <dt>{t('world.axis.assignment')}</dt>
      <dd>
        <Badge icon={<UserRound size={14} aria-hidden />}>
          <span className="wrap">
            {rich('world.assigned', { owner: <OwnerLink key="owner" owner={domain.owner} /> })}
          </span>
        </Badge>
        <span className="axis-since small muted wrap">
          {since === null
            ? t('world.assigned.application')
            : by === null
              ? t('world.assigned.since', { since: when.since(since) })
              : rich('world.assigned.by', { since: when.since(since), by: <bdi key="by">{by}</bdi> })}
        </span>
        {domain.unreachable && (
          <span className="axis-note bad">
            <CircleX size={14} aria-hidden />
            <span className="wrap">{ruleText(text, domain.unreachable.rule)}</span>
          </span>
        )}
      </dd>
    </div>
  )
}
