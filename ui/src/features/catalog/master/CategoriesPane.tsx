import './master.css'
import { getRouteApi } from '@tanstack/react-router'
import { Plus, Trash2, Undo2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Form } from 'react-aria-components'
import type { CatalogEdit, Category, MasterCatalog } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Field } from '../../../shared/Field'
import { CutName } from '../../../shared/Name'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { useEdit } from './useEdit'

const route = getRouteApi('/catalog')
const ID = 'categories-form'

type Line = Category & { id: number; saved: Category | null; isRemoved: boolean }

let ids = 0
const lineOf = (category: Category, saved: Category | null): Line => {
  ids += 1
  return { ...category, id: ids, saved, isRemoved: false }
}

const isChanged = ({ saved, isRemoved, description }: Line) =>
  !isRemoved && (saved === null || saved.description !== description)

/** The categories of the master catalog: what they are called, what they hold, new ones and empty ones that go. */
export function CategoriesPane({ catalog }: { catalog: MasterCatalog }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const first = () => catalog.categories.map((category) => lineOf(category, category))
  const [lines, setLines] = useState(first)
  const counts = useMemo(() => countAtoms(catalog), [catalog])
  const close = () => void navigate({ search: ({ panel: _, ...old }) => old })
  const edit = useEdit({ title: t('master.categories.plan'), onApplied: () => undefined, onDone: close })
  const put = (next: Line[]) => {
    setLines(next)
    edit.forget()
  }
  const change = (id: number, of: Partial<Line>) =>
    put(lines.map((line) => (line.id === id ? { ...line, ...of } : line)))
  const drop = ({ id, saved }: Line) =>
    saved === null ? put(lines.filter((line) => line.id !== id)) : change(id, { isRemoved: true })
  const changed = lines.filter(isChanged)
  const request: CatalogEdit = {
    categories: changed.map(({ name, description }) => ({ name: name.trim(), description: description.trim() })),
    removeCategories: lines.filter(({ isRemoved }) => isRemoved).map(({ name }) => name),
  }
  const isUnchanged = changed.length === 0 && request.removeCategories?.length === 0
  const problemsOf = (line: Line, field: string) => {
    const at = changed.indexOf(line)
    return edit.problems.filter((problem) => problem.field === `categories[${at}].${field}`)
  }
  const footer = (
    <>
      <span className="muted grow" role="status">
        {t(isUnchanged ? 'master.unchanged' : 'master.changed')}
      </span>
      {!isUnchanged && <Button onPress={() => put(first())}>{t('master.discard')}</Button>}
      <Button
        type="submit"
        form={ID}
        variant="primary"
        isDisabled={isUnchanged || edit.isChecking}
        data-testid="categories-save"
      >
        {t('master.save')}
      </Button>
    </>
  )
  return (
    <Pane
      label={t('master.categories')}
      title={t('master.categories')}
      subtitle={<span className="muted">{t('master.categories.text')}</span>}
      actions={
        <Button
          icon={<Plus size={14} />}
          onPress={() => put([lineOf({ name: '', description: '' }, null), ...lines])}
          data-testid="category-add"
        >
          {t('master.category.add')}
        </Button>
      }
      onClose={close}
      footer={footer}
      data-testid="categories-panel"
    >
      <Form
        id={ID}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isUnchanged) edit.save(request)
        }}
      >
        {edit.error !== null && (
          <div className="pane-section">
            <ErrorView error={edit.error} />
          </div>
        )}
        {lines.length === 0 && <p className="pane-section muted">{t('master.categories.none')}</p>}
        {lines.map((line) => (
          <div key={line.id} className="category-line" data-testid={`category-${line.name}`}>
            <div className="row">
              {line.saved ? (
                <strong className="grow row">
                  {line.isRemoved ? <s>{line.name}</s> : <CutName>{line.name}</CutName>}
                </strong>
              ) : (
                <span className="grow" />
              )}
              {line.isRemoved ? (
                <Badge>{t('master.version.removed')}</Badge>
              ) : (
                line.saved && <span className="muted">{t('catalog.count', { count: counts.get(line.name) ?? 0 })}</span>
              )}
              {line.isRemoved ? (
                <Button
                  variant="quiet"
                  icon={<Undo2 size={14} />}
                  onPress={() => change(line.id, { isRemoved: false })}
                >
                  {t('master.version.keep')}
                </Button>
              ) : (
                <span title={t(counts.has(line.name) ? 'master.category.full' : 'master.category.remove')}>
                  <Button
                    variant="quiet"
                    icon={<Trash2 size={14} />}
                    aria-label={t('master.category.remove.label', { name: line.name })}
                    isDisabled={line.saved !== null && counts.has(line.name)}
                    onPress={() => drop(line)}
                  />
                </span>
              )}
            </div>
            {!line.isRemoved && (
              <div className="fields">
                {line.saved === null && (
                  <Field
                    name="categoryName"
                    label={t('master.name')}
                    value={line.name}
                    onChange={(name) => change(line.id, { name })}
                    problems={problemsOf(line, 'name')}
                    autoFocus
                    data-testid="category-name"
                  />
                )}
                <div className={line.saved ? 'wide' : ''}>
                  <Field
                    name="categoryDescription"
                    label={t('master.description')}
                    value={line.description}
                    onChange={(description) => change(line.id, { description })}
                    problems={problemsOf(line, 'description')}
                    optional
                    data-testid="category-description"
                  />
                </div>
              </div>
            )}
          </div>
        ))}
      </Form>
      {edit.plan}
    </Pane>
  )
}

function countAtoms({ atoms }: MasterCatalog) {
  const counts = new Map<string, number>()
  for (const { category } of atoms) counts.set(category, (counts.get(category) ?? 0) + 1)
  return counts
}
