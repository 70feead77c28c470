import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'

type Props = { title: string; gist?: ReactNode; isOpen?: boolean; children: ReactNode; 'data-testid': string }

/** What only some want to read, with its gist in the heading. */
export function Fold({ title, gist, isOpen = false, children, ...rest }: Props) {
  return (
    <Disclosure className="fold" defaultExpanded={isOpen} {...rest}>
      <Heading level={3} className="fold-heading">
        <Button slot="trigger" className="fold-trigger">
          <ChevronRight size={14} aria-hidden className="fold-turn" />
          <span>{title}</span>
          {gist && <span className="small fold-gist">{gist}</span>}
        </Button>
      </Heading>
      <DisclosurePanel className="fold-panel">{children}</DisclosurePanel>
    </Disclosure>
  )
}
