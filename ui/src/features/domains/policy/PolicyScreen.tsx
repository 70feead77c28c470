import './policy.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call, commands } from '../../../ipc/client'
import { Loaded } from '../../../shared/Loaded'
import { useText } from '../../../shared/text'
import { PolicyForm } from './PolicyForm'

/** What this platform asks of its domains: where they lead, and whether they have to be proven. */
export function PolicyScreen() {
  const { t } = useText()
  const navigate = useNavigate()
  const policy = useQuery({ queryKey: ['domain-policy'], queryFn: () => call(commands.domainPolicy()) })
  return (
    <div className="policy">
      <h1 className="hidden-visually">{t('policy.title')}</h1>
      <Loaded query={policy}>
        {(saved) => (
          <PolicyForm
            // What somebody else saved meanwhile is what this one starts from.
            key={JSON.stringify(saved)}
            saved={saved}
            onClose={() => void navigate({ to: '/domains', search: {} })}
          />
        )}
      </Loaded>
    </div>
  )
}
