import { Bookmark, Check, Pencil, X } from 'lucide-react'
import { useState } from 'react'
import { Dialog, DialogTrigger, Form, Heading, Popover } from 'react-aria-components'
import type { ListSearch } from '../../app/search'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { deleteView, isSameView, renameView, saveView, useViews, type View } from './views'

type Props = { now: ListSearch; onOpen: (view: ListSearch) => void }

/** The searches that are kept: open one, rename it, delete it, or keep the present one. */
export function ViewsMenu({ now, onOpen }: Props) {
  const { t } = useText()
  const views = useViews()
  const current = views.find((view) => isSameView(view, now))
  const [renaming, setRenaming] = useState<string | null>(null)
  return (
    <DialogTrigger>
      <Button icon={<Bookmark size={14} />} data-testid="views">
        {current?.name ?? t('views.open')}
      </Button>
      <Popover className="popover views" placement="bottom end">
        <Dialog className="views-dialog">
          {({ close }) => (
            <>
              <Heading slot="title" className="views-title">
                {t('views.title')}
              </Heading>
              {views.length === 0 && <p className="muted">{t('views.none')}</p>}
              <ul>
                {views.map((view) =>
                  renaming === view.name ? (
                    <li key={view.name}>
                      <NameForm
                        label={t('views.rename.to', { name: view.name })}
                        first={view.name}
                        onName={(to) => {
                          renameView(view.name, to)
                          setRenaming(null)
                        }}
                      />
                    </li>
                  ) : (
                    <ViewLine
                      key={view.name}
                      view={view}
                      isCurrent={view === current}
                      onRename={() => setRenaming(view.name)}
                      onOpen={() => {
                        onOpen(view)
                        close()
                      }}
                    />
                  ),
                )}
              </ul>
              {renaming === null && (
                <NameForm
                  label={t('views.name')}
                  taken={views.map(({ name }) => name)}
                  onName={(name) => {
                    saveView({ ...now, name })
                    close()
                  }}
                />
              )}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

type LineProps = { view: View; isCurrent: boolean; onOpen: () => void; onRename: () => void }

function ViewLine({ view: { name, q }, isCurrent, onOpen, onRename }: LineProps) {
  const { t } = useText()
  return (
    <li className="views-line">
      <Button variant="quiet" onPress={onOpen} data-testid={`view-${name}`}>
        <span className="row">
          <span className="menu-check">{isCurrent && <Check size={14} aria-hidden />}</span>
          <bdi className="cut">{name}</bdi>
          <bdi className="muted cut">{q ?? t('views.all')}</bdi>
        </span>
      </Button>
      <Button
        variant="quiet"
        icon={<Pencil size={14} />}
        aria-label={t('views.rename', { name })}
        onPress={onRename}
        data-testid={`view-rename-${name}`}
      />
      <Button
        variant="quiet"
        icon={<X size={14} />}
        aria-label={t('views.delete', { name })}
        onPress={() => deleteView(name)}
        data-testid={`view-delete-${name}`}
      />
    </li>
  )
}

type FormProps = { label: string; first?: string; taken?: string[]; onName: (name: string) => void }

function NameForm({ label, first = '', taken = [], onName }: FormProps) {
  const { t } = useText()
  const [name, setName] = useState(first)
  const given = name.trim()
  return (
    <Form
      className="views-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (given) onName(given)
      }}
    >
      <Field
        name="view"
        label={label}
        value={name}
        onChange={setName}
        autoFocus={first !== ''}
        data-testid="view-name"
        after={
          <Button type="submit" isDisabled={given === ''} data-testid="view-save">
            {t(taken.includes(given) ? 'views.replace' : 'views.save')}
          </Button>
        }
      />
    </Form>
  )
}
