import './dialog.css'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

type Props = {
  title: ReactNode
  isOpen: boolean
  onClose: () => void
  isBusy?: boolean
  wide?: boolean
  children: ReactNode
}

/** Something that has to be answered before one goes on. Escape answers no, unless work is under way. */
export function Dialog({ title, isOpen, onClose, isBusy = false, wide, children }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      isDismissable={!isBusy}
      isKeyboardDismissDisabled={isBusy}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <AriaDialog className="dialog">
          <Heading slot="title" className="dialog-title wrap">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
